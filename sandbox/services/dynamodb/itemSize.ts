import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from './dynaliteShapes.ts';

/** 400 KB, names and values together. */
export const MAX_ITEM_BYTES = 409_600;

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);
const base64Bytes = (text: unknown): number => Buffer.from(String(text), 'base64').length;

/** About a byte per two significant digits, and one. */
function numberBytes(text: string): number {
  const digits = text.replace(/^-?0*\.?0*|\./g, '').replace(/0+$/, '');
  return 1 + Math.ceil(digits.length / 2) + (text.startsWith('-') ? 1 : 0);
}

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return numberBytes(value.N);
  if (value.B !== undefined) return base64Bytes(value.B);
  if (value.SS !== undefined) return sum(value.SS.map((text) => Buffer.byteLength(text)));
  if (value.NS !== undefined) return sum(value.NS.map(numberBytes));
  if (value.BS !== undefined) return sum(value.BS.map(base64Bytes));
  if (value.L !== undefined) return 3 + sum(value.L.map((inner) => 1 + valueBytes(inner)));
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + itemBytes(value.M);
  return 1;
}

/** Size of an item as DynamoDB counts it: UTF-8 bytes (dynalite counts UTF-16 units, which is less). */
export function itemBytes(item: Item): number {
  return sum(Object.entries(item).map(([name, value]) => Buffer.byteLength(name) + valueBytes(value)));
}
