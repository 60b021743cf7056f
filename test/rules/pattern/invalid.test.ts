import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../shared/rules/pattern/compile.ts';
import { PatternError } from '../../../shared/rules/pattern/error.ts';

function refusal(pattern: unknown): PatternError {
  try {
    compilePattern(pattern);
  } catch (error) {
    if (error instanceof PatternError) return error;
    throw error;
  }
  throw new Error(`accepted ${JSON.stringify(pattern)}`);
}

/** The path of the refusal when `condition` is the first member of `x`. */
const REFUSED: readonly { readonly condition: unknown; readonly path: string; readonly says: RegExp }[] = [
  { condition: { unknown: 1 }, path: 'x[0].unknown', says: /not an operator/ },
  { condition: { exactly: 'a' }, path: 'x[0].exactly', says: /not an operator/ },
  { condition: {}, path: 'x[0]', says: /names no operator/ },
  { condition: { prefix: 'a', suffix: 'b' }, path: 'x[0]', says: /only one operator/ },
  { condition: ['x'], path: 'x[0]', says: /must be a string, number/ },
  { condition: { prefix: 3 }, path: 'x[0].prefix', says: /must be a string/ },
  { condition: { prefix: { suffix: 'a' } }, path: 'x[0].prefix.suffix', says: /not an operator here/ },
  {
    condition: { suffix: { 'equals-ignore-case': 1 } },
    path: 'x[0].suffix.equals-ignore-case',
    says: /must be a string/,
  },
  { condition: { 'equals-ignore-case': ['a'] }, path: 'x[0].equals-ignore-case', says: /must be a string/ },
  { condition: { wildcard: 'a**b' }, path: 'x[0].wildcard', says: /two wildcards/ },
  { condition: { wildcard: 'a\\b' }, path: 'x[0].wildcard', says: /invalid escape/ },
  { condition: { wildcard: 'a\\' }, path: 'x[0].wildcard', says: /invalid escape/ },
  { condition: { 'anything-but': [] }, path: 'x[0].anything-but', says: /must not be empty/ },
  { condition: { 'anything-but': ['a', 1] }, path: 'x[0].anything-but', says: /all strings or all numbers/ },
  { condition: { 'anything-but': null }, path: 'x[0].anything-but', says: /string or a number/ },
  { condition: { 'anything-but': ['a', true] }, path: 'x[0].anything-but[1]', says: /string or a number/ },
  {
    condition: { 'anything-but': { numeric: ['=', 1] } },
    path: 'x[0].anything-but.numeric',
    says: /not an operator here/,
  },
  { condition: { 'anything-but': { prefix: '' } }, path: 'x[0].anything-but.prefix', says: /must not be empty/ },
  {
    condition: { 'anything-but': { suffix: ['a', ''] } },
    path: 'x[0].anything-but.suffix[1]',
    says: /must not be empty/,
  },
  {
    condition: { 'anything-but': { wildcard: ['a', '**'] } },
    path: 'x[0].anything-but.wildcard[1]',
    says: /two wildcards/,
  },
  { condition: { 'anything-but': { prefix: [] } }, path: 'x[0].anything-but.prefix', says: /must not be empty/ },
  { condition: { numeric: 7 }, path: 'x[0].numeric', says: /must be an array/ },
  { condition: { numeric: [] }, path: 'x[0].numeric', says: /one comparison/ },
  { condition: { numeric: ['>', 1, '<'] }, path: 'x[0].numeric', says: /one comparison/ },
  { condition: { numeric: ['!=', 1] }, path: 'x[0].numeric[0]', says: /must be one of/ },
  { condition: { numeric: ['>', 'x'] }, path: 'x[0].numeric[1]', says: /must be a number/ },
  { condition: { numeric: ['>', 5_000_000_001] }, path: 'x[0].numeric[1]', says: /between/ },
  { condition: { numeric: ['>', 0.1234567] }, path: 'x[0].numeric[1]', says: /six decimals/ },
  { condition: { numeric: ['<', 9, '>', 1] }, path: 'x[0].numeric', says: /lower bound, then/ },
  { condition: { numeric: ['>', 9, '<', 1] }, path: 'x[0].numeric', says: /below the upper/ },
  { condition: { numeric: ['>=', 5, '<=', 5] }, path: 'x[0].numeric', says: /below the upper/ },
  { condition: { cidr: '10.0.0.0' }, path: 'x[0].cidr', says: /not a CIDR/ },
  { condition: { cidr: '10.0.0.0/33' }, path: 'x[0].cidr', says: /longer than 32/ },
  { condition: { cidr: '2001:db8::/129' }, path: 'x[0].cidr', says: /longer than 128/ },
  { condition: { cidr: '10.0.0/8' }, path: 'x[0].cidr', says: /not a CIDR/ },
  { condition: { cidr: '10.0.0.0/8/8' }, path: 'x[0].cidr', says: /not a CIDR/ },
  { condition: { cidr: '10.0.0.0/-1' }, path: 'x[0].cidr', says: /not a CIDR/ },
  { condition: { exists: 'yes' }, path: 'x[0].exists', says: /true or false/ },
];

describe('an invalid condition', () => {
  it.each(REFUSED)('is refused at $path: $condition', ({ condition, path, says }) => {
    const error = refusal({ x: [condition] });
    expect(error.path).toBe(path);
    expect(error.message).toMatch(says);
  });

  it('suggests the operator that was meant', () => {
    expect(refusal({ x: [{ prefx: 'a' }] }).suggestion).toBe('did you mean "prefix"?');
  });
});

describe('an invalid pattern', () => {
  it.each([
    { pattern: null, path: '' },
    { pattern: [], path: '' },
    { pattern: {}, path: '' },
    { pattern: { x: 'a' }, path: 'x' },
    { pattern: { x: [] }, path: 'x' },
    { pattern: { x: {} }, path: 'x' },
    { pattern: { x: { y: [1], z: null } }, path: 'x.z' },
    { pattern: { detail: { severity: [1, { numeric: ['>'] }] } }, path: 'detail.severity[1].numeric' },
    { pattern: { $or: {} }, path: '$or' },
    { pattern: { $or: [{ a: [1] }] }, path: '$or' },
    { pattern: { x: { $or: [{ a: [1] }, 'b'] } }, path: 'x.$or[1]' },
    { pattern: { $or: [{ a: [1] }, { b: [] }] }, path: '$or[1].b' },
    { pattern: { $or: [{ a: [1] }, { prefix: ['b'] }] }, path: '$or[1].prefix' },
  ])('is refused at "$path": $pattern', ({ pattern, path }) => {
    expect(refusal(pattern).path).toBe(path);
  });

  it('is refused above 4096 characters, and accepted with as many', () => {
    const ofLength = (length: number) => ({ x: ['a'.repeat(length - '{"x":[""]}'.length)] });
    expect(() => compilePattern(ofLength(4096))).not.toThrow();
    expect(refusal(ofLength(4097)).message).toMatch(/4096/);
  });

  it('is refused when its alternatives multiply beyond 1000', () => {
    const or = (name: string) => ({ $or: Array.from({ length: 10 }, (_, at) => ({ [`${name}${at}`]: [1] })) });
    expect(compilePattern({ a: or('a'), b: or('b'), c: or('c') }).branches.length).toBe(1000);
    expect(refusal({ a: or('a'), b: or('b'), c: or('c'), d: or('d') }).message).toMatch(/more than 1000/);
  });

  it('is refused, not crashed on, when it is nested without end', () => {
    let nested: unknown = [1];
    for (let level = 0; level < 50_000; level += 1) nested = { a: nested };
    expect(refusal(nested).message).toMatch(/4096/);
  });
});
