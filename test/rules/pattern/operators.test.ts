import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../shared/rules/pattern/compile.ts';
import { matches } from '../../../shared/rules/pattern/match.ts';

/** Whether `{ x: [condition] }` matches an event whose `x` is the value. */
const accepts = (condition: unknown, value: unknown): boolean =>
  matches(compilePattern({ x: [condition] }), { x: value });

const TABLE: readonly { readonly on: unknown; readonly yes: readonly unknown[]; readonly no: readonly unknown[] }[] = [
  { on: 'prod', yes: ['prod', ['dev', 'prod']], no: ['Prod', 'prod ', '', null, 7, { y: 'prod' }, []] },
  { on: '', yes: [''], no: [' ', null, []] },
  { on: 7, yes: [7, 7.0, [8, 7]], no: ['7', 7.5, null, true] },
  { on: 123456789012, yes: [123456789012], no: ['123456789012', 123456789013] },
  { on: true, yes: [true], no: ['true', false, 1, null] },
  { on: null, yes: [null, [1, null]], no: ['null', 0, false, '', []] },
  { on: { prefix: 'prod-' }, yes: ['prod-1', 'prod-'], no: ['Prod-1', 'a-prod-1', 'prod', 7] },
  { on: { prefix: '' }, yes: ['', 'x'], no: [7, null, false] },
  { on: { prefix: { 'equals-ignore-case': 'ProD-' } }, yes: ['prod-1', 'PROD-'], no: ['prod', 'a-prod-'] },
  { on: { suffix: '.png' }, yes: ['a.png', '.png'], no: ['a.PNG', 'png', 'a.png '] },
  { on: { suffix: { 'equals-ignore-case': '.PnG' } }, yes: ['a.png', 'A.PNG'], no: ['a.jpg', 'png'] },
  { on: { 'equals-ignore-case': 'Äpfel' }, yes: ['äPFEL', 'äpfel'], no: ['apfel', 'äpfel!', 'äpfe', 7] },
  { on: { 'equals-ignore-case': 'straße' }, yes: ['STRASSE', 'straße'], no: ['strase', 'STRASS'] },
  { on: { suffix: { 'equals-ignore-case': 'ß' } }, yes: ['FUSS', 'fuß'], no: ['fus', 's'] },
  {
    on: { wildcard: 'dir/*.png' },
    yes: ['dir/a.png', 'dir/.png', 'dir/a/b.png'],
    no: ['dir.png', 'dir/a.jpg', 'x/dir/a.png'],
  },
  { on: { wildcard: '*' }, yes: ['', 'x'], no: [7, null] },
  { on: { wildcard: 'a*a' }, yes: ['aa', 'aba'], no: ['a', 'ab'] },
  { on: { wildcard: 'a\\*\\\\b' }, yes: ['a*\\b'], no: ['axb', 'a\\*\\\\b', 'a*b'] },
  { on: { 'anything-but': 'x' }, yes: ['y', 7, null, true, ['x', 'y']], no: ['x', ['x'], [], {}] },
  { on: { 'anything-but': ['x', 'y'] }, yes: ['z', 'X'], no: ['x', 'y', ['x', 'y']] },
  { on: { 'anything-but': 7 }, yes: [8, '7', null], no: [7, 7.0] },
  { on: { 'anything-but': [7, 8] }, yes: [9, 'x'], no: [7, 8, [7, 8]] },
  { on: { 'anything-but': { prefix: 'a' } }, yes: ['b', '', 7], no: ['a', 'ab'] },
  { on: { 'anything-but': { prefix: ['a', 'b'] } }, yes: ['c'], no: ['ax', 'bx'] },
  { on: { 'anything-but': { suffix: ['.a', '.b'] } }, yes: ['x.c', null], no: ['x.a', 'x.b'] },
  { on: { 'anything-but': { suffix: '.a' } }, yes: ['x.c'], no: ['x.a'] },
  { on: { 'anything-but': { wildcard: ['*/lib/*', 'x*'] } }, yes: ['a/b', 5], no: ['a/lib/b', 'xy'] },
  { on: { 'anything-but': { wildcard: '*/lib/*' } }, yes: ['lib'], no: ['/lib/'] },
  { on: { 'anything-but': { 'equals-ignore-case': ['Init', 'Run'] } }, yes: ['stop', 7], no: ['INIT', 'run'] },
  { on: { 'anything-but': { 'equals-ignore-case': 'Init' } }, yes: ['inits'], no: ['init'] },
  { on: { numeric: ['=', 7] }, yes: [7, 7.0], no: [7.1, '7', null] },
  { on: { numeric: ['<', 7] }, yes: [6.999999, -1], no: [7, '6', true] },
  { on: { numeric: ['<=', 7] }, yes: [7], no: [7.000001] },
  { on: { numeric: ['>', 7] }, yes: [7.000001], no: [7] },
  { on: { numeric: ['>=', 7] }, yes: [7, [1, 9]], no: [6.9, [1, 2], []] },
  { on: { numeric: ['>', 0, '<=', 5] }, yes: [0.1, 5], no: [0, 5.1] },
  { on: { cidr: '10.0.0.0/24' }, yes: ['10.0.0.0', '10.0.0.255'], no: ['10.0.1.0', '10.0.0', '2001:db8::1', 10, 'x'] },
  { on: { cidr: '10.0.0.77/24' }, yes: ['10.0.0.1'], no: ['10.0.1.1'] },
  { on: { cidr: '10.0.0.5/32' }, yes: ['10.0.0.5'], no: ['10.0.0.4', '10.0.0.6'] },
  { on: { cidr: '0.0.0.0/0' }, yes: ['1.2.3.4'], no: ['::1', ''] },
  {
    on: { cidr: '2001:db8::/32' },
    yes: ['2001:db8::9', '2001:0DB8:0:0:0:0:0:1'],
    no: ['2001:db9::1', '10.0.0.1', 'fe80::1%eth0'],
  },
  { on: { cidr: '2001:db8::1/128' }, yes: ['2001:db8::1'], no: ['2001:db8::2'] },
  { on: { exists: true }, yes: ['', null, 0, false, [1]], no: [[], {}, { y: 1 }] },
  { on: { exists: false }, yes: [[], {}, { y: 1 }], no: ['', null, 0, [null]] },
];

describe('operators', () => {
  for (const { on, yes, no } of TABLE) {
    it(`${JSON.stringify(on)} accepts what it should and nothing else`, () => {
      for (const value of yes) expect(accepts(on, value), `yes ${JSON.stringify(value)}`).toBe(true);
      for (const value of no) expect(accepts(on, value), `no ${JSON.stringify(value)}`).toBe(false);
    });
  }

  it('accepts what any member of a field accepts', () => {
    const compiled = compilePattern({ x: [{ prefix: 'a' }, 7, { exists: false }] });
    expect([{ x: 'ab' }, { x: 7 }, {}].map((event) => matches(compiled, event))).toEqual([true, true, true]);
    expect(matches(compiled, { x: 'b' })).toBe(false);
  });

  it('wants every field', () => {
    const compiled = compilePattern({ x: ['a'], y: { z: [1] } });
    expect(matches(compiled, { x: 'a', y: { z: 1 } })).toBe(true);
    expect(matches(compiled, { x: 'a', y: { z: 2 } })).toBe(false);
    expect(matches(compiled, { x: 'a' })).toBe(false);
  });

  it('keeps names with dots apart from nesting', () => {
    expect(matches(compilePattern({ 'a.b': [1] }), { 'a.b': 1 })).toBe(true);
    expect(matches(compilePattern({ 'a.b': [1] }), { a: { b: 1 } })).toBe(false);
  });

  it('is not taken in by names that objects inherit', () => {
    expect(matches(compilePattern({ constructor: [{ exists: true }] }), {})).toBe(false);
    expect(() => compilePattern({ x: [{ constructor: 'x' }] })).toThrow('not an operator');
  });

  it('matches nothing in what is no object', () => {
    for (const event of [null, 7, 'x', [], undefined]) expect(matches(compilePattern({ x: [1] }), event)).toBe(false);
  });
});

describe('$or', () => {
  const nested = compilePattern({
    source: ['s'],
    $or: [{ a: [1] }, { b: [{ exists: true }], $or: [{ c: [1] }, { d: { $or: [{ e: [1] }, { f: [1] }] } }] }],
  });

  it('takes any alternative, nested ones as well', () => {
    expect(matches(nested, { source: 's', a: 1 })).toBe(true);
    expect(matches(nested, { source: 's', b: 0, c: 1 })).toBe(true);
    expect(matches(nested, { source: 's', b: 0, d: { f: 1 } })).toBe(true);
  });

  it('still wants what stands beside it', () => {
    expect(matches(nested, { source: 't', a: 1 })).toBe(false);
    expect(matches(nested, { source: 's', c: 1 })).toBe(false);
    expect(matches(nested, { source: 's', b: 0, d: { e: 2 } })).toBe(false);
  });

  it('obeys the last of two conditions on one field, and tells that there were two', () => {
    const twice = compilePattern({ a: [1], $or: [{ a: [2] }, { b: [1] }] });
    expect(twice.overridden).toEqual(['a']);
    expect(matches(twice, { a: 2 })).toBe(true);
    expect(matches(twice, { a: 3, b: 1 })).toBe(false);
    expect(nested.overridden).toEqual([]);
  });
});
