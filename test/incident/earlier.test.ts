import { describe, expect, it } from 'vitest';
import { type EarlierIncident, goesOnAfter, rememberedOf } from '../../shared/incident/earlier.ts';
import type { StoredFinding } from '../../shared/incident/items.ts';

const containedAt = '2026-11-20T09:00:00.000Z';
const later = '2026-11-20T09:00:01.000Z';

const finding = (id: string, threat: object | null = {}): StoredFinding =>
  ({ id, finding: { id, ...(threat === null ? {} : { threat }) } }) as unknown as StoredFinding;

const closed = (more: Partial<EarlierIncident> = {}) => ({
  state: 'closed' as const,
  earlier: {
    openedAt: containedAt,
    closedAt: later,
    outcome: 'contained' as const,
    containedAt,
    threats: rememberedOf([finding('guardduty/1#task-a'), finding('inspector/9', null)]),
    ...more,
  },
});

describe('what a closed incident was about goes on', () => {
  it('says its source after it was contained, of whatever resource', () => {
    expect(goesOnAfter(closed(), { id: 'guardduty/1#task-a', activity: later })).toBe(true);
    expect(goesOnAfter(closed(), { id: 'guardduty/1#task-b', activity: later })).toBe(true);
    expect(goesOnAfter(closed(), { id: 'guardduty/1#task-a', activity: containedAt })).toBe(false);
  });

  it.each([
    ['another finding', closed(), 'guardduty/2#task-a'],
    ['no threat', closed(), 'inspector/9'],
    ['one that was never contained', closed({ containedAt: null }), 'guardduty/1#task-a'],
    ['one that is open again', { ...closed(), state: 'resting' as const }, 'guardduty/1#task-a'],
    ['none before it', { state: 'closed' as const, earlier: null }, 'guardduty/1#task-a'],
    ['no incident', undefined, 'guardduty/1#task-a'],
  ])('not %s', (_what, head, id) => {
    expect(goesOnAfter(head, { id, activity: later })).toBe(false);
  });

  it('is remembered of a hundred threats at the most', () => {
    expect(rememberedOf(Array.from({ length: 300 }, (_, n) => finding(`guardduty/${n}#t`)))).toHaveLength(100);
  });
});
