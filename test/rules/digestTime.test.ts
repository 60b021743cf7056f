import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf, lastHour, nextHour } from '../../shared/rules/digestTime.ts';
import type { DigestTime } from '../../shared/rules/rule.ts';

const berlin: DigestTime = { at: '07:00', timeZone: 'Europe/Berlin' };
const gap: DigestTime = { at: '02:30', timeZone: 'Europe/Berlin' };
const far: DigestTime = { at: '00:00', timeZone: 'Pacific/Kiritimati' };

describe('the hour of the digest', () => {
  it.each<[string, DigestTime, string, string, string, string]>([
    [
      'before it',
      berlin,
      '2026-11-20T05:59:59.999Z',
      '2026-11-19',
      '2026-11-19T06:00:00.000Z',
      '2026-11-20T06:00:00.000Z',
    ],
    ['at it', berlin, '2026-11-20T06:00:00.000Z', '2026-11-20', '2026-11-20T06:00:00.000Z', '2026-11-21T06:00:00.000Z'],
    [
      'in summer',
      berlin,
      '2026-07-03T05:00:00.000Z',
      '2026-07-03',
      '2026-07-03T05:00:00.000Z',
      '2026-07-04T05:00:00.000Z',
    ],
    [
      'over the end of summer time',
      berlin,
      '2026-10-24T12:00:00Z',
      '2026-10-24',
      '2026-10-24T05:00:00.000Z',
      '2026-10-25T06:00:00.000Z',
    ],
    [
      'over its beginning',
      berlin,
      '2026-03-28T12:00:00Z',
      '2026-03-28',
      '2026-03-28T06:00:00.000Z',
      '2026-03-29T05:00:00.000Z',
    ],
    [
      'a time that the clock skips',
      gap,
      '2026-03-29T01:00:00Z',
      '2026-03-29',
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ],
    [
      'a time that comes twice, the first',
      gap,
      '2026-10-25T01:29:00Z',
      '2026-10-25',
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ],
    [
      'a place that is a day ahead',
      far,
      '2026-11-20T09:59:00Z',
      '2026-11-20',
      '2026-11-19T10:00:00.000Z',
      '2026-11-20T10:00:00.000Z',
    ],
  ])('%s', (_what, time, now, day, last, next) => {
    expect(lastHour(time, new Date(now))).toEqual({ day, at: new Date(last) });
    expect(nextHour(time, new Date(now)).at).toEqual(new Date(next));
  });

  it('is one for each day, a day apart or an hour more or less', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Pacific/Kiritimati',
      'Pacific/Niue',
      'Asia/Kolkata',
    ];
    const two = (n: number): string => String(n).padStart(2, '0');
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 1439 }),
        fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
        (timeZone, minutes, now) => {
          const time = { at: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`, timeZone };
          const [last, next] = [lastHour(time, now), nextHour(time, now)];
          expect(last.at.getTime()).toBeLessThanOrEqual(now.getTime());
          expect(next.at.getTime()).toBeGreaterThan(now.getTime());
          expect(Date.parse(next.day) - Date.parse(last.day)).toBe(86_400_000);
          expect(lastHour(time, next.at)).toEqual(next);
          expect(Math.abs(next.at.getTime() - last.at.getTime() - 86_400_000)).toBeLessThanOrEqual(3_600_000);
        },
      ),
    );
  });
});

describe('who has one', () => {
  const teams = [{ name: 'a', digest: gap }, { name: 'b' }];
  it('is a team of its own hour, else whoever the settings say', () => {
    expect([null, 'a', 'b', 'gone'].map((team) => digestOf(team, { teams, digest: berlin }))).toEqual([
      berlin,
      gap,
      berlin,
      berlin,
    ]);
    expect([null, 'a', 'b', 'gone'].map((team) => digestOf(team, { teams }))).toEqual([
      undefined,
      gap,
      undefined,
      undefined,
    ]);
    expect(digestOf(null, {})).toBeUndefined();
  });
});
