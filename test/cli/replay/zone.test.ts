import { describe, expect, it } from 'vitest';
import { Bounded } from '../../../cli/replay/bounded.ts';
import { Counts } from '../../../cli/replay/counted.ts';
import { barChart } from '../../../cli/replay/html/charts.ts';
import { zoneClock } from '../../../cli/replay/zone.ts';

describe('the clock of a time zone', () => {
  it.each([
    ['UTC', '2026-11-20T22:00:00Z', '2026-11-20', 22, true],
    ['UTC', '2026-11-20T21:59:59Z', '2026-11-20', 21, false],
    ['UTC', '2026-11-20T06:59:59Z', '2026-11-20', 6, true],
    ['UTC', '2026-11-20T00:00:00Z', '2026-11-20', 0, true],
    ['Europe/Berlin', '2026-11-20T23:30:00Z', '2026-11-21', 0, true],
    // Daylight saving ends at 01:00 UTC on 25 October 2026: three o'clock is two again.
    ['Europe/Berlin', '2026-10-25T00:59:00Z', '2026-10-25', 2, true],
    ['Europe/Berlin', '2026-10-25T01:01:00Z', '2026-10-25', 2, true],
    ['Europe/Berlin', '2026-10-24T05:00:00Z', '2026-10-24', 7, false],
    ['Europe/Berlin', '2026-10-26T05:00:00Z', '2026-10-26', 6, true],
    ['Asia/Kathmandu', '2026-11-20T01:14:00Z', '2026-11-20', 6, true],
    ['Asia/Kathmandu', '2026-11-20T01:15:00Z', '2026-11-20', 7, false],
  ])('in %s shows %s as %s, hour %i', (zone, iso, day, hour, night) => {
    const clock = zoneClock(zone);
    clock.at(Date.parse('2026-01-01T12:00:00Z'));
    expect(clock.at(Date.parse(iso))).toEqual({ day, hour, night });
  });
});

describe('what others may name as they like', () => {
  it('is counted under a hundred names, and together beyond them', () => {
    const counts = new Counts();
    for (let n = 0; n < 1000; n += 1) counts.add(`name ${n}`, 'why', () => 'first');
    for (let n = 0; n < 5; n += 1) counts.add('name 7', 'why', () => 'later');
    expect(counts.total).toBe(1005);
    expect(counts.list.length).toBeLessThanOrEqual(101);
    expect(counts.list[0]).toMatchObject({ name: 'others', count: 900 });
    expect(counts.list[1]).toMatchObject({ name: 'name 7', count: 6, first: 'first' });
  });

  it('is forgotten once there is too much of it', () => {
    const known = new Bounded<number>(10);
    for (let n = 0; n < 100; n += 1) known.get(`${n}`, () => n);
    expect(known.size).toBe(10);
    expect(known.get('99', () => -1)).toBe(99);
    expect(known.get('0', () => -1)).toBe(-1);
  });
});

describe('a chart', () => {
  it('is as high as its greatest value, and says each', () => {
    const chart = barChart(
      'Pages',
      [
        { label: 'a', values: [0, 10] },
        { label: '<b>', values: [5, 2] },
      ],
      ['A', 'B'],
    );
    expect(chart.match(/<rect/g)).toHaveLength(4);
    expect(chart).toContain('height="150.0"><title>a, B: 10</title>');
    expect(chart).toContain('height="75.0"><title>&lt;b&gt;, A: 5</title>');
    expect(barChart('Nothing', [], ['A'])).toContain('aria-label="Nothing"');
  });
});
