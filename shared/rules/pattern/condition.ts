/** What an event holds at a path; objects and arrays are only the way there. */
export type Scalar = null | boolean | number | string;

/** One alternative of a field: what it accepts, and how a person says so of a value that it accepts or does not. */
export type Condition =
  | {
      readonly kind: 'value';
      readonly accepts: (value: Scalar) => boolean;
      /** Follows the value when it is accepted: `is >= 7`, `starts with "prod-"`. */
      readonly is: string;
      /** Follows the value when it is not. */
      readonly not: string;
      /** The same as data, for whoever compares conditions instead of asking about a value. */
      readonly means: Meaning;
      /** What every value that is accepted is, or begins with: an index looks there. Without, all that is known is that it is there. */
      readonly lookup?: Lookup;
    }
  | { readonly kind: 'absent' };

/** What a condition asks, as it is written. */
export type Meaning =
  | { readonly by: 'exactly'; readonly value: Scalar }
  | { readonly by: TextOperator; readonly text: string }
  | { readonly by: 'numeric'; readonly least: Bound; readonly most: Bound }
  | { readonly by: 'anything-but'; readonly excluded: readonly ValueCondition[] }
  | { readonly by: 'exists' };

/** Those that accept strings alone. */
export type TextOperator =
  | ('prefix' | 'suffix' | 'wildcard' | 'cidr')
  | ('equals-ignore-case' | 'prefix-ignore-case' | 'suffix-ignore-case');

/** An end of a range of numbers; infinite where there is none. */
export interface Bound {
  readonly at: number;
  readonly inclusive: boolean;
}

export type Lookup = { readonly exactly: Scalar } | { readonly beginsWith: string };

export type ValueCondition = Extract<Condition, { kind: 'value' }>;

const LONGEST_QUOTE = 60;

/** A value as it is quoted in a reason: JSON, so that quotes and control characters stay text, and cut when long. */
export function quote(value: Scalar): string {
  const text = JSON.stringify(value);
  return text.length <= LONGEST_QUOTE
    ? text
    : `${text.slice(0, LONGEST_QUOTE - 2)}…${typeof value === 'string' ? '"' : ''}`;
}

/** A condition on strings alone: numbers, booleans and null never satisfy it, as in EventBridge. */
export function onString(
  [by, text]: readonly [by: TextOperator, text: string],
  accepts: (value: string) => boolean,
  is: string,
  not: string,
): ValueCondition {
  const means = { by, text };
  return { kind: 'value', accepts: (value) => typeof value === 'string' && accepts(value), is, not, means };
}

/** A condition whose values all begin with a text; an empty one says nothing. */
export const beginning = (text: string, condition: ValueCondition): ValueCondition =>
  text === '' ? condition : { ...condition, lookup: { beginsWith: text } };
