import { describe, expect, it } from 'vitest';
import { instantsOf, isTimeZone, wallMsAt } from '../../shared/rules/wallClock.ts';

const berlin = 'Europe/Berlin';
const newYork = 'America/New_York';

const wall = (text: string): number => Date.parse(`${text}Z`);
const iso = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

describe('the clock on the wall', () => {
  it.each([
    [berlin, '2026-12-20T17:00:00Z', '2026-12-20T18:00'],
    [berlin, '2026-07-20T16:00:00Z', '2026-07-20T18:00'],
    [newYork, '2026-12-20T04:30:00Z', '2026-12-19T23:30'],
    ['Asia/Kathmandu', '2026-12-20T00:00:00Z', '2026-12-20T05:45'],
    ['UTC', '2026-12-20T00:00:00Z', '2026-12-20T00:00'],
  ])('in %s at %s shows %s, and shows it then', (zone, instant, shown) => {
    expect(wallMsAt(zone, Date.parse(instant))).toBe(wall(shown));
    expect(instantsOf(zone, wall(shown))).toEqual({ first: Date.parse(instant), last: Date.parse(instant) });
  });

  it.each([
    // Summer time ends: the hour from 2 to 3 (in New York from 1 to 2) is shown twice.
    [berlin, '2026-10-25T02:30', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'],
    [berlin, '2026-10-25T03:00', '2026-10-25T02:00:00Z', '2026-10-25T02:00:00Z'],
    [berlin, '2026-10-25T01:59', '2026-10-24T23:59:00Z', '2026-10-24T23:59:00Z'],
    [newYork, '2026-11-01T01:30', '2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z'],
    [newYork, '2026-11-01T02:00', '2026-11-01T07:00:00Z', '2026-11-01T07:00:00Z'],
    // It begins: that hour is never shown, and counts as the moment of the jump.
    [berlin, '2026-03-29T02:30', '2026-03-29T01:00:00Z', '2026-03-29T01:00:00Z'],
    [berlin, '2026-03-29T02:00', '2026-03-29T01:00:00Z', '2026-03-29T01:00:00Z'],
    [berlin, '2026-03-29T03:00', '2026-03-29T01:00:00Z', '2026-03-29T01:00:00Z'],
    [berlin, '2026-03-29T01:59', '2026-03-29T00:59:00Z', '2026-03-29T00:59:00Z'],
    [newYork, '2026-03-08T02:30', '2026-03-08T07:00:00Z', '2026-03-08T07:00:00Z'],
    [newYork, '2026-03-08T03:00', '2026-03-08T07:00:00Z', '2026-03-08T07:00:00Z'],
    // A change of half an hour.
    ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:30:00Z', '2026-10-03T15:30:00Z'],
  ])('in %s shows %s from %s, the last time at %s', (zone, shown, first, last) => {
    const instants = instantsOf(zone, wall(shown));
    expect([iso(instants.first), iso(instants.last)]).toEqual([first, last]);
  });

  it.each([
    ['Europe/Berlin', true],
    ['UTC', true],
    ['Europe/Berln', false],
    ['+02:00', false],
    ['', false],
    ['__proto__', false],
  ])('is known of %s: %s', (zone, known) => {
    expect(isTimeZone(zone)).toBe(known);
  });
});
