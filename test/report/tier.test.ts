import { describe, expect, test } from 'vitest';
import { calm } from '../../shared/report/situation.ts';
import { tierOf } from '../../shared/report/tier.ts';

describe('the tier', () => {
  test.each([
    ['A', 'contained', 'page'],
    ['A', 'degraded', 'page'],
    ['A', 'observed', 'page'],
    ['A', 'not-contained', 'page'],
    ['B', 'contained', 'notice'],
    ['B', 'degraded', 'page'],
    ['B', 'observed', 'page'],
    ['B', 'not-contained', 'page'],
    ['C', 'contained', 'digest'],
    ['C', 'degraded', 'notice'],
    ['C', 'observed', 'digest'],
    ['C', 'not-contained', 'page'],
    ['C', 'held', 'page'],
  ] as const)('of class %s, %s, is %s', (kind, outcome, tier) => {
    expect(tierOf(outcome, { class: kind, page: {}, openRoles: [] })).toBe(tier);
  });

  test('of what keeps others waiting is a notice at the least, whatever a rule says', () => {
    const keeping = { ...calm, keepsTurn: true };
    const page = { 'not-contained': 'digest' } as const;
    expect(tierOf('contained', { class: 'C', page: {}, openRoles: [] }, keeping)).toBe('notice');
    expect(tierOf('not-contained', { class: 'C', page, openRoles: [] }, keeping)).toBe('notice');
    expect(tierOf('not-contained', { class: 'C', page: {}, openRoles: [] }, keeping)).toBe('page');
    expect(tierOf('joined', { class: 'C', page: {}, openRoles: [] }, keeping)).toBe('none');
  });

  test('of an undo or a release waits for the morning; joined and ignored are told by nobody', () => {
    expect(tierOf('undone', { class: 'A', page: {}, openRoles: [] })).toBe('notice');
    expect(tierOf('released', { class: 'C', page: {}, openRoles: [] })).toBe('notice');
    expect(tierOf('joined', { class: 'A', page: {}, openRoles: [] })).toBe('none');
    expect(tierOf('ignored', { class: 'C', page: { contained: 'page' }, openRoles: [] })).toBe('none');
  });

  test('is what the rules say, up or down, for classes B and C', () => {
    expect(tierOf('degraded', { class: 'C', page: { degraded: 'page' }, openRoles: [] })).toBe('page');
    expect(tierOf('held', { class: 'C', page: { held: 'notice' }, openRoles: [] })).toBe('notice');
    expect(tierOf('contained', { class: 'B', page: { contained: 'digest' }, openRoles: [] })).toBe('digest');
    expect(tierOf('held', { class: 'C', page: { contained: 'digest' }, openRoles: [] })).toBe('page');
  });

  test('of what a person has just said no to wakes nobody, whatever the rule says', () => {
    const rejected = { ...calm, rejected: true };
    for (const kind of ['A', 'B', 'C'] as const)
      expect(tierOf('held', { class: kind, page: { held: 'page' }, openRoles: [] }, rejected)).toBe('notice');
  });

  test('of what a person decided otherwise waits for working hours, for a vulnerability alone', () => {
    const decided = { ...calm, decided: true };
    expect(tierOf('held', { class: 'C', page: {}, openRoles: [] }, decided)).toBe('notice');
    expect(tierOf('held', { class: 'B', page: {}, openRoles: [] }, decided)).toBe('page');
    expect(tierOf('held', { class: 'A', page: {}, openRoles: [] }, decided)).toBe('page');
    expect(tierOf('held', { class: 'C', page: { held: 'page' }, openRoles: [] }, decided)).toBe('page');
  });

  test('of an undo that is held to wakes nobody while nothing is new, whatever the class and the rule', () => {
    const nothingNew = { ...calm, decided: true, nothingNew: true };
    for (const kind of ['A', 'B', 'C'] as const)
      expect(tierOf('held', { class: kind, page: { held: 'page' }, openRoles: ['r'] }, nothingNew)).toBe('notice');
  });

  test('of what comes back however often it is contained is a page, whatever the rules say', () => {
    const comesBack = { ...calm, comesBack: true };
    expect(tierOf('held', { class: 'C', page: { held: 'notice' }, openRoles: [] }, comesBack)).toBe('page');
  });

  test('of what is up again, and was told as down, is a notice, whatever people were woken for then', () => {
    const up = { ...calm, upAgain: true };
    expect(tierOf('contained', { class: 'A', page: {}, openRoles: ['r'] }, up)).toBe('notice');
    expect(tierOf('degraded', { class: 'C', page: {}, openRoles: [] }, { ...up, down: true })).toBe('notice');
    expect(tierOf('degraded', { class: 'C', page: {}, openRoles: [] }, { ...calm, down: true })).toBe('page');
  });

  test('of class A is never lowered by a rule', () => {
    expect(tierOf('contained', { class: 'A', page: { contained: 'digest' }, openRoles: [] })).toBe('page');
  });
});
