import { beforeEach, describe, expect, it } from 'vitest';
import { keys } from '../../shared/incident/keys.ts';
import { changeAttribute, changeValue, undoneAttribute } from '../../shared/incident/targets.ts';
import { Throttled } from '../../shared/platform/errors.ts';
import { undo } from '../../shared/respond/undo.ts';
import { failing, shutWith } from './decided.ts';
import { Lab } from './model/lab.ts';

let lab: Lab;

/** Contained; from now on what is open again was delivered, as AWS shows it. */
beforeEach(async () => {
  lab = new Lab();
  await lab.takeIn();
  await lab.run();
  delivering('It was pushed again');
});

const delivering = (what: string | undefined): void => {
  lab.effects = lab.world.direct;
  shutWith(lab, { deliveredAgain: (_before, { status }) => (status === 'open' ? what : undefined) });
};

/** It is open again, and the next scan says so. */
async function comesBack(): Promise<void> {
  lab.pass(60_000);
  lab.thing.status = 'open';
  const { seq } = await lab.head();
  await lab.takeIn({ id: `event-${seq + 1}`, critical: seq + 4, second: 9 + seq });
}

const contained = (): Promise<void> => lab.playPlan(31_000);

const change = async () => (await lab.record()).changes.find(({ action }) => action === 'fake.shut');
const last = () => lab.world.published.at(-1);

describe('what was delivered again after it was contained', () => {
  it('is contained again, of the same before-state, and told with how often', async () => {
    await comesBack();
    await contained();
    await lab.report();
    expect(lab.thing).toMatchObject({ status: 'shut', calls: ['shut', 'shut'] });
    expect(await change()).toMatchObject({
      before: { status: 'open' },
      again: { times: 1, most: 2 },
      verifiedAt: expect.any(String),
    });
    expect(await lab.head()).toMatchObject({ outcome: 'contained' });
    expect(last()?.body).toContain(
      'It came back after it was contained: It was pushed again. So far it was contained again 1 of 2 times at the most.',
    );
  });

  it('is told once of each time, not with each scan that finds it contained', async () => {
    await comesBack();
    await contained();
    await lab.report();
    const told = lab.world.published.length;
    await lab.takeIn({ id: 'quiet', critical: 6, second: 11 });
    await contained();
    await lab.report();
    expect(lab.world.published).toHaveLength(told);
    await comesBack();
    await contained();
    await lab.report();
    expect(lab.world.published).toHaveLength(told + 1);
    expect(last()?.body).toContain('2 of 2 times');
  });

  it('is contained again twice at most, then held, and wakes somebody once', async () => {
    for (const _time of [1, 2]) {
      await comesBack();
      await contained();
      await lab.report();
    }
    for (const _time of [3, 4]) {
      await comesBack();
      await lab.decide();
      await expect(lab.act()).rejects.toThrow(/^It was pushed again, after it was contained again 2 times/);
      await lab.verify();
      await lab.report();
    }
    expect(lab.thing).toMatchObject({ status: 'open', calls: ['shut', 'shut', 'shut'] });
    expect(await lab.head()).toMatchObject({ outcome: 'held' });
    expect(last()).toMatchObject({ tier: 'page', subject: expect.stringContaining('GET UP') });
    expect(last()?.body).toContain('Find out who pushes it');
    expect(lab.world.published.filter(({ tier }) => tier === 'page')).toHaveLength(1);
  });

  it('is counted once, though the function dies before its call and another run goes on', async () => {
    await comesBack();
    shutWith(lab, { execute: failing(new Throttled('slow down')) });
    await lab.decide();
    await expect(lab.act()).rejects.toMatchObject({ name: 'Throttled' });
    expect(await change()).not.toHaveProperty('verifiedAt');
    await expect(lab.act()).rejects.toMatchObject({ name: 'Throttled' });
    delivering('It was pushed again');
    await lab.act();
    await lab.verify();
    expect(lab.thing.calls).toEqual(['shut', 'shut']);
    expect(await change()).toMatchObject({ again: { times: 1 }, verifiedAt: expect.any(String) });
    expect(await lab.receipt()).toMatchObject({ state: 'done', again: { times: 1 } });
  });

  it('is not called again where the function died after its call', async () => {
    await comesBack();
    await lab.decide();
    const { table } = lab.effects;
    let written = 0;
    lab.with({
      table: {
        ...table,
        update: (key, expected, changed) => {
          if (key.sk.startsWith('receipt#') && ++written === 2) return Promise.reject(new Error('cut off'));
          return table.update(key, expected, changed);
        },
        putIfAbsent: (item) => table.putIfAbsent(item),
      },
    });
    await lab.act().catch(() => {});
    delivering('It was pushed again');
    await lab.act();
    expect(lab.thing.calls).toEqual(['shut', 'shut']);
    expect(await change()).toMatchObject({ again: { times: 1 } });
  });

  it('is put back by an undo as it was before the first time', async () => {
    await comesBack();
    await contained();
    await lab.report();
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
    await lab.decide();
    await lab.act(0);
    lab.pass(60_000);
    await lab.verify(0);
    expect(lab.thing.status).toBe('open');
    expect((await lab.record()).changes).toEqual([]);
  });
});

describe('what came back is not contained again', () => {
  it('where a person may have decided it: held, and nobody is woken', async () => {
    delivering(undefined);
    await comesBack();
    await lab.decide();
    await expect(lab.act()).rejects.toThrow('Somebody has changed back what was contained.');
    await lab.report();
    expect(lab.thing.calls).toEqual(['shut']);
    expect(last()).toMatchObject({ tier: 'notice' });
  });

  it('while it is in use by now: the plan is held', async () => {
    await comesBack();
    lab.thing.inUse = true;
    expect(await lab.decide()).toMatchObject({ decision: 'hold', steps: [{ n: 0 }] });
  });

  it('when it came into use since the plan: decided again', async () => {
    await comesBack();
    await lab.decide();
    lab.thing.inUse = true;
    await expect(lab.act()).rejects.toMatchObject({ name: 'StalePlan' });
    expect(lab.thing.calls).toEqual(['shut']);
  });

  it('where a person had something there put back', async () => {
    await comesBack();
    await lab.decide();
    const now = new Date(lab.world.schedule.now).toISOString();
    const until = new Date(lab.world.schedule.now + 1).toISOString();
    const undone = undoneAttribute({ until, since: now, by: 'ana', at: now, incident: 'first', run: 'r' });
    await lab.world.table.update(keys.target(lab.target), {}, { set: undone, add: { version: 1 } });
    await expect(lab.act()).rejects.toThrow('ana had it put back');
    expect(lab.thing.calls).toEqual(['shut']);
  });
});

describe('what has gone since it was contained', () => {
  const restores = { stillThere: ({ status: _gone, ...rest }: object & { status?: unknown }) => rest };

  it('is not taken for somebody’s change by an undo', async () => {
    const standing = await change();
    if (standing === undefined) throw new Error('Nothing stands');
    const set = { [changeAttribute('fake.shut')]: changeValue({ ...standing, intended: { status: 'gone' } }) };
    await lab.world.table.update(keys.target(lab.target), {}, { set, add: { version: 1 } });
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
    await lab.decide();
    await expect(lab.act(0)).rejects.toThrow('Somebody else has changed it.');
    await lab.report();
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
    shutWith(lab, restores as never);
    await lab.decide();
    await lab.act(0);
    expect(lab.thing.calls).toEqual(['shut', 'open']);
  });
});
