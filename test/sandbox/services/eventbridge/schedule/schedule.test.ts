import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSchedule } from '../../../../../sandbox/services/eventbridge/schedule/schedule.ts';
import { eventsState } from '../../../../../sandbox/services/eventbridge/state.ts';
import { busWithQueue, RULE } from '../busWithQueue.ts';

/** A Tuesday. */
const NOW = '2026-11-24T08:00:00.000Z';
const next = (expression: string, now = NOW): string | undefined => {
  const at = parseSchedule(expression).after(Date.parse(now));
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe('rate', () => {
  it.each([
    ['rate(1 minute)', '2026-11-24T08:01:00.000Z'],
    ['rate(5 minutes)', '2026-11-24T08:05:00.000Z'],
    ['rate(1 hour)', '2026-11-24T09:00:00.000Z'],
    ['rate(2 days)', '2026-11-26T08:00:00.000Z'],
  ])('%s', (expression, expected) => expect(next(expression)).toBe(expected));
  it.each(['rate(1 minutes)', 'rate(5 minute)', 'rate(0 minutes)', 'rate(5m)', 'every minute', ''])(
    'refuses %j',
    (expression) => expect(() => parseSchedule(expression)).toThrow(/ScheduleExpression is not valid/),
  );
});

describe('cron', () => {
  it.each([
    ['0 8 * * ? *', '2026-11-25T08:00:00.000Z'],
    ['0/15 * * * ? *', '2026-11-24T08:15:00.000Z'],
    ['30 18 ? * MON-FRI *', '2026-11-24T18:30:00.000Z'],
    ['0 9 ? * 1 *', '2026-11-29T09:00:00.000Z'],
    ['0 9 ? * SUN,SAT *', '2026-11-28T09:00:00.000Z'],
    ['5,10 8 * * ? *', '2026-11-24T08:05:00.000Z'],
    ['0 0 1 JAN ? *', '2027-01-01T00:00:00.000Z'],
    ['0 0 L * ? *', '2026-11-30T00:00:00.000Z'],
    ['0 0 L FEB ? 2028', '2028-02-29T00:00:00.000Z'],
    ['0 0 ? * 6L *', '2026-11-27T00:00:00.000Z'],
    ['0 0 ? * MON#1 *', '2026-12-07T00:00:00.000Z'],
    ['0 0 ? * 2#3 *', '2026-12-21T00:00:00.000Z'],
    ['0 0 15W AUG ? 2027', '2027-08-16T00:00:00.000Z'],
    ['0 0 1W AUG ? 2027', '2027-08-02T00:00:00.000Z'],
    ['0 0 1W MAY ? 2027', '2027-05-03T00:00:00.000Z'],
    ['0 0 31W OCT ? 2027', '2027-10-29T00:00:00.000Z'],
    ['0 8 24 11 ? 2026', undefined],
    ['0 0 30 FEB ? *', undefined],
  ])('%s', (expression, expected) => expect(next(`cron(${expression})`)).toBe(expected));

  it.each([
    '* * * * *',
    '* * * * * *',
    '* * ? * ? *',
    '60 * * * ? *',
    '* 24 * * ? *',
    '* * 0 * ? *',
    '* * 32 * ? *',
    '* * * 13 ? *',
    '* * ? * 8 *',
    '* * ? * MON#6 *',
    '* * ? * MONL2 *',
    '*/0 * * * ? *',
    '1-x * * * ? *',
    '5-1 * * * ? *',
    '* * ? * FOO *',
    ', * * * ? *',
  ])('refuses %s', (expression) => {
    expect(() => parseSchedule(`cron(${expression})`)).toThrow(/ScheduleExpression is not valid/);
  });

  it('fires on every minute that its numbers name, and on no other', () => {
    const minutes = fc.integer({ min: 0, max: 59 });
    const hours = fc.integer({ min: 0, max: 23 });
    const start = fc.integer({ min: Date.parse(NOW), max: Date.parse(NOW) + 400 * 86_400_000 });
    fc.assert(
      fc.property(minutes, hours, start, (minute, hour, from) => {
        const at = parseSchedule(`cron(${minute} ${hour} * * ? *)`).after(from);
        const wanted = new Date(from);
        wanted.setUTCHours(hour, minute, 0, 0);
        if (wanted.getTime() <= from) wanted.setUTCDate(wanted.getUTCDate() + 1);
        expect(at).toBe(wanted.getTime());
      }),
    );
  });
});

describe('a rule with a schedule', () => {
  const scheduled = (state: 'ENABLED' | 'DISABLED' = 'ENABLED') =>
    busWithQueue({ rule: { scheduleExpression: 'rate(5 minutes)', state } });

  it('sends a Scheduled Event to its targets each time, as upkeep that nobody waits for', async () => {
    const { clock, events } = scheduled();
    expect(clock.queued()).toMatchObject([{ kind: 'events.schedule', background: true }]);
    await clock.advance(11 * 60_000);
    const seen = events('scans');
    expect(seen).toHaveLength(2);
    expect(seen[0]).toMatchObject({
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      resources: [RULE],
      time: '2026-11-24T08:05:00Z',
      detail: {},
    });
    expect(seen[0]?.['id']).not.toBe(seen[1]?.['id']);
  });

  it('sends nothing while it is disabled', async () => {
    const { account, clock, events } = scheduled('DISABLED');
    await clock.advance(11 * 60_000);
    expect(events('scans')).toEqual([]);
    const rule = eventsState(account).rules.get('scans');
    if (rule) rule.enabled = true;
    await clock.advance(5 * 60_000);
    expect(events('scans')).toHaveLength(1);
  });
});
