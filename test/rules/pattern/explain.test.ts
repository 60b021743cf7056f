import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../shared/rules/pattern/compile.ts';
import { why, whyNot } from '../../../shared/rules/pattern/explain.ts';

const because = (pattern: unknown, event: unknown) => whyNot(compilePattern(pattern), event)?.because;

describe('why not', () => {
  it('names the field, what was there and what was wanted', () => {
    expect(whyNot(compilePattern({ severity: [{ numeric: ['>=', 7] }] }), { severity: 5.1 })).toEqual({
      path: 'severity',
      wanted: 'is >= 7',
      found: '5.1',
      because: 'severity 5.1 is not >= 7',
    });
  });

  it.each([
    [{ type: ['A', { prefix: 'B' }] }, { type: 'C' }, 'type "C" is not "A" and does not start with "B"'],
    [{ a: { b: [1] } }, {}, 'a.b is not there (wanted: one that is 1)'],
    [{ a: [{ exists: false }] }, { a: 1 }, 'a 1 is there'],
    [
      { a: [{ 'anything-but': { prefix: 'sandbox-' } }] },
      { a: 'sandbox-1' },
      'a "sandbox-1" starts with "sandbox-", which is excluded',
    ],
    [{ a: [{ cidr: '10.0.0.0/8' }] }, { a: '11.0.0.1' }, 'a "11.0.0.1" is not within 10.0.0.0/8'],
    [{ a: ['x'] }, { a: ['1', '2', '3', '4', '5', '6'] }, 'a "1", "2", "3", "4", 2 more is not "x"'],
    [{ a: [1], b: [1] }, { a: 2, b: 2 }, 'a 2 is not 1'],
    [
      { l: { a: [1], b: [1] } },
      { l: [{ a: 1 }, { b: 1 }] },
      'no single element of an array has all of l.a, l.b as wanted',
    ],
    [{ a: [1], $or: [{ b: [1], c: [1] }, { d: [1] }] }, { a: 1, b: 2, c: 2, d: 2 }, 'd 2 is not 1'],
    [{ $or: [{ a: [1] }, { a: [2], b: [1] }] }, { a: 2, b: 2 }, 'b 2 is not 1'],
  ])('%j on %j', (pattern, event, sentence) => {
    expect(because(pattern, event)).toBe(sentence);
  });

  it('is null for what matches', () => {
    expect(whyNot(compilePattern({ a: [1] }), { a: 1 })).toBeNull();
  });

  it('keeps text from the event text, and short', () => {
    const said = because({ a: ['x'] }, { a: `"\n${'y'.repeat(500)}` }) ?? '';
    expect(said).toMatch(/^a "\\"\\ny+…" is not "x"$/);
    expect(said.length).toBeLessThan(90);
  });
});

describe('why', () => {
  it('says of each field what holds', () => {
    const pattern = compilePattern({ type: ['A', 'B'], n: [{ numeric: ['>', 1] }], z: [{ exists: false }] });
    expect(why(pattern, { type: 'B', n: 3 })).toBe('type is "B", n 3 is > 1, z is not there');
  });

  it('speaks of the alternative that matches', () => {
    expect(why(compilePattern({ $or: [{ a: [1] }, { b: [1] }] }), { a: 2, b: 1 })).toBe('b is 1');
  });
});
