import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { canonicalJson } from '../../../../shared/platform/json.ts';

/** A plain model of conditional writes, and random ones to hold DynamoDB against. */
export type Item = Record<string, AttributeValue>;

export type Condition =
  | { readonly op: 'and'; readonly left: Condition; readonly right: Condition }
  | { readonly op: 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly op: 'not'; readonly left: Condition }
  | Comparison
  | { readonly op: 'in'; readonly path: readonly string[]; readonly values: readonly AttributeValue[] }
  | { readonly op: 'exists'; readonly path: readonly string[] }
  | { readonly op: 'missing'; readonly path: readonly string[] };

interface Comparison {
  readonly op: '=' | '<>' | '<' | '>=';
  readonly path: readonly string[];
  readonly value: AttributeValue;
}

export type Update =
  | { readonly op: 'set'; readonly attribute: string; readonly value: AttributeValue }
  | { readonly op: 'count'; readonly attribute: string; readonly by: number }
  | { readonly op: 'nested'; readonly attribute: string; readonly value: AttributeValue }
  | { readonly op: 'append'; readonly attribute: string; readonly value: AttributeValue }
  | { readonly op: 'remove'; readonly attribute: string };

export type Write = { readonly key: string; readonly condition: Condition | undefined } & (
  | { readonly kind: 'put'; readonly attributes: Item }
  | { readonly kind: 'update'; readonly updates: readonly Update[] }
  | { readonly kind: 'delete' }
);

// Few values, so that conditions often meet what is stored.
const scalar = fc.oneof(
  fc.constantFrom('', 'é').map((S): AttributeValue => ({ S })),
  fc.constantFrom(0, 9, 10).map((n): AttributeValue => ({ N: String(n) })),
  fc.boolean().map((BOOL): AttributeValue => ({ BOOL })),
);
const value = fc.oneof(
  scalar,
  { weight: 2, arbitrary: scalar.map((x): AttributeValue => ({ M: { x } })) },
  fc.array(scalar, { maxLength: 1 }).map((L): AttributeValue => ({ L })),
  fc.uniqueArray(fc.constantFrom('p', 'q'), { minLength: 1 }).map((SS): AttributeValue => ({ SS })),
);
/** No key of an index: DynamoDB refuses to write other types to those before it looks at the item. */
const free = fc.constantFrom('state', 'seq', 'owner');
const attribute = fc.constantFrom('state', 'seq', 'owner', 'g');
const path = fc.oneof(
  attribute.map((name) => [name]),
  free.map((name) => [name, 'x']),
);
const condition: fc.Arbitrary<Condition> = fc.letrec<{ any: Condition }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.record({ op: fc.constantFrom('=' as const, '<>' as const), path, value }),
    fc.record({ op: fc.constantFrom('<' as const, '>=' as const), path, value: scalar.filter((v) => !('BOOL' in v)) }),
    fc.record({ op: fc.constant('in' as const), path, values: fc.array(value, { minLength: 1, maxLength: 3 }) }),
    fc.record({ op: fc.constant('exists' as const), path }),
    fc.record({ op: fc.constant('missing' as const), path }),
    fc.record({ op: fc.constant('and' as const), left: tie('any'), right: tie('any') }),
    fc.record({ op: fc.constant('or' as const), left: tie('any'), right: tie('any') }),
    fc.record({ op: fc.constant('not' as const), left: tie('any') }),
  ),
})).any;
const update: fc.Arbitrary<Update> = fc.oneof(
  fc.record({ op: fc.constant('set' as const), attribute: fc.constantFrom('state', 'owner'), value }),
  fc.record({
    op: fc.constant('set' as const),
    attribute: fc.constant('g'),
    value: fc.constantFrom({ S: 'u' }, { S: 'v' }),
  }),
  fc.record({ op: fc.constant('count' as const), attribute: free, by: fc.integer({ min: -2, max: 2 }) }),
  fc.record({ op: fc.constant('nested' as const), attribute: free, value: scalar }),
  fc.record({ op: fc.constant('append' as const), attribute: free, value: scalar }),
  fc.record({ op: fc.constant('remove' as const), attribute }),
);
const updates = fc.uniqueArray(update, { minLength: 1, maxLength: 3, selector: (one) => one.attribute });
const attributes = fc.record(
  { state: value, seq: scalar, owner: value, g: fc.constantFrom({ S: 'u' }, { S: 'v' }) },
  { requiredKeys: [] },
) as fc.Arbitrary<Item>;

const common = { key: fc.constantFrom('a', 'b'), condition: fc.option(condition, { nil: undefined }) };
export const write: fc.Arbitrary<Write> = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), ...common, attributes }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('update' as const), ...common, updates }) },
  fc.record({ kind: fc.constant('delete' as const), ...common }),
);

const normal = (v: AttributeValue): string => canonicalJson(v.SS ? { SS: [...v.SS].sort() } : v);
const at = (item: Item, [name = '', inner]: readonly string[]): AttributeValue | undefined =>
  inner === undefined ? item[name] : item[name]?.M?.[inner];

function less(a: AttributeValue, b: AttributeValue): boolean | undefined {
  if (a.N !== undefined && b.N !== undefined) return Number(a.N) < Number(b.N);
  if (a.S !== undefined && b.S !== undefined) return Buffer.compare(Buffer.from(a.S), Buffer.from(b.S)) < 0;
  return undefined;
}

export function holds(test: Condition, item: Item): boolean {
  if (test.op === 'and') return holds(test.left, item) && holds(test.right, item);
  if (test.op === 'or') return holds(test.left, item) || holds(test.right, item);
  if (test.op === 'not') return !holds(test.left, item);
  const found = at(item, test.path);
  if (test.op === 'exists') return found !== undefined;
  if (test.op === 'missing') return found === undefined;
  if (test.op === 'in') return found !== undefined && test.values.some((v) => normal(v) === normal(found));
  const equal = found !== undefined && normal(found) === normal(test.value);
  if (test.op === '=') return equal;
  if (test.op === '<>') return !equal;
  const isLess = found === undefined ? undefined : less(found, test.value);
  return isLess !== undefined && (test.op === '<' ? isLess : !isLess);
}

/** The item after the updates; undefined when DynamoDB refuses them (wrong type, no such path). */
export function applied(item: Item, changes: readonly Update[]): Item | undefined {
  const after: Item = { ...item };
  for (const change of changes) {
    const before = item[change.attribute];
    if (change.op === 'set') after[change.attribute] = change.value;
    else if (change.op === 'remove') delete after[change.attribute];
    else if (change.op === 'count') {
      if (before !== undefined && before.N === undefined) return undefined;
      after[change.attribute] = { N: String(Number(before?.N ?? '0') + change.by) };
    } else if (change.op === 'append') {
      if (before !== undefined && before.L === undefined) return undefined;
      after[change.attribute] = { L: [...(before?.L ?? []), change.value] };
    } else {
      if (before?.M === undefined) return undefined;
      after[change.attribute] = { M: { ...before.M, x: change.value } };
    }
  }
  return after;
}
