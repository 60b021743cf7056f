import { beforeEach, describe, expect, it } from 'vitest';
import { readRecord } from '../../shared/incident/records.ts';
import { intake } from '../../shared/respond/intake.ts';
import { findingIn, incidentOf, scanEvent } from './model/events.ts';
import { Lab } from './model/lab.ts';

let lab: Lab;
beforeEach(() => {
  lab = new Lab();
});

const record = (id: string) => readRecord(lab.world.table, id);
const broken = (change: object): string => JSON.stringify({ ...JSON.parse(scanEvent({ id: 'broken' })), ...change });

describe('an event that can never succeed', () => {
  it('goes to the dead letters with reason and path, and leaves one record, and its batch goes on', async () => {
    const bad = broken({ account: 'nobody' });
    const batch = [bad, scanEvent({ id: 'good' })].map((body, n) => ({ messageId: `m${n}`, body }));
    expect(await intake(lab.effects, batch)).toEqual([]);
    expect(lab.world.deadLetters).toMatchObject([{ body: bad, path: 'account', reason: expect.any(String) }]);
    expect(await record('broken')).toMatchObject({ result: 'invalid', path: 'account' });
    expect(await record('good')).toMatchObject({ result: 'accepted', incident: lab.incident });
  });

  it('has a record also when it is no JSON, the same for each delivery', async () => {
    for (let n = 0; n < 2; n += 1) await intake(lab.effects, [{ messageId: 'm', body: '{' }]);
    expect(lab.world.all('record')).toMatchObject([
      { result: 'invalid', path: '$', id: expect.stringMatching(/^sha256:/) },
    ]);
  });

  it('names the field within the detail', async () => {
    const detail = { ...JSON.parse(scanEvent()).detail, 'image-digest': 'sha256:short' };
    await intake(lab.effects, [{ messageId: 'm', body: broken({ detail }) }]);
    expect(await record('broken')).toMatchObject({ result: 'invalid', path: 'detail.image-digest' });
  });

  it('is delivered again when the dead letters cannot be reached: nothing is recorded yet', async () => {
    lab.with({ deadLetters: { send: () => Promise.reject(new Error('no queue')) } });
    expect(await intake(lab.effects, [{ messageId: 'm', body: broken({ account: '' }) }])).toEqual(['m']);
    expect(await record('broken')).toBeUndefined();
  });
});

describe('an event that leads to no finding', () => {
  it('is ignored with the reason when no source reads it', async () => {
    await intake(lab.effects, [{ messageId: 'm', body: broken({ 'detail-type': 'ECR Replication Action' }) }]);
    expect(await record('broken')).toMatchObject({
      result: 'ignored',
      reason: expect.stringContaining('ECR Replication Action'),
    });
    expect(lab.world.all('head')).toEqual([]);
  });

  it('that concerns nobody is ignored with that reason, and opens nothing', async () => {
    const action = { 'action-type': 'PUSH', result: 'SUCCESS' };
    const detail = { ...JSON.parse(scanEvent()).detail, ...action };
    await intake(lab.effects, [{ messageId: 'm', body: broken({ 'detail-type': 'ECR Image Action', detail }) }]);
    expect(await record('broken')).toMatchObject({
      result: 'ignored',
      reason: expect.stringContaining('no containment of ours concerns payments/checkout-api@sha256:1111'),
    });
    expect([lab.world.all('head'), lab.world.all('finding#')]).toEqual([[], []]);
  });

  it('while the table cannot be read is delivered again, and not taken for nobody’s', async () => {
    const { table } = lab.effects;
    lab.with({ table: { ...table, get: () => Promise.reject(new Error('no table')) } });
    const detail = { ...JSON.parse(scanEvent()).detail, 'action-type': 'PUSH', result: 'SUCCESS' };
    const body = broken({ 'detail-type': 'ECR Image Action', detail });
    expect(await intake(lab.effects, [{ messageId: 'm', body }])).toEqual(['m']);
    lab.effects = lab.world.direct;
    expect(await record('broken')).toBeUndefined();
  });

  it('is ignored with the reason of its source', async () => {
    const detail = { ...JSON.parse(scanEvent()).detail, 'scan-status': 'IN_PROGRESS' };
    await intake(lab.effects, [{ messageId: 'm', body: broken({ detail }) }]);
    expect(await record('broken')).toMatchObject({ result: 'ignored', reason: expect.stringContaining('still runs') });
  });
});

describe('a finding', () => {
  it('opens an incident, starts its run and is counted', async () => {
    await lab.takeIn();
    const { run } = await lab.head();
    expect(await lab.head()).toMatchObject({ state: 'running', seq: 1 });
    expect(await record('event-1')).toMatchObject({ result: 'accepted', incident: lab.incident, run });
    expect(lab.world.all('finding#')).toMatchObject([{ counted: true, seq: 1 }]);
    expect([...lab.world.machine.executions.values()]).toMatchObject([
      { input: JSON.stringify({ incident: lab.incident, run }) },
    ]);
  });

  it('is a duplicate when only its time has moved', async () => {
    await lab.takeIn();
    await lab.takeIn({ id: 'event-2', second: 60 });
    expect(await record('event-2')).toMatchObject({ result: 'duplicate' });
    expect(await lab.head()).toMatchObject({ seq: 1, lastFindingAt: '2026-11-20T08:01:00.000Z' });
  });

  it('is started again by a duplicate when its run was never asked for', async () => {
    await lab.takeIn();
    lab.world.machine.executions.clear();
    await lab.takeIn({ id: 'event-2' });
    expect(lab.world.machine.executions.size).toBe(1);
  });

  it('counts when it says something else', async () => {
    await lab.takeIn();
    await lab.takeIn({ id: 'event-2', critical: 9, second: 60 });
    expect(await record('event-2')).toMatchObject({ result: 'accepted' });
    expect(await lab.head()).toMatchObject({ seq: 2 });
  });

  it('has counted though its record was not written before a later version came', async () => {
    const { table } = lab.effects;
    lab.with({
      table: {
        ...table,
        putIfAbsent: (item) => (item.sk === 'record' ? Promise.reject(new Error('cut off')) : table.putIfAbsent(item)),
      },
    });
    expect(await lab.takeIn()).toEqual(['m']);
    lab.effects = lab.world.direct;
    await lab.takeIn({ id: 'event-2', critical: 9, second: 60 });
    await lab.takeIn();
    await lab.takeIn({ id: 'event-3' });
    expect(await record('event-1')).toMatchObject({ result: 'accepted', reason: 'counted until a later version came' });
    expect(await record('event-3')).toMatchObject({ result: 'duplicate' });
    expect(await lab.head()).toMatchObject({ seq: 2 });
  });

  it('counts when it is active after the verified containment', async () => {
    await lab.takeIn();
    await lab.run();
    await lab.takeIn({ id: 'event-2', second: 2 * 3600 });
    expect(await record('event-2')).toMatchObject({ result: 'accepted' });
    expect(await lab.head()).toMatchObject({ state: 'running', seq: 2 });
    await lab.run();
    expect(lab.thing.calls).toEqual(['shut']);
  });

  it('is a duplicate when it was active before it', async () => {
    await lab.takeIn();
    await lab.run();
    await lab.takeIn({ id: 'event-2', second: 60 });
    expect(await record('event-2')).toMatchObject({ result: 'duplicate' });
    expect(await lab.head()).toMatchObject({ state: 'resting', seq: 1 });
  });

  it('counts once for one activity after the containment, however often that is delivered', async () => {
    await lab.takeIn();
    await lab.run();
    for (let n = 0; n < 3; n += 1) await lab.takeIn({ id: `late-${n}`, second: 2 * 3600 });
    expect(await lab.head()).toMatchObject({ seq: 2 });
  });

  it('counts when the containment was verified while it was taken for a duplicate', async () => {
    await lab.takeIn();
    const head = { pk: `incident#${lab.incident}`, sk: 'head' };
    const { table } = lab.effects;
    lab.with({
      table: {
        ...table,
        get: async (key) => {
          const item = await table.get(key);
          // Between the read of the head and the read of the finding.
          if (key.sk === 'head') await table.update(head, {}, { set: { containedAt: '2026-11-20T08:30:00.000Z' } });
          return item;
        },
      },
    });
    await lab.takeIn({ id: 'event-2', second: 3600 });
    expect(await record('event-2')).toMatchObject({ result: 'accepted' });
  });
});

describe('a delivery that was cut off', () => {
  const cutOffAt = async (sk: string, operation: 'update' | 'putIfAbsent'): Promise<void> => {
    const { table } = lab.effects;
    const cut = (key: { sk: string }): boolean => key.sk.startsWith(sk);
    lab.with({
      table: {
        ...table,
        putIfAbsent: (item) =>
          operation === 'putIfAbsent' && cut(item) ? Promise.reject(new Error('cut off')) : table.putIfAbsent(item),
        update: (key, ...rest) =>
          operation === 'update' && cut(key) ? Promise.reject(new Error('cut off')) : table.update(key, ...rest),
      },
    });
    expect(await lab.takeIn()).toEqual(['m']);
    lab.effects = lab.world.direct;
  };

  it.each([
    ['before the finding', 'finding#', 'putIfAbsent'],
    ['between the finding and the head', 'head', 'putIfAbsent'],
    ['between the head and the mark', 'finding#', 'update'],
    ['before the record', 'record', 'putIfAbsent'],
  ] as const)('%s is made good by its repeat, and is no duplicate of itself', async (_when, sk, operation) => {
    await cutOffAt(sk, operation);
    expect(await record('event-1')).toBeUndefined();
    expect(await lab.takeIn()).toEqual([]);
    expect(await record('event-1')).toMatchObject({ result: 'accepted', incident: incidentOf(scanEvent()) });
    expect(lab.world.all('finding#')).toMatchObject([{ counted: true, id: findingIn(scanEvent()).id }]);
  });
});
