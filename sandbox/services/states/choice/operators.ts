import type { Json } from '../../../../shared/platform/json.ts';
import { epochOf } from './timestamp.ts';
import { matchesWildcard } from './wildcard.ts';

/** A comparison of a Choice rule. A value of another type than the operator's never matches. */
export interface Operator {
  /** What the definition must give: a value of this type, or (`path`) where to read it. */
  readonly operand: 'string' | 'number' | 'boolean' | 'timestamp' | 'path';
  /** `value` is undefined when the variable is not there, which only IsPresent gets to see. */
  readonly test: (value: Json | undefined, operand: Json) => boolean;
}

type Ordered = string | number;
type Read = (value: Json | undefined) => Ordered | undefined;

const FAMILIES: {
  readonly [name: string]: { readonly operand: 'string' | 'number' | 'timestamp'; readonly read: Read };
} = {
  String: { operand: 'string', read: (value) => (typeof value === 'string' ? value : undefined) },
  Numeric: { operand: 'number', read: (value) => (typeof value === 'number' ? value : undefined) },
  Timestamp: { operand: 'timestamp', read: epochOf },
};

const ORDERS: { readonly [name: string]: (a: Ordered, b: Ordered) => boolean } = {
  Equals: (a, b) => a === b,
  LessThan: (a, b) => a < b,
  LessThanEquals: (a, b) => a <= b,
  GreaterThan: (a, b) => a > b,
  GreaterThanEquals: (a, b) => a >= b,
};

const ordered: [string, Operator][] = Object.entries(FAMILIES).flatMap(([family, { operand, read }]) =>
  Object.entries(ORDERS).flatMap(([order, compare]): [string, Operator][] => {
    const test = (value: Json | undefined, other: Json): boolean => {
      const [a, b] = [read(value), read(other)];
      return a !== undefined && b !== undefined && compare(a, b);
    };
    return [
      [`${family}${order}`, { operand, test }],
      [`${family}${order}Path`, { operand: 'path', test }],
    ];
  }),
);

const equalBooleans = (value: Json | undefined, other: Json): boolean => typeof value === 'boolean' && value === other;

const typeTest = (is: (value: Json | undefined) => boolean): Operator => ({
  operand: 'boolean',
  test: (value, expected) => is(value) === expected,
});

/** All comparison operators of the JSONPath query language by name. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ...ordered,
  ['BooleanEquals', { operand: 'boolean', test: equalBooleans }],
  ['BooleanEqualsPath', { operand: 'path', test: equalBooleans }],
  [
    'StringMatches',
    {
      operand: 'string',
      test: (value, pattern) => typeof value === 'string' && matchesWildcard(String(pattern), value),
    },
  ],
  ['IsPresent', typeTest((value) => value !== undefined)],
  ['IsNull', typeTest((value) => value === null)],
  ['IsBoolean', typeTest((value) => typeof value === 'boolean')],
  ['IsNumeric', typeTest((value) => typeof value === 'number')],
  ['IsString', typeTest((value) => typeof value === 'string')],
  ['IsTimestamp', typeTest((value) => epochOf(value) !== undefined)],
]);
