import { beforeEach, describe, expect, it } from 'vitest';
import { awaitedAlarm, canary } from '../../../cli/doctor/checks/canary.ts';
import type { Place } from '../../../cli/doctor/place.ts';
import { canaryKey } from '../../../shared/finding/canary.ts';
import { endRun } from '../../../shared/incident/ends.ts';
import { keys } from '../../../shared/incident/keys.ts';
import { memoryTable } from '../../../shared/incident/memoryTable.ts';
import { raise } from '../../../shared/incident/raise.ts';
import type { Table } from '../../../shared/incident/table.ts';
import type { JsonObject } from '../../../shared/platform/json.ts';

const minute = 60_000;
const now = Date.parse('2026-11-20T09:20:00.000Z');
const ago = (minutes: number): string => new Date(now - minutes * minute).toISOString();
const incident = canaryKey('123456789012', 'us-east-1');

let table: Table;
beforeEach(() => {
  table = memoryTable();
});

const alarm = (changedMinutesAgo: number) => ({
  logicalId: 'CanaryAlarm',
  id: 'firebreak-dev-canary',
  type: 'AWS::CloudWatch::Alarm',
  status: 'CREATE_COMPLETE',
  changedAt: now - changedMinutesAgo * minute,
});

function asks({ deployedMinutesAgo = 600 } = {}) {
  const place = {
    stage: {
      stage: 'dev',
      region: 'us-east-1',
      stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:firebreak-dev',
      effects: { table, clock: { now: () => new Date(now) } },
    },
    stack: async () => [alarm(deployedMinutesAgo)],
  } as unknown as Place;
  return canary.look(place);
}

/** One that came so many minutes ago, and came through unless it is said. */
async function came(minutes: number, { outcome = 'ignored' as 'ignored' | 'held' | null } = {}): Promise<void> {
  const at = new Date(now - minutes * minute);
  const head = await raise(table, incident, { run: 'r', now: at, activity: at.toISOString() });
  if (outcome === null) return;
  const ending = { outcome, reportedSeq: head.seq, told: null, message: undefined, heldUntil: null, containedAt: null };
  const nothingOut = { replaces: [], page: null };
  await endRun(table, head, { ...ending, ...nothingOut, waits: null, next: undefined, now: at });
}

const change = (set: JsonObject) => table.update(keys.head(incident), {}, { set });

describe('whether findings come through', () => {
  it('is so while the last canary is a few minutes old', async () => {
    await came(4);
    expect(await asks()).toEqual({ state: 'ok', seen: `A canary came through stage dev at ${ago(4)}.`, todo: '' });
  });

  it('is not known yet of a stage that is new, and is not so where none ever came', async () => {
    expect(await asks({ deployedMinutesAgo: 10 })).toMatchObject({ state: 'warning' });
    expect(await asks({ deployedMinutesAgo: 16 })).toMatchObject({
      state: 'broken',
      seen: 'No canary has ever been taken in.',
      todo: expect.stringContaining('event-rules'),
    });
  });

  it('is not so when none has been taken in for a quarter of an hour', async () => {
    await came(16);
    expect(await asks()).toMatchObject({ state: 'broken', seen: `No canary has been taken in since ${ago(16)}.` });
  });

  it('is not so when one was taken in and its run died', async () => {
    await came(4, { outcome: 'held' });
    expect(await asks()).toMatchObject({
      state: 'broken',
      seen: `The canary was taken in at ${ago(4)}, and its run died at ${ago(4)}.`,
      todo: expect.stringContaining('aws stepfunctions list-executions'),
    });
  });

  it('is not so when one has been under way for a quarter of an hour, and is while it has just come', async () => {
    await came(4, { outcome: null });
    expect(await asks()).toMatchObject({ state: 'ok' });
    await change({ runAt: ago(16) });
    expect(await asks()).toMatchObject({
      state: 'broken',
      seen: expect.stringContaining(`under way since ${ago(16)}`),
    });
  });
});

it('is told by no alarm of a stage that is new', () => {
  expect(awaitedAlarm([alarm(10)], new Date(now))?.id).toBe('firebreak-dev-canary');
  expect(awaitedAlarm([alarm(16)], new Date(now))).toBeUndefined();
});
