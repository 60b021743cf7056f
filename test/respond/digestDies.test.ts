import { describe, expect, it, vi } from 'vitest';
import { readDigest } from '../../shared/incident/digests.ts';
import { keys } from '../../shared/incident/keys.ts';
import { sweep } from '../../shared/respond/sweep.ts';
import { digest, hour, labOf, messagesOf } from './digestLab.ts';
import type { Lab } from './model/lab.ts';

let lab: Lab;

async function contained(...what: Parameters<typeof labOf>): Promise<void> {
  lab = await labOf(...what);
}

const told = () => lab.world.published;
const messages = () => messagesOf(lab);
async function sweepAfter(ms: number): Promise<void> {
  lab.pass(ms);
  await sweep(lab.effects);
}

describe('sweeps that die or overlap', () => {
  /** The calls of one sweep at the hour; before or after the n-th of them nothing comes back. */
  async function sweepDyingAt(n: number, when: 'before' | 'after'): Promise<boolean> {
    let calls = 0;
    const direct = lab.effects;
    let die = (): void => {};
    const died = new Promise<true>((resolve) => {
      die = () => resolve(true);
    });
    lab.effects = lab.world.effects(async (effect) => {
      calls += 1;
      if (calls !== n) return effect();
      if (when === 'after') await effect();
      die();
      return new Promise(() => {});
    });
    const ended = await Promise.race([sweep(lab.effects).then(() => false as const), died]);
    lab.effects = direct;
    return ended;
  }

  it.each(['before', 'after'] as const)('%s any call tell all of it, with the same text', async (when) => {
    let deaths = 0;
    for (let n = 1; ; n += 1) {
      await contained('digest', { digest });
      lab.pass(3 * hour);
      const died = await sweepDyingAt(n, when);
      for (const minutes of [1, 5, 60]) await sweepAfter((minutes / 60) * hour);
      const texts = told().map(({ subject, body, about }) => JSON.stringify([subject, body, about]));
      expect(new Set(texts).size).toBe(1);
      expect(texts.length).toBeLessThanOrEqual(2);
      expect((await lab.head()).outbox).toEqual([]);
      expect(await readDigest(lab.world.table, null)).toMatchObject({ state: 'done', day: '2026-11-20' });
      expect((await messages())[0]).toMatchObject({ toldIn: 'digest/-/2026-11-20' });
      if (!died) break;
      deaths += 1;
    }
    expect(deaths).toBeGreaterThan(10);
  });

  it('at the same moment tell once', async () => {
    await contained('digest', { digest });
    lab.pass(3 * hour);
    await Promise.all([sweep(lab.effects), sweep(lab.effects), sweep(lab.effects)]);
    expect(told()).toHaveLength(1);
  });

  it('leave it to the one that has written it, for two minutes', async () => {
    await contained('digest', { digest });
    lab.pass(3 * hour);
    const { publisher } = lab.effects;
    lab.with({ publisher: { publish: () => new Promise(() => {}) } });
    void sweep(lab.effects);
    await vi.waitFor(async () => expect(await readDigest(lab.world.table, null)).toMatchObject({ state: 'written' }));
    lab.with({ publisher });
    await sweepAfter(hour / 60);
    expect(told()).toEqual([]);
    await sweepAfter(hour / 60);
    expect(told()).toHaveLength(1);
  });

  it('leave what came while the digest was written for the next one', async () => {
    await contained('digest', { digest });
    lab.pass(3 * hour);
    const { publisher } = lab.effects;
    lab.with({ publisher: { publish: () => Promise.reject(new Error('cut off')) } });
    await expect(sweep(lab.effects)).rejects.toThrow('cut off');
    const [, message] = (await lab.head()).outbox.flatMap((one) => [one, { ...one, id: 'later' }]);
    const { id, sent: _sent, ...kept } = message ?? { id: '', sent: false };
    await lab.world.table.update(keys.head(lab.incident), {}, { set: { [`out:${id}`]: kept } });
    lab.with({ publisher });
    await sweepAfter(hour / 10);
    expect(told()).toHaveLength(1);
    expect((await lab.head()).outbox).toMatchObject([{ id: 'later' }]);
  });
});
