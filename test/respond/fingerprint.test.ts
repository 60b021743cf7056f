import { expect, it } from 'vitest';
import type { Plan } from '../../shared/plan/plan.ts';
import { fingerprint } from '../../shared/respond/message.ts';
import { planFor, receipt } from '../report/runs.ts';

const base = planFor();

/** The state of an incident that came to this plan. */
const stateOf = (change: Partial<Plan> = {}, breached: string | null = null): string => {
  const plan = { ...base, ...change };
  return fingerprint({
    outcome: 'contained',
    tier: 'page',
    plan,
    receipts: [receipt(base, 'image.archive')],
    breached,
  });
};

it.each<[string, Partial<Plan>]>([
  ['credentials that are open', { openRoles: ['arn:aws:iam::123456789012:role/checkout'] }],
  ['another cause', { cause: 'intrusion' }],
  ['another class', { class: 'A' }],
  ['something left to a person', { proposed: base.steps }],
  [
    'a second step',
    {
      steps: base.steps.map((step) => ({
        ...step,
        key: `${step.key} start`,
        part: { name: 'start', at: 1, needsEarlier: true },
      })),
    },
  ],
])('%s is another state, which is told', (_what, change) => {
  expect(stateOf(change)).not.toBe(stateOf());
});

it.each<[string, Partial<Plan>]>([
  ['findings', { findings: [] }],
  ['wording', { reason: 'x', causeWhy: 'y', notDone: ['z'], seen: ['a'], wanted: ['b'] }],
  [
    'what is accused',
    { steps: base.steps.map((step) => ({ ...step, accusation: { ...step.accusation, tasks: ['t'] } })) },
  ],
  ['evidence that is not taken again', { steps: base.steps.filter(({ facts }) => facts.changes) }],
  ['counts and versions that were chosen', { steps: base.steps.map((step) => ({ ...step, chosen: { count: 3 } })) }],
])('%s make no other state: the same news is not told again', (_what, change) => {
  expect(stateOf(change)).toBe(stateOf());
});

it('activity after a containment is another state', () => {
  expect(stateOf({}, '2026-11-20T09:00:00.000Z')).not.toBe(stateOf());
});

it('of a state without threats is what it was before there were any: an upgrade tells nothing twice', () => {
  expect(stateOf()).toBe('contained-c603845dd124');
});

it('whether a step had to wait for what it did is no other state', () => {
  const of = (state: 'done' | 'waiting') =>
    fingerprint({
      ...{ outcome: 'contained', tier: 'page', plan: base, breached: null },
      receipts: [receipt(base, 'image.archive', { state })],
    });
  expect(of('waiting')).toBe(of('done'));
});

it('a loss of sight is news in an incident of which people were told before', () => {
  const [first] = base.findings;
  if (first === undefined) throw new Error('no finding');
  const dark = { ...first, finding: { ...first.finding, id: 'sight', type: 'RuntimeProtectionUnhealthy' } };
  expect(stateOf({ findings: [first, dark] })).not.toBe(stateOf());
  expect(stateOf({ findings: [first, { ...dark, decision: 'ignore' }] })).toBe(stateOf());
});

it('each time that somebody brings back what was contained is another state, and a repeat of the event is none', () => {
  const of = (observedAt: string, against: 'person' | 'comes-back', failed = 'pushed'): string => {
    const findings = base.findings.map((one) => {
      const says = { field: 'status', part: 'sha256:a', value: 'ACTIVE' };
      return { ...one, finding: { ...one.finding, observedAt, says } };
    });
    return fingerprint({
      ...{ outcome: 'held', tier: 'notice', plan: { ...base, findings }, breached: null },
      receipts: [receipt(base, 'image.archive', { state: 'held', against, failed })],
    });
  };
  expect(of('2026-11-20T10:00:00.000Z', 'person')).not.toBe(of('2026-11-20T09:00:00.000Z', 'person'));
  expect(of('2026-11-20T09:00:00.000Z', 'person')).toBe(of('2026-11-20T09:00:00.000Z', 'person', 'held'));
  expect(of('2026-11-20T10:00:00.000Z', 'comes-back')).toBe(of('2026-11-20T09:00:00.000Z', 'comes-back'));
  expect(of('2026-11-20T09:00:00.000Z', 'comes-back', 'archived at ten')).not.toBe(
    of('2026-11-20T09:00:00.000Z', 'comes-back'),
  );
});
