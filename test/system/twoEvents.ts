import { expect } from 'vitest';
import { misdeliver } from '../../sandbox/services/eventbridge/bus.ts';
import { messagesOf } from '../../sandbox/services/sns/topics.ts';
import { incidentOf, running, unused } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

/** Both demo events, 100 times each, in an order that the seed shuffles, until nothing more happens. The caller closes the stage. */
export async function hundredTimesEach(seed: number): Promise<Stage> {
  const stage = await openStage({ seed });
  misdeliver(stage.account, { duplicates: 99, shuffleMs: 2_000 });
  stage.scan(unused);
  stage.scan(running);
  // Deliveries are queued when an event comes in; those of the schedules that follow are no part of this.
  misdeliver(stage.account, { duplicates: 0, shuffleMs: 0 });
  await stage.settle();
  return stage;
}

/** One seed, run twice: one incident, one set of changes and one message per state each; and the same trace, byte for byte. */
export async function expectOneOfEach(seed: number): Promise<void> {
  await using stage = await hundredTimesEach(seed);
  expect(stage.heads().map(({ incident, state, outcome }) => [incident, state, outcome])).toEqual([
    [incidentOf(unused), 'resting', 'contained'],
    [incidentOf(running), 'resting', 'held'],
  ]);
  expect(stage.calls('ecr:UpdateImageStorageClass')).toBe(1);
  expect(stage.statuses(unused.repository)).toEqual({ [unused.digest]: 'ARCHIVED' });
  expect(stage.statuses(running.repository)).toEqual({ [running.digest]: 'ACTIVE' });
  expect(
    stage
      .told()
      .map(({ tier, subject }) => `${tier} ${subject}`)
      .toSorted(),
  ).toEqual([
    'digest NO ACTION: payments/checkout-api contained, 3f1c9e0d5a7b us-east-1 123456789012',
    'notice NO ACTION: payments/ledger held until you look, 8a2b6c4d0e1f us-east-1 123456789012',
  ]);
  // One record per envelope id: the scans, each delivered a hundred times.
  expect(
    stage
      .records()
      .map(({ result, incident }) => [result, incident])
      .toSorted(),
  ).toEqual([
    ['accepted', incidentOf(unused)],
    ['accepted', incidentOf(running)],
  ]);

  await using again = await hundredTimesEach(seed);
  expect(firstDifference(traceOf(stage), traceOf(again))).toBeUndefined();
}

/** All that happened in the account, as text: each call, each message, each event of each run. Only the port is left out. */
export function traceOf({ account, executions }: Stage): string {
  const trace = {
    trail: account.trail,
    messages: messagesOf(account),
    runs: executions().map(({ arn, status, history }) => ({ arn, status, history })),
  };
  return JSON.stringify(trace, null, 1).replaceAll(account.endpoint, 'http://endpoint');
}

/** The line in which two traces part; undefined when they are equal. */
export function firstDifference(one: string, other: string): string | undefined {
  if (one === other) return undefined;
  const lines = other.split('\n');
  const at = one.split('\n').findIndex((line, n) => line !== lines[n]);
  return `line ${at + 1}: ${one.split('\n')[at]} | ${lines[at]}`;
}
