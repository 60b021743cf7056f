import { beforeEach, describe, expect, it } from 'vitest';
import { noteActivity } from '../../shared/incident/raise.ts';
import { report } from '../../shared/respond/report.ts';
import { undo } from '../../shared/respond/undo.ts';
import { Lab, shutStep } from './model/lab.ts';

let lab: Lab;

const subjects = (): readonly string[] => lab.world.published.map(({ subject }) => subject.replace(/,.*/, ''));

const contain = async (): Promise<void> => {
  const { steps, decision } = await lab.decide();
  for (const { n } of decision === 'contain' ? steps : []) {
    await lab.act(n).catch(() => {});
    await lab.verify(n).catch(() => {});
  }
};

/** Something new, whose only effect is that `seq` moves. */
const news = (n: number): Promise<unknown> => lab.takeIn({ id: `news-${n}`, critical: 10 + n, second: n });

beforeEach(async () => {
  lab = new Lab();
  await lab.takeIn();
});

describe('a run that nothing has overtaken', () => {
  it('rests, and its message is kept and sent', async () => {
    await contain();
    expect(await lab.report()).toMatchObject({ more: false, outcome: 'contained' });
    expect(await lab.head()).toMatchObject({ state: 'resting', outcome: 'contained', reportedSeq: 1, outbox: [] });
    expect(lab.world.all('message#')).toMatchObject([{ sent: true, tier: 'digest' }]);
    expect(subjects()).toEqual(['NO ACTION: payments/checkout-api contained']);
  });

  it('tells of one state once, however many runs come to it', async () => {
    for (let n = 1; n <= 3; n += 1) {
      await contain();
      await lab.report();
      await news(n);
    }
    expect(subjects()).toEqual(['NO ACTION: payments/checkout-api contained']);
  });

  it('tells of another state, and wakes nobody about what a person changed back by hand', async () => {
    await contain();
    await lab.report();
    lab.thing.status = 'open';
    await news(1);
    await contain();
    await lab.report();
    expect(subjects()).toEqual([
      'NO ACTION: payments/checkout-api contained',
      'NO ACTION: payments/checkout-api held until you look',
    ]);
  });

  it('is not contained when a step of its plan has no receipt', async () => {
    await lab.decide();
    await lab.report();
    expect(await lab.head()).toMatchObject({ outcome: 'not-contained' });
    expect(subjects()).toEqual(['GET UP: payments/checkout-api NOT contained']);
  });
});

describe('a report that is cut off', () => {
  it('before it has sent is sent by its repeat, with the same text', async () => {
    await contain();
    lab.with({ publisher: { publish: () => Promise.reject(new Error('cut off')) } });
    await expect(lab.report()).rejects.toThrow('cut off');
    const [waiting] = (await lab.head()).outbox;
    lab.effects = lab.world.direct;
    lab.pass(60_000);
    await lab.report();
    expect(lab.world.published).toMatchObject([{ subject: waiting?.subject, body: waiting?.body }]);
    expect((await lab.head()).outbox).toEqual([]);
  });

  it('after it has sent and before that is marked is sent again, with the same text', async () => {
    await contain();
    const { table } = lab.effects;
    lab.with({ table: { ...table, putIfAbsent: () => Promise.reject(new Error('cut off')) } });
    await expect(lab.report()).rejects.toThrow('cut off');
    lab.effects = lab.world.direct;
    lab.pass(60_000);
    await lab.report();
    expect(lab.world.published).toHaveLength(2);
    expect(lab.world.published[0]).toEqual(lab.world.published[1]);
  });
});

describe('a run that was overtaken', () => {
  it('goes back to Decide without a message when no page is due', async () => {
    await contain();
    await news(1);
    expect(await lab.report()).toMatchObject({ more: true });
    expect(await lab.head()).toMatchObject({ state: 'running', round: 2 });
    expect(subjects()).toEqual([]);
  });

  it('sends a page that is due before it goes back, and only once', async () => {
    lab.thing.inUse = true;
    await contain();
    await news(1);
    expect(await lab.report()).toMatchObject({ more: true });
    await contain();
    expect(await lab.report()).toMatchObject({ more: false, outcome: 'held' });
    expect(subjects()).toEqual(['GET UP: payments/checkout-api held']);
  });

  it('sends no page when a person has turned it round meanwhile: the undo tells', async () => {
    await lab.decide();
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
    for (const n of [0, shutStep]) await lab.act(n).catch(() => {});
    expect(await lab.report()).toMatchObject({ more: true });
    expect(subjects()).toEqual([]);
  });

  it('says that there is more when its report is repeated', async () => {
    await contain();
    await news(1);
    const { incident, run } = await lab.head();
    await lab.report();
    expect(await report(lab.effects, { incident, run, round: 1 })).toMatchObject({ more: true });
    expect(await lab.head()).toMatchObject({ round: 2 });
  });

  it('hands over to the next run after five rounds', async () => {
    const { run } = await lab.head();
    for (let n = 1; n <= 5; n += 1) {
      await contain();
      await news(n);
      expect(await lab.report()).toMatchObject({ more: n < 5 });
    }
    const head = await lab.head();
    expect(head).toMatchObject({ state: 'running', round: 1, reportedSeq: 5, seq: 6 });
    expect(head.run).not.toBe(run);
    expect([...lab.world.machine.executions.values()].map(({ input }) => JSON.parse(input).run)).toContain(head.run);
  });

  it('goes back when something was active after the containment, though it was taken for a duplicate', async () => {
    await contain();
    await noteActivity(lab.world.table, lab.incident, '2026-11-20T23:00:00.000Z');
    expect(await lab.report()).toMatchObject({ more: true });
    await contain();
    expect(await lab.report()).toMatchObject({ more: false });
  });

  it('goes back when a step was stale, and tells nobody', async () => {
    await lab.decide();
    lab.thing.inUse = true;
    await expect(lab.act(shutStep)).rejects.toMatchObject({ name: 'StalePlan' });
    lab.thing.inUse = false;
    expect(await lab.report()).toMatchObject({ more: true });
    expect(subjects()).toEqual([]);
  });

  it('is held and paged when it was stale five times', async () => {
    for (let n = 1; n <= 5; n += 1) {
      lab.thing.inUse = false;
      await lab.decide();
      lab.thing.inUse = true;
      await lab.act(0);
      await lab.verify(0);
      await expect(lab.act(shutStep)).rejects.toMatchObject({ name: 'StalePlan' });
      expect(await lab.report()).toMatchObject({ more: n < 5 });
    }
    expect(await lab.head()).toMatchObject({ state: 'resting', outcome: 'held' });
    expect(subjects()).toEqual(['GET UP: payments/checkout-api held']);
  });
});

describe('a late run', () => {
  it('reports nothing', async () => {
    await contain();
    const late = report(lab.effects, { incident: lab.incident, run: 'another', round: 1 });
    await expect(late).rejects.toMatchObject({ name: 'StaleRun' });
    expect(subjects()).toEqual([]);
    expect(await lab.head()).toMatchObject({ state: 'running' });
  });

  it('reports nothing of a round that it has not decided', async () => {
    const { incident, run } = await lab.head();
    await expect(report(lab.effects, { incident, run, round: 1 })).rejects.toMatchObject({ name: 'StaleRun' });
  });
});
