import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstDate, parseDate } from '../../shared/finding/dates.ts';

const forms: readonly (readonly [string | number, string])[] = [
  ['2026-11-20T09:14:03Z', '2026-11-20T09:14:03.000Z'],
  ['2023-01-20T22:51:35.665501Z', '2023-01-20T22:51:35.665Z'],
  ['2026-11-20T09:14:03.5+01:00', '2026-11-20T08:14:03.500Z'],
  ['2026-11-20T09:14:03-0330', '2026-11-20T12:44:03.000Z'],
  ['2025-02-25 20:40:06.721', '2025-02-25T20:40:06.721Z'],
  ['2025-02-25 20:40:06.000000000', '2025-02-25T20:40:06.000Z'],
  [1_795_165_201.221, '2026-11-20T09:00:01.221Z'],
  ['Fri Nov 20 09:14:00.002 UTC 2026', '2026-11-20T09:14:00.002Z'],
  ['Wed Nov 18 00:00:00.000 UTC 2026', '2026-11-18T00:00:00.000Z'],
  ['Dec 3, 2021, 6:02:30 PM', '2021-12-03T18:02:30.000Z'],
  ['Oct 16, 2019, 12:00:00 AM', '2019-10-16T00:00:00.000Z'],
  ['Oct 16, 2019, 12:00:00 PM', '2019-10-16T12:00:00.000Z'],
  ['Nov 29, 2016 7:43:20\u202fPM', '2016-11-29T19:43:20.000Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  [1_551_225_146_847, '2019-02-26T23:52:26.847Z'],
  [1_551_225_146.847, '2019-02-26T23:52:26.847Z'],
];

describe('parseDate', () => {
  test.each(forms)('reads %s as UTC', (written, date) => {
    expect(parseDate(written)).toBe(date);
  });

  test.each([
    '2023-02-29T02:36:48Z',
    '2026-11-31T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-20T24:00:00Z',
    '2026-11-20T09:60:00Z',
    'Mon Feb 30 09:14:00.002 UTC 2026',
    'Fri Foo 20 09:14:00.002 UTC 2026',
    'Dec 32, 2021, 6:02:30 PM',
    'Dec 3, 2021, 13:02:30 PM',
    'Dec 3, 2021, 0:02:30 AM',
    '2026-11-20',
    '',
    'N/A',
    Number.NaN,
    1e300,
    null,
    // Years that ISO 8601 writes with more than four digits.
    -62_167_219_200_001,
    253_402_300_800_000,
    '9999-12-31T23:59:59-01:00',
    '0000-01-01T00:00:00+01:00',
    undefined,
    {},
  ])('refuses %j', (written) => {
    expect(parseDate(written)).toBeNull();
  });

  test('is the date that Date makes of the same numbers, and none where that is another day', () => {
    const two = (most: number) => fc.nat(most).map((value) => String(value).padStart(2, '0'));
    const parts = fc.tuple(
      fc.nat(9999),
      two(13),
      two(32),
      two(25),
      two(61),
      two(61),
      fc.nat(999),
      fc.integer({ min: -900, max: 900 }),
    );
    fc.assert(
      fc.property(parts, ([year, month, day, hour, minute, second, ms, offset]) => {
        const size = Math.abs(offset);
        const [zoneHour, zoneMinute] = [Math.floor(size / 60), size % 60].map((value) =>
          String(value).padStart(2, '0'),
        );
        const zone = offset === 0 ? 'Z' : `${offset < 0 ? '-' : '+'}${zoneHour}:${zoneMinute}`;
        const written = `${String(year).padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}.${String(ms).padStart(3, '0')}${zone}`;
        const utc = new Date(
          Date.UTC(year, Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), ms),
        );
        const asWritten = [
          utc.getUTCFullYear(),
          utc.getUTCMonth() + 1,
          utc.getUTCDate(),
          utc.getUTCHours(),
          utc.getUTCMinutes(),
          utc.getUTCSeconds(),
        ];
        const exists = [year, month, day, hour, minute, second].every((part, n) => Number(part) === asWritten[n]);
        expect(parseDate(written)).toBe(exists ? new Date(utc.getTime() - offset * 60_000).toISOString() : null);
      }),
      {
        numRuns: 3000,
        examples: [[[2024, '02', '29', '23', '59', '59', 999, 60]], [[2100, '02', '29', '00', '00', '00', 0, 0]]],
      },
    );
  });

  test('does not depend on the time zone of the machine', () => {
    const url = new URL('../../shared/finding/dates.ts', import.meta.url).href;
    const written = JSON.stringify(forms.map(([text]) => text));
    const code = `const { parseDate } = await import('${url}'); console.log(JSON.stringify(${written}.map(parseDate)))`;
    const env = { ...process.env, TZ: 'America/New_York' };
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', code], { env, encoding: 'utf8' });
    expect(JSON.parse(output)).toEqual(forms.map(([, date]) => date));
  });

  test('the first date that can be read wins, then the fallback', () => {
    expect(firstDate([undefined, 'soon', '2026-11-20T09:14:03Z'], 'x')).toBe('2026-11-20T09:14:03.000Z');
    expect(firstDate(['soon'], '2026-01-01T00:00:00.000Z')).toBe('2026-01-01T00:00:00.000Z');
  });
});
