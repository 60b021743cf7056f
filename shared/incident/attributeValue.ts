import type { Json } from '../platform/json.ts';
import type { AttributeValue } from '../platform/sdk/dynamodb.ts';

/** JSON as DynamoDB writes it. `undefined` members are left out; numbers are doubles, as in JSON. */
export function toAttribute(value: Json): AttributeValue {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map((inner: Json) => toAttribute(inner)) };
  return { M: toAttributes(value as { readonly [name: string]: Json }) };
}

export function toAttributes(value: { readonly [name: string]: Json }): Record<string, AttributeValue> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([name, inner]) => [name, toAttribute(inner)]),
  );
}

/** The JSON that was written; a set of texts as a list. Other sets and binary values are not ours: they throw. */
function fromAttribute(value: AttributeValue): Json {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.NULL !== undefined) return null;
  if (value.SS !== undefined) return value.SS.toSorted();
  if (value.L !== undefined) return value.L.map(fromAttribute);
  if (value.M !== undefined) return fromAttributes(value.M);
  throw new TypeError(`The table holds an attribute of a type that Firebreak never writes: ${Object.keys(value)}`);
}

export function fromAttributes(item: Record<string, AttributeValue>): { readonly [name: string]: Json } {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, fromAttribute(value)]));
}
