import type { Branch, CompiledPattern, Field } from './compile.ts';
import type { Lookup, Scalar } from './condition.ts';
import { type FlatEvent, flatten, pathsOf } from './flatten.ts';
import { branchMatches, mayBeAbsent } from './match.ts';
import { ascending } from './merge.ts';

/** A pattern that matches: its place among those that were indexed, and the first of its branches that does. */
export interface Hit {
  readonly at: number;
  readonly branch: Branch;
  readonly event: FlatEvent;
}

export interface PatternIndex {
  /** All patterns that match, in their order, each as it is asked for: whoever takes the first pays for no other. */
  hits(event: unknown): Iterable<Hit>;
}

/** What is looked at for one field: numbers of entries, ascending. */
interface Place {
  readonly exactly: Map<Scalar, number[]>;
  readonly beginsWith: Map<string, number[]>;
  /** Of those beginnings. */
  readonly lengths: Set<number>;
  /** Asked whenever the field is there. */
  readonly present: number[];
}

interface Entry {
  readonly at: number;
  readonly branch: Branch;
}

/** The lookups of a field, if each of its alternatives has one. */
function lookupsOf({ conditions }: Field): readonly Lookup[] | null {
  const all = conditions.map((condition) => (condition.kind === 'value' ? condition.lookup : undefined));
  return all.every((lookup) => lookup !== undefined) ? all : null;
}

const tokens = (field: Field): readonly string[] =>
  (lookupsOf(field) ?? [{}]).map((lookup) => `${field.key}${JSON.stringify(lookup)}`);

/** How many entries would be found with each field, so that the rarest can be told. */
function countOf(entries: readonly Entry[]): (field: Field) => number {
  const counts = new Map<string, number>();
  for (const { branch } of entries) {
    for (const token of branch.flatMap(tokens)) counts.set(token, (counts.get(token) ?? 0) + 1);
  }
  return (field) => tokens(field).reduce((sum, token) => sum + (counts.get(token) ?? 0), 0);
}

/**
 * The field under which a branch is found: one that must be there, by its values before by its mere presence, and by those that the fewest
 * others ask for. Undefined where nothing must be there.
 */
function chosen(branch: Branch, count: (field: Field) => number): Field | undefined {
  const required = branch.filter((field) => !mayBeAbsent(field));
  const known = required.filter((field) => lookupsOf(field) !== null);
  const [first, ...others] = known.length > 0 ? known : required;
  if (first === undefined) return undefined;
  return others.reduce((best, next) => (count(next) < count(best) ? next : best), first);
}

function added<K>(map: Map<K, number[]>, key: K, entry: number): void {
  const entries = map.get(key);
  if (entries === undefined) map.set(key, [entry]);
  else if (entries.at(-1) !== entry) entries.push(entry);
}

function enter(place: Place, field: Field, entry: number): void {
  const lookups = lookupsOf(field);
  if (lookups === null) place.present.push(entry);
  for (const lookup of lookups ?? []) {
    if ('exactly' in lookup) {
      added(place.exactly, lookup.exactly, entry);
    } else {
      added(place.beginsWith, lookup.beginsWith, entry);
      place.lengths.add(lookup.beginsWith.length);
    }
  }
}

/** The lists of a place in which the event's values are found. */
function* found({ exactly, beginsWith, lengths, present }: Place, values: readonly { readonly value: Scalar }[]) {
  if (present.length > 0) yield present;
  for (const { value } of values) {
    const same = exactly.get(value);
    if (same !== undefined) yield same;
    if (typeof value !== 'string') continue;
    for (const length of lengths) {
      const begun = length <= value.length ? beginsWith.get(value.slice(0, length)) : undefined;
      if (begun !== undefined) yield begun;
    }
  }
}

/**
 * Patterns, found by what an event holds, as AWS's own matcher does it: each branch lies under one field that must be there, and is looked
 * at only when the event has a value there that may fit. What is found is then matched in full, so the answer is the same as
 * when each pattern is tried in turn.
 */
export function indexPatterns(patterns: readonly CompiledPattern[]): PatternIndex {
  const entries = patterns.flatMap(({ branches }, at) => branches.map((branch): Entry => ({ at, branch })));
  const paths = pathsOf(entries.flatMap(({ branch }) => branch));
  const places = new Map<string, Place>();
  const always: number[] = [];
  const count = countOf(entries);
  for (const [number, { branch }] of entries.entries()) {
    const field = chosen(branch, count);
    if (field === undefined) {
      always.push(number);
      continue;
    }
    const place = places.get(field.key) ?? {
      exactly: new Map(),
      beginsWith: new Map(),
      lengths: new Set(),
      present: [],
    };
    places.set(field.key, place);
    enter(place, field, number);
  }

  function candidates(event: FlatEvent): readonly (readonly number[])[] {
    const lists: (readonly number[])[] = always.length > 0 ? [always] : [];
    for (const [key, place] of places) {
      const values = event.values.get(key);
      if (values !== undefined) lists.push(...found(place, values));
    }
    return lists;
  }

  return {
    *hits(event) {
      const flat = flatten(event, paths);
      let last = -1;
      for (const number of ascending(candidates(flat))) {
        const entry = entries[number];
        if (entry === undefined || entry.at === last || !branchMatches(entry.branch, flat)) continue;
        last = entry.at;
        yield { ...entry, event: flat };
      }
    },
  };
}
