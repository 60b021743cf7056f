import type { Condition } from './condition.ts';
import { PatternError } from './error.ts';
import { type Paths, pathKey, pathsOf } from './flatten.ts';
import { conditionAt, RESERVED_IN_OR } from './operators.ts';
import { isObject } from './written.ts';

/** One field of a pattern: the way to it and what is accepted there. Any one condition suffices. */
export interface Field {
  /** Where it is written, as in `$or[1].severity`. */
  readonly path: string;
  readonly steps: readonly string[];
  /** `pathKey` of the steps. */
  readonly key: string;
  readonly conditions: readonly Condition[];
}

/** Fields that must all hold, in the order in which they are written. A pattern without `$or` has one branch. */
export type Branch = readonly Field[];

export interface CompiledPattern {
  readonly branches: readonly Branch[];
  /** The ways to all of its fields. */
  readonly paths: Paths;
  /** Paths of fields that stand both beside and within a `$or`: EventBridge obeys only the one written last. */
  readonly overridden: readonly string[];
}

/** EventBridge's quota for one pattern, in characters of its JSON. */
const LONGEST = 4096;
/** EventBridge multiplies the alternatives of every `$or`, and refuses more combinations than this. */
const MOST_BRANCHES = 1000;

const below = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

function alternatives(
  branches: readonly Branch[],
  written: unknown,
  steps: readonly string[],
  path: string,
  overridden: Set<string>,
): Branch[] {
  if (!Array.isArray(written)) throw new PatternError(path, 'must be an array of objects');
  if (written.length < 2) throw new PatternError(path, 'needs at least two alternatives');
  const all: Branch[] = [];
  for (const [at, alternative] of written.entries()) {
    all.push(...withFields(branches, alternative, steps, `${path}[${at}]`, true, overridden));
    if (all.length > MOST_BRANCHES) throw new PatternError(path, `makes more than ${MOST_BRANCHES} combinations`);
  }
  return all;
}

function conditions(written: readonly unknown[], path: string): readonly Condition[] {
  if (written.length === 0) throw new PatternError(path, 'must not be empty');
  return written.map((member, at) => conditionAt(member, `${path}[${at}]`));
}

/** The later of two conditions on one field replaces the earlier one, as AWS's matcher does it. */
function withField(branch: Branch, field: Field, overridden: Set<string>): Branch {
  const others = branch.filter(({ key }) => key !== field.key);
  if (others.length < branch.length) overridden.add(field.steps.join('.'));
  return [...others, field];
}

/** Adds an object's fields to every branch; `$or` makes each branch as many as it has alternatives. */
function withFields(
  branches: readonly Branch[],
  written: unknown,
  steps: readonly string[],
  path: string,
  withinOr: boolean,
  overridden: Set<string>,
): Branch[] {
  if (!isObject(written)) throw new PatternError(path, 'must be an object');
  const entries = Object.entries(written);
  if (entries.length === 0) throw new PatternError(path, 'must not be empty');
  let all: Branch[] = [...branches];
  for (const [key, value] of entries) {
    const at = below(path, key);
    if (key === '$or') {
      all = alternatives(all, value, steps, at, overridden);
    } else if (withinOr && RESERVED_IN_OR.has(key)) {
      throw new PatternError(at, `"${key}" is an operator and cannot be a field's name within $or`);
    } else if (Array.isArray(value)) {
      const to = [...steps, key];
      const field = { path: at, steps: to, key: pathKey(to), conditions: conditions(value, at) };
      all = all.map((branch) => withField(branch, field, overridden));
    } else if (isObject(value)) {
      all = withFields(all, value, [...steps, key], at, withinOr, overridden);
    } else {
      throw new PatternError(at, 'must be an object or an array', `write it as an array: ["…"]`);
    }
  }
  return all;
}

function lengthOf(pattern: unknown): number {
  try {
    return JSON.stringify(pattern)?.length ?? 0;
  } catch (cause) {
    if (cause instanceof RangeError) return Number.POSITIVE_INFINITY;
    throw cause;
  }
}

/**
 * Checks an EventBridge event pattern (as parsed from JSON) and makes it ready to match.
 * Throws PatternError with the path of what EventBridge would refuse.
 */
export function compilePattern(pattern: unknown): CompiledPattern {
  if (!isObject(pattern)) throw new PatternError('', 'a pattern must be an object');
  if (lengthOf(pattern) > LONGEST) throw new PatternError('', `a pattern is at most ${LONGEST} characters long`);
  const overridden = new Set<string>();
  const branches = withFields([[]], pattern, [], '', false, overridden);
  return { branches, paths: pathsOf(branches.flat()), overridden: [...overridden] };
}
