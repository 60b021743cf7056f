import { canonicalJson, type Json, type JsonObject } from '../shared/platform/json.ts';
import type { FieldKind, Script } from './script.ts';

/** Ids that a side has answered so far, and where each was first seen. */
export type Labels = Map<string, string>;

export interface Rules {
  readonly fields: Script['fields'];
  /** The side's own, without a slash at the end. */
  readonly endpoint: string;
  readonly step: string;
  readonly labels: Labels;
}

/**
 * Takes out of an answer what may differ, field by field. A field that is not of its kind (an empty id, a time that is none) stays as it
 * is, and so does every field that no rule names.
 */
export function normalise(value: Json, rules: Rules, path = ''): Json {
  const kind = kindOf(path, rules.fields);
  if (kind === undefined || isOrder(kind)) return inside(value, rules, path, kind);
  if (kind === 'time') return isTime(value) ? '<time>' : value;
  if (typeof value !== 'string') return inside(value, rules, path, kind);
  if (kind === 'json') return normalise(parsed(value), rules, `${path}{}`);
  if (value === '') return value;
  return kind === 'text' ? '<text>' : labelled(value, rules, path);
}

const isOrder = (kind: FieldKind | undefined): boolean => kind === 'unordered' || kind?.startsWith('by ') === true;

function inside(value: Json, rules: Rules, path: string, kind: FieldKind | undefined): Json {
  if (Array.isArray(value)) {
    const ordered =
      kind?.startsWith('by ') === true ? sorted(value, kind.split(' ').slice(1)) : (value as readonly Json[]);
    const items = ordered.map((inner, at) => normalise(inner, rules, `${path}[${at}]`));
    return kind === 'unordered' ? sorted(items, []) : items;
  }
  if (typeof value === 'string') return value.replaceAll(rules.endpoint, '<endpoint>');
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, normalise(inner, rules, path === '' ? key : `${path}.${key}`)]),
  );
}

/** By these fields of its members, or by all that they are. */
function sorted(items: readonly Json[], names: readonly string[]): readonly Json[] {
  const keyOf = (item: Json): string =>
    canonicalJson(names.length === 0 ? item : names.map((name) => (item as JsonObject)[name] ?? null));
  return items.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** The rule with the longest path that the field's own ends in. */
function kindOf(path: string, fields: Script['fields']): FieldKind | undefined {
  const own = path.replaceAll(/\[\d+\]|\{\}/g, '');
  const fitting = Object.keys(fields).filter((name) => own === name || own.endsWith(`.${name}`));
  const [longest] = fitting.toSorted((a, b) => b.length - a.length);
  // Members of a list that a rule names are not the list.
  if (longest === undefined || (isOrder(fields[longest]) && /\]$/.test(path))) return undefined;
  if (fields[longest] === 'json' && path.endsWith('{}')) return undefined;
  return fields[longest];
}

function labelled(id: string, { labels, step }: Rules, path: string): string {
  const label = labels.get(id) ?? `<${path} of "${step}">`;
  labels.set(id, label);
  return label;
}

/** ISO 8601, or seconds or milliseconds since 1970 that lie in this century. */
function isTime(value: Json): boolean {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return !Number.isNaN(Date.parse(value));
  const number = typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && number > 946_684_800;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
