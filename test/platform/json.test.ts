import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../shared/platform/hash.ts';
import { canonicalJson } from '../../shared/platform/json.ts';

/** The same value with the keys of its objects written in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

describe('canonical JSON', () => {
  it('is the same text whatever order keys were written in, and still the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(reversed(value))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  /** By JSON's own means alone. */
  const slowly = (value: unknown): string =>
    JSON.stringify(value, (_key, inner: unknown) =>
      inner !== null && typeof inner === 'object' && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
        : inner,
    );

  it('is what JSON itself makes of sorted keys, of what JSON does not have, too', () => {
    const values = fc.anything({
      withDate: true,
      withNullPrototype: true,
      key: fc.oneof(fc.string(), fc.nat(20).map(String)),
    });
    fc.assert(
      fc.property(values, (value) => {
        expect(canonicalJson(value)).toBe(slowly(value));
      }),
      { numRuns: 500 },
    );
    expect(canonicalJson({ b: new Date(0), a: undefined, c: [undefined] })).toBe(
      '{"b":"1970-01-01T00:00:00.000Z","c":[null]}',
    );
  });

  it('keeps the order of a list, and a key that objects inherit', () => {
    expect(canonicalJson([2, 1])).toBe('[2,1]');
    expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"a":2}}'))).toBe('{"__proto__":{"a":2},"b":1}');
  });
});

describe('a hash', () => {
  it('is the SHA-256 of the text in UTF-8, in hex', () => {
    // FIPS 180-2, appendix B.1.
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256Hex('é')).toBe(sha256Hex(new TextEncoder().encode('é')));
  });
});
