import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ascii, cut, firstOf, gsm, plain, shellWord } from '../../shared/report/text.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 400 });
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
/** The basic GSM 03.38 table, as far as it is ASCII. */
const gsmBasic = /^[A-Za-z0-9 @$!"#%&'()*+,\-./:;<=>?_]*$/;

describe('plain', () => {
  test.each([
    ['a\r\nSubject: GET UP', 'a Subject: GET UP'],
    ['a\u0000\u001b[31mb', 'a\\u{0}\\u{1b}[31mb'],
    ['\u202egnp.exe', '\\u{202e}gnp.exe'],
    ['a\u200bb\u2028c', 'a\\u{200b}b\\u{2028}c'],
    ['\ud800x', '\\u{d800}x'],
    ['   deep   in\u00a0\u3000space ', 'deep in space'],
    ['<b onclick=x>[y](z) *m* @here', '<b onclick=x>[y](z) *m* @here'],
    ['see https://evil.example/x', 'see https[:]//evil.example/x'],
    ['grün 😀', 'grün 😀'],
  ])('%j becomes %j', (written, shown) => {
    expect(plain(written)).toBe(shown);
  });

  test('is one printable line within its length, whatever comes in', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 3, max: 200 }), (text, max) => {
        const shown = plain(text, max);
        expect(shown).not.toMatch(unprintable);
        expect(shown).not.toMatch(/^\s|:\/\//);
        expect(shown.length).toBeLessThanOrEqual(max);
        expect(shown.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('ascii and gsm', () => {
  test('hold only what a subject and a text message can hold', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 3, max: 140 }), (text, max) => {
        expect(ascii(text, max)).toMatch(/^[\x20-\x7e]*$/);
        expect(ascii(text, max).length).toBeLessThanOrEqual(max);
        expect(gsm(text, max)).toMatch(gsmBasic);
        expect(gsm(text, max).length).toBeLessThanOrEqual(max);
      }),
    );
    expect(gsm('[a] {b} \\^~|`', 140)).toBe('(a) (b) -----');
  });
});

describe('bounds', () => {
  test('cut says that something is missing, and splits no character', () => {
    expect(cut('abcdef', 6)).toBe('abcdef');
    expect(cut('abcdefg', 6)).toBe('abc...');
    expect(cut('a😀😀😀', 5)).toBe('a...');
  });

  test('firstOf says how many more there are', () => {
    expect(firstOf(['a', 'b', 'c'], 2)).toEqual(['a', 'b', 'and 1 more']);
    expect(firstOf(['a', 'b'], 2)).toEqual(['a', 'b']);
  });
});

describe('shellWord', () => {
  test('leaves an incident as it is, and quotes what a shell would read', () => {
    expect(shellWord('image/1/us-east-1/a/b@sha256:00')).toBe('image/1/us-east-1/a/b@sha256:00');
    expect(shellWord("a'$(x) b")).toBe(`'a'\\''$(x) b'`);
    expect(shellWord('')).toBe("''");
  });
});
