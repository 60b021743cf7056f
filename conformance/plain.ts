import type { Json } from '../shared/platform/json.ts';

interface BodyStream {
  transformToString(): Promise<string>;
}

/** An SDK's output as JSON: moments in ISO 8601, bytes in base64, a body as its text, sets as lists; what is undefined is left out. */
export async function plain(value: unknown): Promise<Json> {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Set) return plain([...value].toSorted());
  if (Array.isArray(value)) return Promise.all(value.map(plain));
  if (value === null || typeof value !== 'object') return (value ?? null) as Json;
  if (typeof (value as Partial<BodyStream>).transformToString === 'function') {
    return (value as BodyStream).transformToString();
  }
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(await Promise.all(entries.map(async ([key, inner]) => [key, await plain(inner)] as const)));
}
