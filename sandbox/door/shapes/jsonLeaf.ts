import { AwsError } from '../../account.ts';
import type { Wire } from './conform.ts';
import type { Shape } from './shape.ts';

/** Code and words in which AWS's JSON services refuse a value of a wrong type, as users of the SDKs quote them; the place is ours. */
const refused = (words: string, path: string): AwsError =>
  new AwsError('SerializationException', path === '' ? words : `${words} (${path})`);

/** How a value is called that stands where a `type` should. */
function wordsFor(value: unknown, type: string): string {
  if (Array.isArray(value)) return 'Start of list found where not expected';
  if (typeof value === 'object' && value !== null) return 'Start of structure or map found where not expected.';
  const token =
    typeof value === 'boolean' || value === null ? String(value).toUpperCase() : (typeof value).toUpperCase();
  return `${token}_VALUE can not be converted to ${type}`;
}

/** Milliseconds that a `Date` can hold. */
const LATEST_MS = 8.64e15;

const isTime = (value: unknown): boolean => typeof value === 'number' && Math.abs(value * 1000) <= LATEST_MS;

const isText = (value: unknown): boolean => typeof value === 'string';

const KINDS: Readonly<Record<Extract<Shape, string>, readonly [fits: (value: unknown) => boolean, type: string]>> = {
  string: [isText, 'a String'],
  blob: [isText, 'a Blob'],
  number: [(value) => typeof value === 'number' && Number.isFinite(value), 'a Number'],
  boolean: [(value) => typeof value === 'boolean', 'a Boolean'],
  time: [isTime, 'a Timestamp'],
  'time-text': [(value) => isText(value) && !Number.isNaN(Date.parse(String(value))), 'a Timestamp'],
  document: [() => true, 'a Document'],
};

/** JSON: a value has a type of its own, which must be the model's. */
export const jsonLeaf: Wire = {
  leaf(shape, value, path) {
    if (typeof shape !== 'string') return;
    const [fits, type] = KINDS[shape];
    if (!fits(value)) throw refused(wordsFor(value, type), path);
  },
  refuse(value, path) {
    const isNested = typeof value === 'object' && value !== null;
    throw refused(isNested ? wordsFor(value, '') : 'Unexpected value type in payload', path);
  },
};
