import { describe, expect, it } from 'vitest';
import { asIntended, astray, differing, pick, thirdFields, thirdValue } from '../../shared/respond/restored.ts';

const before = { status: { a: 'ACTIVE', b: 'ACTIVE' }, count: 3, list: [1, 2] };
const intended = { status: { a: 'ARCHIVED', b: 'ARCHIVED' }, count: 0, list: [0, 0] };

describe('a third value', () => {
  it.each([
    ['all as before', before],
    ['all as intended', intended],
    ['one field done', { ...before, count: 0 }],
    ['half of a field done', { ...before, status: { a: 'ARCHIVED', b: 'ACTIVE' } }],
    ['half of a list done', { ...before, list: [0, 2] }],
    ['a field that nobody restores', { ...before, noise: 9 }],
  ])('is none of ours: %s', (_name, seen) => {
    expect(thirdValue(seen, { before, intended })).toBeUndefined();
  });

  it.each([
    ['another number', { ...before, count: 5 }, 'count'],
    ['another word within', { ...before, status: { a: 'ACTIVATING', b: 'ACTIVE' } }, 'status'],
    ['a member more', { ...before, status: { a: 'ACTIVE', b: 'ACTIVE', c: 'ACTIVE' } }, 'status'],
    ['a member less', { ...before, status: { a: 'ACTIVE' } }, 'status'],
    ['a list in the place of an object', { ...before, status: ['ACTIVE', 'ACTIVE'] }, 'status'],
    ['a field that is not there', { status: before.status, list: before.list }, 'count'],
    ['null', { ...before, list: null }, 'list'],
  ])('is %s', (_name, seen, field) => {
    expect(thirdValue(seen, { before, intended })?.field).toBe(field);
  });

  it('comes with both that were expected', () => {
    expect(thirdValue({ ...before, count: 5 }, { before, intended })).toEqual({
      field: 'count',
      before: 3,
      intended: 0,
      seen: 5,
    });
  });
});

it('names every field that somebody else has changed, and none that is as it was or as our last step left it', () => {
  const known = { before: { a: 1, b: 1, c: 1, d: 1 }, intended: { a: 2, b: 2, c: 2, d: 2 }, from: { d: 3 } };
  expect(thirdFields({ a: 9, b: 1, c: 8, d: 3 }, known)).toEqual(['a', 'c']);
  expect(thirdFields({ a: 1, b: 2, c: 1, d: 2 }, known)).toEqual([]);
});

it('is as intended only when every field is', () => {
  expect(asIntended({ ...intended, noise: 1 }, intended)).toBe(true);
  expect(asIntended({ ...intended, count: 1 }, intended)).toBe(false);
  expect(asIntended({ ...intended, status: { a: 'ARCHIVED', b: 'ACTIVE' } }, intended)).toBe(false);
});

it('is astray in the parts that are not as intended, each with all that is known of it', () => {
  expect(astray({ ...intended, status: { a: 'ARCHIVED', b: 'ACTIVE' }, list: [9] }, before, intended)).toEqual([
    { name: 'status of b', before: 'ACTIVE', intended: 'ARCHIVED', seen: 'ACTIVE' },
    { name: 'list', before: [1, 2], intended: [0, 0], seen: [9] },
  ]);
  expect(astray(intended, before, intended)).toEqual([]);
});

it('differs in decisive fields alone', () => {
  expect(differing({ a: 1, b: 2 }, { a: 1, b: 1 }, ['a'])).toBeUndefined();
  expect(differing({ a: 1, b: 2 }, { a: 1, b: 1 }, ['a', 'b'])).toBe('b');
  expect(differing({ a: [1, { x: 1, y: 2 }] }, { a: [1, { y: 2, x: 1 }] }, ['a'])).toBeUndefined();
  expect(differing({}, { a: 1 }, ['a'])).toBe('a');
});

it('picks fields that are there', () => {
  expect(pick({ a: 1, b: null }, ['a', 'b', 'c'])).toEqual({ a: 1, b: null });
});
