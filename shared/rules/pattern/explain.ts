import type { Branch, CompiledPattern, Field } from './compile.ts';
import { type Condition, quote, type ValueCondition } from './condition.ts';
import type { FlatEvent } from './flatten.ts';
import { accepted, branchMatches, matches, mayBeAbsent, valuesFor } from './match.ts';

/** The first field that did not hold: where, what was wanted and what was there, and all of it as one clause. */
export interface Mismatch {
  readonly path: string;
  readonly wanted: string;
  readonly found: string;
  readonly because: string;
}

const MOST_LISTED = 4;
const MOST_FIELDS = 20;

function list(texts: readonly string[], joint: string, most = MOST_LISTED): string {
  const more = texts.length - most;
  const shown = texts.slice(0, most).join(joint);
  return more > 0 ? `${shown}${joint}${more} more` : shown;
}

const onValues = (conditions: readonly Condition[]): readonly ValueCondition[] =>
  conditions.filter((condition) => condition.kind === 'value');

const valuesAt = (field: Field, event: FlatEvent) => event.values.get(field.key) ?? [];

const holds = (field: Field, event: FlatEvent): boolean =>
  accepted(field, event).length > 0 || (mayBeAbsent(field) && valuesAt(field, event).length === 0);

function fieldMismatch(field: Field, event: FlatEvent): Mismatch {
  const path = field.steps.join('.');
  const values = valuesAt(field, event);
  const absence = mayBeAbsent(field) ? ['is not there'] : [];
  const conditions = onValues(field.conditions);
  const wanted = list([...conditions.map((condition) => condition.is), ...absence], ' or ');
  if (values.length === 0) {
    return { path, wanted, found: 'nothing', because: `${path} is not there (wanted: one that ${wanted})` };
  }
  const found = list(
    values.map(({ value }) => quote(value)),
    ', ',
  );
  const unmet = list([...conditions.map((condition) => condition.not), ...absence.map(() => 'is there')], ' and ');
  return { path, wanted, found, because: `${path} ${found} ${unmet}` };
}

/** Each field alone finds a value that it accepts, but not all of them within one element of an array. */
function apart(branch: Branch): Mismatch {
  const paths = branch.map(({ steps }) => steps.join('.'));
  const because = `no single element of an array has all of ${paths.join(', ')} as wanted`;
  return { path: paths[0] ?? '', wanted: 'all within one element', found: 'only in different elements', because };
}

/** How far an event gets with one branch of a pattern that it does not match. */
export interface Missed {
  readonly branch: Branch;
  /** Fields that do not hold; none where each does alone, and not all of them together. */
  readonly unmet: readonly Field[];
  /** Fields that accept a value of the event. */
  readonly found: number;
  readonly event: FlatEvent;
}

/** One for each branch of a pattern that an event does not match. */
export function missedBy(compiled: CompiledPattern, event: unknown): readonly Missed[] {
  const flat = valuesFor(compiled, event);
  return compiled.branches.map((branch) => ({
    branch,
    unmet: branch.filter((field) => !holds(field, flat)),
    found: branch.filter((field) => accepted(field, flat).length > 0).length,
    event: flat,
  }));
}

/** Fewest fields do not hold; of as many, most find a value that they accept. */
const isNearer = (one: Missed, other: Missed): boolean =>
  one.unmet.length === other.unmet.length ? one.found > other.found : one.unmet.length < other.unmet.length;

/** The first of those that came closest; undefined when there are none. */
export const nearestOf = <T extends Missed>(all: readonly T[]): T | undefined =>
  all.reduce<T | undefined>((best, next) => (best === undefined || isNearer(next, best) ? next : best), undefined);

export function mismatchOf({ branch, unmet: [first], event }: Missed): Mismatch {
  return first === undefined ? apart(branch) : fieldMismatch(first, event);
}

/**
 * Why an event does not match, null when it does. Of the alternatives of a `$or` it speaks of the one that came
 * closest.
 */
export function whyNot(compiled: CompiledPattern, event: unknown): Mismatch | null {
  if (matches(compiled, event)) return null;
  const nearest = nearestOf(missedBy(compiled, event));
  if (nearest === undefined) throw new Error('A pattern has no branch');
  return mismatchOf(nearest);
}

function fieldMatch(field: Field, event: FlatEvent): string {
  const path = field.steps.join('.');
  const [value] = accepted(field, event);
  if (value === undefined) return `${path} is not there`;
  const condition = onValues(field.conditions).find((candidate) => candidate.accepts(value.value));
  const said = condition?.is ?? '';
  return said === `is ${quote(value.value)}` ? `${path} ${said}` : `${path} ${quote(value.value)} ${said}`;
}

/** Why a branch that matches does, as one clause: each of its fields. */
export const whyBranch = (branch: Branch, event: FlatEvent): string =>
  list(
    branch.map((field) => fieldMatch(field, event)),
    ', ',
    MOST_FIELDS,
  );

/** Why an event matches: what its first branch that does says. */
export function why(compiled: CompiledPattern, event: unknown): string {
  const flat = valuesFor(compiled, event);
  return whyBranch(compiled.branches.find((branch) => branchMatches(branch, flat)) ?? [], flat);
}
