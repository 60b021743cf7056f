import { beforeEach, describe, expect, it } from 'vitest';
import type { Action, Verified } from '../../shared/actions/contract.ts';
import { TargetGone, Throttled } from '../../shared/platform/errors.ts';
import { undo } from '../../shared/respond/undo.ts';
import { Lab } from './model/lab.ts';

let lab: Lab;

/** What verifying the shutting action reads from now on. */
const reads = (read: Partial<Verified> | Error): void => {
  const verify: Action['verify'] = async () => {
    if (read instanceof Error) throw read;
    return { state: 'holds', seen: 'seen', absence: false, ...read };
  };
  const catalogue = lab.effects.catalogue.map((action) =>
    action.name === 'fake.shut' ? { ...action, verify } : action,
  );
  lab.with({ catalogue });
};

beforeEach(async () => {
  lab = new Lab();
  await lab.takeIn();
  await lab.decide();
  await lab.act();
});

describe('what holds', () => {
  it('is contained from then on, in receipt, target and head', async () => {
    lab.pass(7000);
    const at = lab.effects.clock.now().toISOString();
    expect(await lab.verify()).toMatchObject({ outcome: 'holds' });
    expect(await lab.receipt()).toMatchObject({ verified: { state: 'holds', seen: 'It is shut.', at } });
    expect(await lab.record()).toMatchObject({ contained: true, changes: [{ verifiedAt: at }] });
    expect(await lab.head()).toMatchObject({ containedAt: at });
  });

  it('is read once: a repeat reads nothing again', async () => {
    await lab.verify();
    reads({ state: 'broken' });
    expect(await lab.verify()).toMatchObject({ outcome: 'holds' });
  });
});

describe('what does not hold', () => {
  it('is waited for while it is pending, with what was seen', async () => {
    reads({ state: 'pending', seen: 'half' });
    await expect(lab.verify()).rejects.toMatchObject({ name: 'NotSettled' });
    expect(await lab.receipt()).toMatchObject({ verified: { state: 'pending', seen: 'half' } });
    expect(await lab.record()).toMatchObject({ contained: false });
  });

  it('fails when it is broken at the second look, and contains nothing', async () => {
    reads({ state: 'broken', seen: 'open again' });
    await expect(lab.verify()).rejects.toMatchObject({ name: 'NotSettled' });
    await expect(lab.verify()).rejects.toMatchObject({ name: 'ActionFailed' });
    expect(await lab.receipt()).toMatchObject({ verified: { state: 'broken', seen: 'open again' } });
    expect((await lab.head()).containedAt).toBeNull();
  });

  it('fails when it cannot be read', async () => {
    reads(new Error('who knows'));
    await expect(lab.verify()).rejects.toMatchObject({ name: 'NotSettled' });
    await expect(lab.verify()).rejects.toMatchObject({ name: 'ActionFailed' });
    expect(await lab.record()).toMatchObject({ contained: false });
  });

  it('holds when only what was read right after the change did not show it', async () => {
    reads({ state: 'broken', seen: 'as before' });
    await expect(lab.verify()).rejects.toMatchObject({ name: 'NotSettled' });
    reads({ state: 'holds', seen: 'shut' });
    expect(await lab.verify()).toMatchObject({ outcome: 'holds' });
    expect(await lab.record()).toMatchObject({ contained: true });
  });

  it('fails at once when it is broken long after the change', async () => {
    lab.pass(60_000);
    reads({ state: 'broken', seen: 'open again' });
    await expect(lab.verify()).rejects.toMatchObject({ name: 'ActionFailed' });
  });

  it('is tried again when AWS throttles', async () => {
    reads(new Throttled('slow down'));
    await expect(lab.verify()).rejects.toMatchObject({ name: 'Throttled' });
    expect(await lab.receipt()).toMatchObject({ state: 'done', verified: { state: 'unread', seen: 'slow down' } });
    expect(await lab.record()).toMatchObject({ contained: false });
    reads({ state: 'holds', seen: 'shut' });
    expect(await lab.verify()).toMatchObject({ outcome: 'holds' });
  });
});

describe('an absence', () => {
  it('holds when a second read agrees, 30 s later', async () => {
    reads({ absence: true });
    await expect(lab.verify()).rejects.toMatchObject({ name: 'NotSettled' });
    lab.pass(30_000);
    expect(await lab.verify()).toMatchObject({ outcome: 'holds' });
  });

  it('does not hold by a second read a moment earlier', async () => {
    reads({ absence: true });
    await expect(lab.verify()).rejects.toMatchObject({ name: 'NotSettled' });
    lab.pass(29_999);
    await expect(lab.verify()).rejects.toMatchObject({ name: 'NotSettled' });
    expect(await lab.record()).toMatchObject({ contained: false });
  });

  it('begins anew when a read in between disagrees', async () => {
    reads({ absence: true });
    await expect(lab.verify()).rejects.toMatchObject({ name: 'NotSettled' });
    reads({ state: 'pending' });
    lab.pass(20_000);
    await expect(lab.verify()).rejects.toMatchObject({ name: 'NotSettled' });
    reads({ absence: true });
    lab.pass(20_000);
    await expect(lab.verify()).rejects.toMatchObject({ name: 'NotSettled' });
  });

  it('is also that of a target that went away', async () => {
    reads(new TargetGone('no such image'));
    await expect(lab.verify()).rejects.toMatchObject({ name: 'NotSettled' });
    lab.pass(31_000);
    expect(await lab.verify()).toMatchObject({ outcome: 'holds' });
  });
});

it('a late run verifies nothing', async () => {
  await lab.world.table.update({ pk: `incident#${lab.incident}`, sk: 'head' }, {}, { set: { plan: null } });
  await expect(lab.verify()).rejects.toMatchObject({ name: 'StaleRun' });
  expect(await lab.record()).toMatchObject({ contained: false });
});

describe('an undo', () => {
  const undoing = async (): Promise<void> => {
    await lab.verify();
    await lab.report();
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
    await lab.decide();
    await lab.act(0);
  };

  it('releases the target once it is read back as put back, not before', async () => {
    await undoing();
    await expect(lab.verify(0)).rejects.toMatchObject({ name: 'NotSettled' });
    expect(await lab.record()).toMatchObject({ contained: true, owner: { incident: lab.incident } });
    lab.pass(60_000);
    await lab.verify(0);
    expect(await lab.record()).toMatchObject({ contained: false, changes: [], owner: null, interested: [] });
  });

  it('lets an incident that came meanwhile know that nothing stands any more', async () => {
    await undoing();
    const { raise } = await import('../../shared/incident/raise.ts');
    const now = lab.effects.clock.now();
    const before = await raise(lab.world.table, 'other', { run: 'r', now });
    const key = { pk: `target#${lab.target}`, sk: 'target' };
    await lab.world.table.update(key, {}, { set: { interested: [lab.incident, 'other'] }, add: { version: 1 } });
    lab.pass(60_000);
    await lab.verify(0);
    expect(await lab.record()).toMatchObject({ owner: null, interested: ['other'] });
    const { readHead } = await import('../../shared/incident/head.ts');
    expect((await readHead(lab.world.table, 'other'))?.seq).toBe(before.seq + 1);
  });

  it('of a target that went away ends with the target, by two reads', async () => {
    await lab.verify();
    await lab.report();
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
    await lab.decide();
    lab.world.account.things.clear();
    await lab.act(0);
    await expect(lab.verify(0)).rejects.toMatchObject({ name: 'NotSettled' });
    lab.pass(31_000);
    await lab.verify(0);
    expect(lab.world.all('target').filter((item) => item.sk === 'target')).toMatchObject([{ interested: [] }]);
  });

  it('of a target that went away after the call is told as gone, not as put back', async () => {
    await undoing();
    lab.world.account.things.clear();
    await expect(lab.verify(0)).rejects.toMatchObject({ name: 'NotSettled' });
    lab.pass(31_000);
    await lab.verify(0);
    expect(await lab.receipt(0)).toMatchObject({ state: 'gone', verified: { state: 'holds' } });
    await lab.report();
    expect(await lab.head()).toMatchObject({ state: 'resting', outcome: 'undone' });
    expect(lab.world.published.at(-1)?.subject).toContain('not undone, it is gone');
  });
});
