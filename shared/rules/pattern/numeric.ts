import type { Bound, Meaning, Scalar, ValueCondition } from './condition.ts';
import { PatternError } from './error.ts';

const LIMIT = 5e9;
const DECIMALS = 6;

/**
 * A number as patterns may hold it: EventBridge compares between -5e9 and 5e9 with six decimals (user guide, numeric
 * matching), and refuses others rather than comparing them wrongly.
 */
export function comparable(value: unknown, path: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new PatternError(path, 'must be a number');
  if (Math.abs(value) > LIMIT) throw new PatternError(path, 'must be between -5000000000 and 5000000000');
  if (Number(value.toFixed(DECIMALS)) !== value) throw new PatternError(path, 'has more than six decimals');
  return value;
}

const COMPARE = {
  '=': (value: number, bound: number) => value === bound,
  '<': (value: number, bound: number) => value < bound,
  '<=': (value: number, bound: number) => value <= bound,
  '>': (value: number, bound: number) => value > bound,
  '>=': (value: number, bound: number) => value >= bound,
} as const;
type Comparison = keyof typeof COMPARE;

const isComparison = (text: unknown): text is Comparison => typeof text === 'string' && Object.hasOwn(COMPARE, text);

function comparisonAt(members: readonly unknown[], at: number, path: string): { by: Comparison; bound: number } {
  const by = members[at];
  if (!isComparison(by)) {
    throw new PatternError(`${path}[${at}]`, 'must be one of =, <, <=, >, >=', 'for example [">=", 7]');
  }
  return { by, bound: comparable(members[at + 1], `${path}[${at + 1}]`) };
}

/** Both ends of what all comparisons accept. */
function rangeOf(comparisons: readonly { readonly by: Comparison; readonly bound: number }[]): Meaning {
  const end = (sign: '>' | '<', open: number): Bound => {
    const found = comparisons.find(({ by }) => by === '=' || by.startsWith(sign));
    return found === undefined
      ? { at: open, inclusive: false }
      : { at: found.bound, inclusive: found.by.endsWith('=') };
  };
  return { by: 'numeric', least: end('>', Number.NEGATIVE_INFINITY), most: end('<', Number.POSITIVE_INFINITY) };
}

/** `numeric`: one comparison, or a lower bound followed by an upper one that lies above it. */
export function numeric(members: unknown, path: string): ValueCondition {
  if (!Array.isArray(members)) throw new PatternError(path, 'must be an array', 'for example [">=", 7]');
  if (members.length !== 2 && members.length !== 4) {
    throw new PatternError(path, 'must be one comparison, or two for a range', 'for example [">", 0, "<=", 5]');
  }
  const comparisons = [comparisonAt(members, 0, path)];
  if (members.length === 4) {
    const lower = comparisonAt(members, 0, path);
    const upper = comparisonAt(members, 2, path);
    if (!lower.by.startsWith('>') || !upper.by.startsWith('<')) {
      throw new PatternError(path, 'a range is a lower bound, then an upper one', 'for example [">", 0, "<=", 5]');
    }
    if (lower.bound >= upper.bound) throw new PatternError(path, 'the lower bound must be below the upper one');
    comparisons.push(upper);
  }
  const said = comparisons.map(({ by, bound }) => `${by} ${bound}`).join(' and ');
  const accepts = (value: Scalar): boolean =>
    typeof value === 'number' && comparisons.every(({ by, bound }) => COMPARE[by](value, bound));
  return { kind: 'value', accepts, is: `is ${said}`, not: `is not ${said}`, means: rangeOf(comparisons) };
}
