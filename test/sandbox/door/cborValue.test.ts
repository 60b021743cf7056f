import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromCbor, toCbor } from '../../../sandbox/door/protocols/cborValue.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

/** Examples of RFC 8949, appendix A. */
const examples: readonly (readonly [hex: string, value: unknown])[] = [
  ['00', 0],
  ['17', 23],
  ['18 18', 24],
  ['19 03e8', 1000],
  ['1a 000f4240', 1_000_000],
  ['1b 000000e8d4a51000', 1_000_000_000_000],
  ['20', -1],
  ['39 03e7', -1000],
  ['fb 3ff199999999999a', 1.1],
  ['f4', false],
  ['f5', true],
  ['f6', null],
  ['60', ''],
  ['62 c3bc', 'ü'],
  ['83 01 02 03', [1, 2, 3]],
  ['a2 61 61 01 61 62 82 02 03', { a: 1, b: [2, 3] }],
];

describe('CBOR', () => {
  it.each(examples)('%s is written and read', (hex, value) => {
    expect(toCbor(value)).toEqual(bytes(hex));
    expect(fromCbor(bytes(hex))).toEqual(value);
  });

  it('reads lists, maps and texts whose length is not said, short floats, and an empty body', () => {
    expect(fromCbor(bytes('9f 01 82 02 03 ff'))).toEqual([1, [2, 3]]);
    expect(fromCbor(bytes('bf 61 61 01 61 62 9f 02 ff ff'))).toEqual({ a: 1, b: [2] });
    expect(fromCbor(bytes('7f 65 73747265 61 64 6d696e67 ff'))).toBe('streaming');
    expect(fromCbor(bytes('fa 47c35000'))).toBe(100_000);
    expect(fromCbor(Buffer.alloc(0))).toEqual({});
  });

  it('writes a time as seconds under tag 1, and leaves out what is undefined', () => {
    expect(toCbor({ at: new Date(1500), b: undefined })).toEqual(bytes('a1 62 6174 c1 fb 3ff8000000000000'));
    expect(fromCbor(toCbor({ at: new Date(1500) }))).toEqual({ at: 1.5 });
  });

  it('brings back what was written', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(fromCbor(toCbor(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it.each([
    ['it ends too early', '62 61'],
    ['it ends too early', '9b 0000000000000001'],
    ['it ends too early', '5b ffffffffffffffff'],
    ['something stands behind its value', '01 01'],
    ['a break stands where a value is expected', 'ff'],
    ['a list is broken off', '82 01 ff'],
    ['a key of it is no text, or has no value', 'a1 01 01'],
    ['a key of it is no text, or has no value', 'bf 61 61 ff'],
    ['a text is in pieces that are none', '7f 01 ff'],
    ['it has a number without a length', '1f'],
    ['it has a head that is reserved', '1c'],
    ['it has a simple value that is not known', 'f8 20'],
    ['it is nested more than 200 levels deep', `${'81'.repeat(300)}01`],
  ])('refuses where %s', (why, hex) => {
    expect(() => fromCbor(bytes(hex))).toThrow(
      expect.objectContaining({ code: 'SerializationException', message: `The request is not CBOR: ${why}` }),
    );
  });

  it('fails in no other way, whatever is sent', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (sent) => {
        try {
          fromCbor(Buffer.from(sent));
        } catch (error) {
          expect(error).toMatchObject({ code: 'SerializationException' });
        }
      }),
    );
  });
});
