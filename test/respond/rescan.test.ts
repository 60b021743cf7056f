import { beforeEach, describe, expect, it } from 'vitest';
import { readRecord } from '../../shared/incident/records.ts';
import { sweep } from '../../shared/respond/sweep.ts';
import { Lab } from './model/lab.ts';

/** A day, in seconds: the incidents of the model are closed when they were quiet for as long. */
const day = 24 * 3600;

let lab: Lab;
beforeEach(() => {
  lab = new Lab();
});

const result = async (id: string) => (await readRecord(lab.world.table, id))?.result;
const told = (): readonly string[] => lab.world.published.map(({ subject }) => subject.replace(/,.*/, ''));
const held = 'GET UP: payments/checkout-api held';
const contained = 'NO ACTION: payments/checkout-api contained';

/** Scanned while a task runs it. */
const hold = async (): Promise<void> => {
  lab.thing.inUse = true;
  await lab.takeIn();
  await lab.run();
  expect(await lab.head()).toMatchObject({ state: 'resting', outcome: 'held' });
};
const rescan = async (id: string, second: number): Promise<void> => {
  expect(await lab.takeIn({ id, second })).toEqual([]);
};
const closeQuiet = async (): Promise<void> => {
  lab.pass((day + 1) * 1000);
  await sweep(lab.effects);
  expect(await lab.head()).toMatchObject({ state: 'closed' });
};

describe('a rescan with the same counts', () => {
  it('of what was held is decided again, and contained when nothing runs it any more', async () => {
    await hold();
    lab.thing.inUse = false;
    await rescan('again', 60);
    expect(await result('again')).toBe('accepted');
    expect(await lab.head()).toMatchObject({ state: 'running', seq: 2 });
    await lab.run();
    expect(lab.thing.calls).toEqual(['shut']);
    expect(told()).toEqual([held, contained]);
  });

  it('that comes to the same state is told to nobody, however often', async () => {
    await hold();
    for (const n of [1, 2, 3]) {
      await rescan(`again-${n}`, 60 * n);
      expect(await result(`again-${n}`)).toBe('accepted');
      await lab.run();
    }
    expect(await lab.head()).toMatchObject({ state: 'resting', outcome: 'held', seq: 4 });
    expect(told()).toEqual([held]);
  });

  it('of a closed incident opens it, and is told only when it comes to another state', async () => {
    await hold();
    await closeQuiet();
    await rescan('same', day);
    await lab.run();
    expect(await lab.head()).toMatchObject({ state: 'resting', outcome: 'held', closedSeq: 1, seq: 2 });
    expect(told()).toEqual([held]);
    await closeQuiet();
    lab.thing.inUse = false;
    await rescan('gone', 2 * day);
    await lab.run();
    expect(await lab.head()).toMatchObject({ state: 'resting', outcome: 'contained' });
    expect(told()).toEqual([held, contained]);
  });

  it('is told again when a finding that has changed opens the closed incident', async () => {
    await hold();
    await closeQuiet();
    await lab.takeIn({ id: 'worse', critical: 9, second: day });
    await lab.run();
    expect(told()).toEqual([held, held]);
  });

  it('is a duplicate when it is the same scan, delivered once more', async () => {
    await hold();
    await rescan('event-1', 0);
    await rescan('copy', 0);
    expect(await result('copy')).toBe('duplicate');
    expect(await lab.head()).toMatchObject({ state: 'resting', seq: 1 });
  });

  it('counts when the run came to rest while it was taken for a duplicate', async () => {
    lab.thing.inUse = true;
    await lab.takeIn();
    const { table } = lab.effects;
    let ended = false;
    lab.with({
      table: {
        ...table,
        get: async (key) => {
          if (key.sk.startsWith('finding#') && !ended) {
            ended = true;
            const { effects } = lab;
            lab.effects = lab.world.direct;
            await lab.run();
            lab.effects = effects;
          }
          return table.get(key);
        },
      },
    });
    await rescan('meanwhile', 60);
    expect(await result('meanwhile')).toBe('accepted');
    expect(await lab.head()).toMatchObject({ state: 'running', seq: 2 });
  });

  it('that was cut off before it was counted is made good by its repeat, and still tells nobody', async () => {
    await hold();
    await closeQuiet();
    const { table } = lab.effects;
    const update: typeof table.update = (key, ...rest) =>
      key.sk === 'head' ? Promise.reject(new Error('cut off')) : table.update(key, ...rest);
    lab.with({ table: { ...table, update } });
    expect(await lab.takeIn({ id: 'again', second: day })).toEqual(['m']);
    lab.effects = lab.world.direct;
    await rescan('again', day);
    await lab.run();
    expect(await result('again')).toBe('accepted');
    expect(await lab.head()).toMatchObject({ state: 'resting', outcome: 'held' });
    expect(told()).toEqual([held]);
  });
});
