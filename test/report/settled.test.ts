import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../shared/incident/items.ts';
import type { Stop } from '../../shared/plan/stop.ts';
import { isSettled } from '../../shared/report/settled.ts';
import { calm, type Situation } from '../../shared/report/situation.ts';

const stop: Stop = { kind: 'pause', of: 'everything', why: 'Paused.', until: null };

const unsettling: readonly Partial<Situation>[] = [
  { wanted: true },
  { down: true },
  { breached: true },
  { comesBack: true },
  { short: true },
  { keepsTurn: true },
  { unfixed: true },
  { stops: [stop] },
];

const outcomes: readonly Outcome[] = ['degraded', 'not-contained', 'held', 'observed', 'undone', 'ignored', 'joined'];

describe('what is settled', () => {
  it('is contained, with nothing open but credentials', () => {
    expect(isSettled('contained', 'do', calm)).toBe(true);
    expect(isSettled('contained', 'do', { ...calm, openRoles: true })).toBe(true);
  });

  it.each(unsettling)('is nothing with %j', (one) => {
    expect(isSettled('contained', 'do', { ...calm, ...one })).toBe(false);
  });

  it.each(outcomes)('is nothing that is %s', (outcome) => {
    expect(isSettled(outcome, 'do', calm)).toBe(false);
  });

  it('is no undo', () => {
    expect(isSettled('contained', 'undo', calm)).toBe(false);
  });
});
