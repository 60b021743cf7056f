import { describe, expect, it } from 'vitest';
import { frozenAt } from '../../shared/rules/freeze.ts';
import { readSettings } from '../../shared/rules/readSettings.ts';
import type { Freeze } from '../../shared/rules/rule.ts';

const nights = (timeZone: string, fields: Partial<Freeze> = {}): Freeze => ({
  name: 'nights',
  timeZone,
  from: '18:00',
  to: '08:00',
  ...fields,
});

const untilOf = (freezes: readonly Freeze[], at: string, rules: readonly string[] = ['a']): string | null =>
  frozenAt(freezes, rules, new Date(at))?.until?.toISOString().replace('.000Z', 'Z') ?? null;

describe('a freeze', () => {
  const weekend = nights('Europe/Berlin', { days: ['fri', 'sat'] });

  it.each([
    // 2026-11-20 is a Friday; Berlin is one hour ahead of UTC.
    ['2026-11-20T16:59:59Z', null],
    ['2026-11-20T17:00:00Z', '2026-11-21T07:00:00Z'],
    ['2026-11-21T06:59:59Z', '2026-11-21T07:00:00Z'],
    ['2026-11-21T07:00:00Z', null],
    ['2026-11-21T20:00:00Z', '2026-11-22T07:00:00Z'],
    ['2026-11-22T20:00:00Z', null],
  ])('of the evenings of Friday and Saturday: at %s until %s', (at, until) => {
    expect(untilOf([weekend], at)).toBe(until);
  });

  it.each([
    ['2026-11-20T16:59:59Z', null],
    ['2026-11-20T17:00:00Z', '2026-11-23T07:00:00Z'],
    ['2026-11-22T12:00:00Z', '2026-11-23T07:00:00Z'],
    ['2026-11-23T07:00:00Z', null],
  ])('from Friday evening to Monday morning: at %s until %s', (at, until) => {
    expect(untilOf([nights('Europe/Berlin', { from: 'fri 18:00', to: 'mon 08:00' })], at)).toBe(until);
  });

  it.each([
    ['2026-12-19T22:59:59Z', null],
    ['2026-12-19T23:00:00Z', '2027-01-06T07:00:00Z'],
    ['2027-01-06T07:00:00Z', null],
  ])('over the end of a year, once: at %s until %s', (at, until) => {
    expect(untilOf([nights('Europe/Berlin', { from: '2026-12-20T00:00', to: '2027-01-06T08:00' })], at)).toBe(until);
  });

  it('from a time to the same lasts a day; on all days it has no end', () => {
    const day = nights('UTC', { from: '06:00', to: '06:00', days: ['mon'] });
    expect(untilOf([day], '2026-11-23T05:59:59Z')).toBeNull();
    expect(untilOf([day], '2026-11-23T06:00:00Z')).toBe('2026-11-24T06:00:00Z');
    const always = nights('UTC', { from: '06:00', to: '06:00' });
    expect(frozenAt([always], [], new Date('2026-11-23T06:00:00Z'))).toEqual({ freeze: always, until: null });
    const twoHalves = [nights('UTC', { from: '06:00', to: '18:00' }), nights('UTC', { from: '18:00', to: '06:00' })];
    expect(frozenAt(twoHalves, [], new Date('2026-11-23T12:00:00Z'))?.until).toBeNull();
  });

  it('goes on where another begins before it is over', () => {
    const later = nights('UTC', { name: 'later', from: '07:30', to: '09:00' });
    expect(untilOf([nights('UTC'), later], '2026-11-20T20:00:00Z')).toBe('2026-11-21T09:00:00Z');
    expect(frozenAt([nights('UTC'), later], [], new Date('2026-11-20T20:00:00Z'))?.freeze.name).toBe('nights');
  });

  it('of some rules stops those, and what they ask for with others', () => {
    const some = nights('UTC', { rules: ['a'] });
    expect(untilOf([some], '2026-11-20T20:00:00Z', ['a', 'b'])).not.toBeNull();
    expect(untilOf([some], '2026-11-20T20:00:00Z', ['b'])).toBeNull();
  });
});

describe('a freeze in a night in which the clock is changed', () => {
  it('begins when its beginning is shown for the first time', () => {
    const early = nights('Europe/Berlin', { from: '02:30', to: '05:00' });
    expect(untilOf([early], '2026-10-25T00:29:59Z')).toBeNull();
    expect(untilOf([early], '2026-10-25T00:30:00Z')).toBe('2026-10-25T04:00:00Z');
  });

  const short = (timeZone: string): Freeze => nights(timeZone, { from: '23:00', to: '02:30' });

  it.each([
    // Summer time ends: 2:30 is shown twice, and the window is over the second time.
    ['Europe/Berlin', '2026-10-24T20:59:59Z', null],
    ['Europe/Berlin', '2026-10-24T21:00:00Z', '2026-10-25T01:30:00Z'],
    ['Europe/Berlin', '2026-10-25T00:45:00Z', '2026-10-25T01:30:00Z'],
    ['Europe/Berlin', '2026-10-25T01:30:00Z', null],
    // Summer time begins: 2:30 is never shown, and the window is over when the clock jumps.
    ['Europe/Berlin', '2026-03-28T22:00:00Z', '2026-03-29T01:00:00Z'],
    ['Europe/Berlin', '2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z'],
    ['Europe/Berlin', '2026-03-29T01:00:00Z', null],
    ['America/New_York', '2026-11-01T02:59:59Z', null],
    ['America/New_York', '2026-11-01T03:00:00Z', '2026-11-01T07:30:00Z'],
    ['America/New_York', '2026-11-01T07:29:59Z', '2026-11-01T07:30:00Z'],
    ['America/New_York', '2026-03-08T04:00:00Z', '2026-03-08T07:00:00Z'],
    ['America/New_York', '2026-03-08T07:00:00Z', null],
  ])('in %s: at %s until %s', (zone, at, until) => {
    expect(untilOf([short(zone)], at)).toBe(until);
  });

  it.each([
    // Fourteen hours by the clock: fifteen when the clock goes back, thirteen when it goes forward.
    ['Europe/Berlin', '2026-10-24T16:00:00Z', '2026-10-25T07:00:00Z'],
    ['Europe/Berlin', '2026-03-28T17:00:00Z', '2026-03-29T06:00:00Z'],
    ['America/New_York', '2026-10-31T22:00:00Z', '2026-11-01T13:00:00Z'],
    ['America/New_York', '2026-03-07T23:00:00Z', '2026-03-08T12:00:00Z'],
  ])('from 18:00 to 08:00 in %s: from %s until %s, not a second more', (zone, from, until) => {
    expect(untilOf([nights(zone)], from)).toBe(until);
    expect(untilOf([nights(zone)], new Date(Date.parse(from) - 1).toISOString())).toBeNull();
    expect(untilOf([nights(zone)], until)).toBeNull();
  });
});

describe('freezes in the settings', () => {
  const read = (freeze: object) => readSettings({ freezes: [{ name: 'x', timeZone: 'UTC', ...freeze }] }, 'observe');

  it('are taken as written', () => {
    const freeze = {
      name: 'nights',
      timeZone: 'Europe/Berlin',
      days: ['fri'],
      from: '18:00',
      to: '08:00',
      rules: ['a'],
    };
    expect(readSettings({ freezes: [freeze] }, 'observe')).toMatchObject({
      value: { freezes: [freeze] },
      complaints: [],
    });
  });

  it.each([
    [{ from: '18:00', to: '08:00', timeZone: 'Europe/Berln' }, 'freezes[0].timeZone', 'did you mean "Europe/Berlin"?'],
    [{ from: '18:00', to: '08:00', timeZone: '+02:00' }, 'freezes[0].timeZone', 'write it like Europe/Berlin'],
    [{ from: '24:00', to: '08:00' }, 'freezes[0].from', 'must be written like'],
    [{ from: 'fr 18:00', to: 'mon 08:00' }, 'freezes[0].from', 'must be written like'],
    [{ from: '2026-02-30T00:00', to: '2026-03-01T00:00' }, 'freezes[0].from', 'must be written like'],
    [{ from: 'fri 18:00', to: '08:00' }, 'freezes[0].to', 'of the same form'],
    [{ from: '2026-12-20T00:00', to: '2026-12-20T00:00' }, 'freezes[0].to', 'later than from'],
    [{ from: 'fri 18:00', to: 'mon 08:00', days: ['fri'] }, 'freezes[0].days', 'times of day alone'],
    [{ from: '18:00', to: '08:00', days: [] }, 'freezes[0].days', 'at least one day'],
    [{ from: '18:00', to: '08:00', days: ['friday'] }, 'freezes[0].days[0]', 'must be one of'],
    [{ from: '18:00', to: '08:00', zone: 'UTC' }, 'freezes[0].zone', 'is not a key here'],
    [{ to: '08:00' }, 'freezes[0].from', 'is missing'],
  ])('%j are refused, with the place', (freeze, path, message) => {
    const { complaints } = read(freeze);
    expect(complaints).toMatchObject([{ path, message: expect.stringContaining(message) }]);
  });
});
