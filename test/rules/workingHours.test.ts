import { describe, expect, it } from 'vitest';
import type { WorkingHours } from '../../shared/rules/rule.ts';
import { opensAt } from '../../shared/rules/workingHours.ts';

const berlin: WorkingHours = {
  timeZone: 'Europe/Berlin',
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '08:00',
  to: '18:00',
};
const night: WorkingHours = { timeZone: 'UTC', from: '22:00', to: '06:00' };

describe('working hours', () => {
  it.each<[string, WorkingHours, string, string | null]>([
    ['within them', berlin, '2026-11-20T09:00:00Z', null],
    ['at their first moment', berlin, '2026-11-20T07:00:00.000Z', null],
    ['just before', berlin, '2026-11-20T06:59:59.999Z', '2026-11-20T07:00:00.000Z'],
    ['at their end', berlin, '2026-11-19T17:00:00.000Z', '2026-11-20T07:00:00.000Z'],
    ['on a weekend', berlin, '2026-11-20T18:00:00Z', '2026-11-23T07:00:00.000Z'],
    ['in summer, an hour earlier', berlin, '2026-07-03T05:59:00Z', '2026-07-03T06:00:00.000Z'],
    ['over the end of summer time', berlin, '2026-10-24T12:00:00Z', '2026-10-26T07:00:00.000Z'],
    ['a shift over midnight, within it', night, '2026-11-20T02:00:00Z', null],
    ['a shift over midnight, before it', night, '2026-11-20T06:00:00Z', '2026-11-20T22:00:00.000Z'],
    ['one day a week', { ...berlin, days: ['thu'] }, '2026-11-20T12:00:00Z', '2026-11-26T07:00:00.000Z'],
    ['one day a week, just over', { ...berlin, days: ['thu'] }, '2026-11-19T17:00:00Z', '2026-11-26T07:00:00.000Z'],
  ])('%s', (_what, hours, now, opens) => {
    expect(opensAt(hours, new Date(now))?.toISOString() ?? null).toBe(opens);
  });
});
