import { sha256Hex } from '../platform/hash.ts';
import { canonicalJson } from '../platform/json.ts';
import type { Finding } from './finding.ts';

type Tree = { readonly [key: string]: unknown };

function without(from: Tree, path: readonly string[]): Tree {
  const [key, ...rest] = path;
  if (key === undefined || !Object.hasOwn(from, key)) return from;
  const { [key]: inner, ...others } = from;
  if (rest.length === 0) return others;
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return from;
  return { ...others, [key]: without(inner as Tree, rest) };
}

/**
 * SHA-256 (hex) of what a finding states, without the fields that change while the statement stays the same: dotted
 * paths, its source's `volatile`. Equal for a repeat, whatever order its keys come in.
 */
export const contentHash = (finding: Finding, volatile: readonly string[]): string =>
  sha256Hex(canonicalJson(volatile.reduce((left: Tree, path) => without(left, path.split('.')), { ...finding })));
