import type { Json } from '../../../../shared/platform/json.ts';
import { type Path, parsePath, type Segment } from './parse.ts';

const parsed = new Map<string, Path>();

/** Parses a path once; definitions are small and read the same few paths again and again. */
export function pathOf(text: string): Path {
  const path = parsed.get(text) ?? parsePath(text);
  parsed.set(text, path);
  return path;
}

/** What expressions may read: the (effective) input of the state, and the context object. */
export interface Scope {
  readonly input: Json;
  readonly context: Json;
}

/**
 * The value at a path; undefined when it is not there. As in the JSONPath implementation that AWS uses, a path that can
 * match several values gives an array, and only what is missing before its first wildcard counts as missing.
 */
export function readPath(text: string, scope: Scope): Json | undefined {
  const path = pathOf(text);
  let nodes: readonly Json[] = [path.root === 'context' ? scope.context : scope.input];
  let definite = true;
  for (const segment of path.segments) {
    nodes = nodes.flatMap((node) => select(node, segment));
    definite &&= segment.kind === 'key' || segment.kind === 'index';
    if (definite && nodes.length === 0) return undefined;
  }
  return path.definite ? nodes[0] : nodes;
}

function select(node: Json, segment: Segment): readonly Json[] {
  if (node === null || typeof node !== 'object') return [];
  if (segment.kind === 'every') return Object.values(node);
  if (segment.kind === 'key') return isArray(node) ? [] : member(node, segment.key);
  if (!isArray(node)) return [];
  if (segment.kind === 'slice') return node.slice(segment.from, segment.to);
  const indexes = segment.kind === 'index' ? [segment.index] : segment.indexes;
  return indexes.flatMap((index) => {
    const value = node.at(index);
    return value === undefined ? [] : [value];
  });
}

function member(node: { readonly [key: string]: Json }, key: string): readonly Json[] {
  const value = Object.hasOwn(node, key) ? node[key] : undefined;
  return value === undefined ? [] : [value];
}

/** Array.isArray does not narrow readonly arrays. */
export const isArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
export const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
