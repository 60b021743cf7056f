import { describe, expect, it } from 'vitest';
import { eventAction, pagerDutyEvent } from '../../../shared/report/channels/pagerDuty.ts';
import type { Tier } from '../../../shared/rules/rule.ts';
import { told } from './told.ts';

describe('what a message does to the alert of its incident', () => {
  it.each<[Tier, string | null, readonly Tier[], string | null]>([
    ['page', 'not-contained', ['page'], 'trigger'],
    ['page', 'contained', ['page'], 'trigger'],
    ['page', null, ['page'], 'trigger'],
    ['notice', 'held', ['page', 'notice'], 'trigger'],
    ['digest', 'contained', ['page', 'digest'], 'trigger'],
    ['notice', 'contained', ['page'], 'resolve'],
    ['digest', 'contained', ['page'], 'resolve'],
    ['notice', 'undone', ['page'], 'resolve'],
    ['notice', 'undone', ['page', 'notice'], 'resolve'],
    ['notice', 'released', ['page', 'notice'], 'resolve'],
    ['page', 'alarm-over', ['page'], 'resolve'],
    ['notice', 'degraded', ['page'], 'acknowledge'],
    ['notice', 'acknowledged', ['page'], 'acknowledge'],
    ['notice', 'acknowledged', ['page', 'notice'], 'acknowledge'],
    ['notice', 'held', ['page'], null],
    ['notice', 'observed', ['page'], null],
    ['notice', null, ['page'], null],
    ['page', 'degraded', ['notice'], null],
    ['page', 'contained', ['notice'], null],
  ])('a %s, %s, where alerts are opened by %j: %s', (tier, outcome, tiers, action) => {
    expect(eventAction({ tier, outcome, telling: null }, tiers)).toBe(action);
  });

  it('what tells of a dead channel ends no alert, whatever the other message was about', () => {
    expect(eventAction({ tier: 'notice', outcome: 'undone', telling: 'soc' }, ['page'])).toBeNull();
    expect(eventAction({ tier: 'notice', outcome: 'contained', telling: 'soc' }, ['page'])).toBeNull();
    expect(eventAction({ tier: 'page', outcome: 'undone', telling: 'soc' }, ['page'])).toBe('trigger');
  });
});

describe('an event of PagerDuty', () => {
  it.each<[Tier, string | null, string]>([
    ['page', 'A', 'critical'],
    ['page', null, 'critical'],
    ['page', 'B', 'error'],
    ['page', 'C', 'error'],
    ['notice', 'A', 'warning'],
    ['digest', 'C', 'info'],
  ])('of a %s of class %s is %s', (tier, known, severity) => {
    expect(pagerDutyEvent(told({ tier, class: known }), 'trigger', 'k')).toMatchObject({ payload: { severity } });
  });

  it('has one key for all of an incident, of this stage alone, however long its thread', () => {
    const keys = (['trigger', 'acknowledge', 'resolve'] as const).map(
      (action) => pagerDutyEvent(told({ thread: 'abc' }), action, 'k').dedup_key,
    );
    expect(new Set(keys)).toEqual(new Set(['firebreak/prod/abc']));
    expect(pagerDutyEvent(told({ thread: 'x'.repeat(999) }), 'trigger', 'k').dedup_key).toHaveLength(255);
  });

  it('that ends an alert says nothing but which', () => {
    expect(pagerDutyEvent(told({ thread: 'abc' }), 'resolve', 'k')).toEqual({
      routing_key: 'k',
      dedup_key: 'firebreak/prod/abc',
      event_action: 'resolve',
    });
  });

  it('has a summary of 1,024 characters at the most', () => {
    const event = pagerDutyEvent(told({ headline: `GET UP: ${'x'.repeat(2_000)}` }), 'trigger', 'k');
    expect(event).toMatchObject({ payload: { summary: expect.stringMatching(/^GET UP: x{1013}\.\.\.$/) } });
  });
});
