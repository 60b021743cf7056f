import { beforeEach, describe, expect, it } from 'vitest';
import { canaryKey } from '../../shared/finding/canary.ts';
import { readHead } from '../../shared/incident/head.ts';
import type { Head } from '../../shared/incident/items.ts';
import { executionName } from '../../shared/incident/keys.ts';
import { noteCanary } from '../../shared/respond/canary.ts';
import { decide } from '../../shared/respond/decide.ts';
import { intake } from '../../shared/respond/intake.ts';
import { type Reported, report } from '../../shared/respond/report.ts';
import { runEnded } from '../../shared/respond/runEnded.ts';
import { Lab } from './model/lab.ts';

const incident = canaryKey('123456789012', 'us-east-1');

let lab: Lab;
beforeEach(() => {
  lab = new Lab();
});

const body = (time: string): string =>
  JSON.stringify({
    id: `canary of ${time}`,
    source: 'aws.events',
    'detail-type': 'Scheduled Event',
    account: '123456789012',
    region: 'us-east-1',
    time,
    detail: {},
  });
const comes = (time: string) => intake(lab.effects, [{ messageId: 'm', body: body(time) }]);
const first = '2026-11-20T09:15:00Z';
const second = '2026-11-20T09:20:00Z';

async function head(): Promise<Head> {
  const found = await readHead(lab.world.table, incident);
  if (found === undefined) throw new Error('No canary was taken in');
  return found;
}

async function runs(): Promise<Reported> {
  const { run, round } = await head();
  await decide(lab.effects, { incident, run, retries: 0 });
  const reported = await report(lab.effects, { incident, run, round });
  const execution = lab.world.machine.executions.get(executionName(incident, run));
  Object.assign(execution ?? {}, { status: 'SUCCEEDED' });
  return reported;
}

async function dies(): Promise<void> {
  const { run } = await head();
  const execution = lab.world.machine.executions.get(executionName(incident, run));
  Object.assign(execution ?? {}, { status: 'FAILED', error: 'Paged' });
  await runEnded(lab.effects, { input: JSON.stringify({ incident, run }) });
}

describe('the canary', () => {
  it('goes from intake to Report: nothing is done, told or recorded, and nothing piles up', async () => {
    expect(await comes(first)).toEqual([]);
    expect(await runs()).toMatchObject({ more: false, outcome: 'ignored', until: null });
    const items = lab.world.all('').length;
    expect(await comes(second)).toEqual([]);
    expect(await runs()).toMatchObject({ outcome: 'ignored' });
    expect(lab.world.machine.executions.size).toBe(2);
    expect(lab.world.all('')).toHaveLength(items);
    expect(lab.world.all('record')).toEqual([]);
    expect(lab.world.all('finding#')).toEqual([]);
    expect([...lab.world.account.things.keys()]).toEqual([]);
    expect((await head()).outbox).toEqual([]);
  });

  it('that is delivered again starts nothing anew', async () => {
    await comes(first);
    await comes(first);
    await runs();
    await comes(first);
    expect(lab.world.machine.executions.size).toBe(1);
    expect(await head()).toMatchObject({ state: 'resting' });
  });

  it('whose run died rests, tells nobody, and the next one is another try', async () => {
    for (const time of [first, second, '2026-11-20T09:25:00Z']) {
      await comes(time);
      await dies();
      expect(await head()).toMatchObject({ state: 'resting', outcome: 'held', outbox: [] });
    }
    expect(lab.world.machine.executions.size).toBe(3);
    await comes('2026-11-20T09:30:00Z');
    expect(await runs()).toMatchObject({ outcome: 'ignored' });
  });

  it('that cannot be taken in is not delivered again, and the next one is another try', async () => {
    const { table } = lab.effects;
    lab.with({ table: { ...table, get: () => Promise.reject(new Error('no table')) } });
    expect(await comes(first)).toEqual([]);
    lab.effects = lab.world.direct;
    await comes(second);
    expect(await runs()).toMatchObject({ outcome: 'ignored' });
  });

  it('does not come through while the rules cannot be read', async () => {
    lab.world.rulesUnreadable = true;
    await comes(first);
    await expect(runs()).rejects.toMatchObject({ name: 'InvalidRules' });
    expect(await head()).toMatchObject({ plan: null });
  });
});

describe('that it has come through', () => {
  const reported: Reported = { incident, run: 'r', round: 1, more: false, outcome: 'ignored', until: null };
  const noted = (change: Partial<Reported> = {}): readonly unknown[] => {
    const metrics: unknown[] = [];
    noteCanary((...metric) => void metrics.push(metric), { ...reported, ...change });
    return metrics;
  };

  it('is a metric of its own', () => {
    expect(noted()).toEqual([['CanaryReported', 1]]);
  });

  it('is said of nothing else, and not before it is so', () => {
    expect(noted({ incident: 'image/123456789012/us-east-1/a' })).toEqual([]);
    expect(noted({ more: true })).toEqual([]);
    expect(noted({ outcome: 'held' })).toEqual([]);
  });
});
