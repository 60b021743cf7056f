import { InvalidEvent } from '../platform/errors.ts';

/**
 * Reading what AWS sends: only the fields used, each with the path that an InvalidEvent then names. Written by hand,
 * because the intake functions must start quickly and the path must be exact. A JSON null counts as absent.
 */
export type Fields = { readonly [key: string]: unknown };

export const join = (path: string, key: string | number): string => {
  if (typeof key === 'number') return `${path}[${key}]`;
  return path === '$' ? key : `${path}.${key}`;
};

const kindOf = (value: unknown): string => {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
};

const wrong = (path: string, wanted: string, value: unknown): InvalidEvent =>
  new InvalidEvent(path, `${path} must be ${wanted}, but is ${kindOf(value)}`);

export const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

export function readObject(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(path, 'an object', value);
  return value as Fields;
}

export function readArray(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(path, 'an array', value);
  return value;
}

/** A text that is there; `max` is in UTF-16 units and refuses, where `bounded` would cut. */
export function readText(value: unknown, path: string, max = 1024): string {
  if (typeof value !== 'string') throw wrong(path, 'a text', value);
  if (value === '') throw new InvalidEvent(path, `${path} must not be empty`);
  if (value.length > max)
    throw new InvalidEvent(path, `${path} has ${value.length} characters; at most ${max} are read`);
  return value;
}

export function readNumber(value: unknown, path: string, low: number, high: number): number {
  if (typeof value !== 'number') throw wrong(path, 'a number', value);
  if (!(value >= low && value <= high)) {
    throw new InvalidEvent(path, `${path} must lie between ${low} and ${high}, but is ${value}`);
  }
  return value;
}

/** How many of something: a whole number from 0. Null is no count. */
export function readCount(value: unknown, path: string): number {
  const count = readNumber(value, path, 0, Number.MAX_SAFE_INTEGER);
  if (!Number.isInteger(count)) throw new InvalidEvent(path, `${path} must be a whole number, but is ${count}`);
  return count;
}

/** One field of an object, or null when it is absent. */
export function readOptional<T>(
  from: Fields,
  path: string,
  key: string,
  read: (value: unknown, path: string) => T,
): T | null {
  const value = from[key];
  return isAbsent(value) ? null : read(value, join(path, key));
}
