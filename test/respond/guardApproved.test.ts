import { describe, expect, it } from 'vitest';
import { approveSet, noteWaiting, readWaiting, type WaitingSet } from '../../shared/incident/waitingSets.ts';
import { approveWaiting } from '../../shared/respond/approveSet.ts';
import { rollback } from '../../shared/respond/rollback.ts';
import { parseRuleSet } from '../../shared/rules/storedSet.ts';
import { archive, evidence } from '../plan/fakes.ts';
import { guardWorld } from './guardWorld.ts';

const narrow = `name: x\nwhen:\n  type: [ImageScan]\n  resource: { repository: [test] }\ndo:\n  - image.archive\nmode: enforce\n`;
const wide = narrow.replace('  resource: { repository: [test] }\n', '');
const ann = { by: 'ann', reason: 'meant', at: '2026-11-20T10:00:00.000Z' };
const actions = [evidence, archive];

/** A stage whose one rule is edited so that it takes much more, which waits. */
async function waitingWorld() {
  const world = guardWorld();
  const { table } = world.effects;
  const run = () => world.run({ actions });
  const waiting = async (): Promise<WaitingSet> => {
    const known = await readWaiting(table);
    if (known === undefined) throw new Error('Nothing waits.');
    return known;
  };
  world.write('rules/x', narrow);
  await run();
  world.write('rules/x', wide);
  await run();
  const back = (to = 1) =>
    rollback(
      { ...world.effects, parse: (text) => parseRuleSet(text, actions) },
      { to, by: 'bob', reason: 'it took production down' },
    );
  return { ...world, run, table, waiting, back };
}

describe('an approval', () => {
  it('is good for an edit that still waits over the same set', async () => {
    const world = await waitingWorld();
    const shown = await world.waiting();
    await approveSet(world.table, shown, ann);
    // A guard that looked before it was given notes what waits after it.
    await noteWaiting(world.table, shown, ann.at);
    expect(await world.run()).toEqual({ result: 'published', number: 2 });
  });

  it('is not good once another set was brought back before it was used', async () => {
    const world = await waitingWorld();
    world.write('rules/x', `${narrow}order: 7\n`);
    await world.run();
    world.write('rules/x', wide);
    await world.run();
    await approveSet(world.table, await world.waiting(), ann);
    expect(await world.back()).toMatchObject({ kind: 'done', number: 3 });
    await world.run();
    world.write('rules/x', wide);
    expect(await world.run()).toMatchObject({ result: 'waiting', waiting: { over: { number: 3 } } });
    world.pass(60);
    expect((await world.run()).result).toBe('waiting');
  });

  it('is not good any more once that was rolled back, however the same text comes back', async () => {
    const world = await waitingWorld();
    await approveSet(world.table, await world.waiting(), ann);
    await world.run();
    expect(await world.back()).toMatchObject({ kind: 'done', number: 3 });
    await world.run();
    expect(world.parameter('rules/x')?.value).toBe(narrow);
    world.pass(30 * 86_400);
    world.write('rules/x', wide);
    expect(await world.run()).toMatchObject({ result: 'waiting', waiting: { over: { number: 3 } } });
    expect(await world.pointer()).toMatchObject({ number: 3, why: { kind: 'rollback' } });
    await approveSet(world.table, await world.waiting(), { ...ann, by: 'bob' });
    expect(await world.run()).toEqual({ result: 'published', number: 4 });
  });

  it('is not good for the same edit over another set, published since', async () => {
    const world = await waitingWorld();
    const shown = await world.waiting();
    await approveSet(world.table, shown, ann);
    world.write('rules/x', `${narrow}order: 7\n`);
    expect(await world.run()).toEqual({ result: 'published', number: 2 });
    world.write('rules/x', wide);
    expect(await world.run()).toMatchObject({ result: 'waiting', waiting: { hash: shown.hash, over: { number: 2 } } });
  });

  it('ends with the edit: what is taken back and written again waits again', async () => {
    const world = await waitingWorld();
    await approveSet(world.table, await world.waiting(), ann);
    world.write('rules/x', narrow);
    expect(await world.run()).toEqual({ result: 'unchanged' });
    world.write('rules/x', wide);
    expect(await world.run()).toMatchObject({ result: 'waiting' });
  });

  it('of a set that a guard has noted with another number is refused, with the reason', async () => {
    const world = await waitingWorld();
    const shown = await world.waiting();
    const get: typeof world.table.get = async (key) => {
      const item = await world.table.get(key);
      await noteWaiting(world.table, { ...shown, over: { ...shown.over, number: 7 } }, '2026-11-21T10:00:00.000Z');
      return item;
    };
    const answer = await approveWaiting(
      { ...world.effects, table: { ...world.table, get } },
      { hash: shown.hash, ...ann },
    );
    expect(answer).toMatchObject({ kind: 'nothing', reason: expect.stringContaining('at this very moment') });
    expect(await world.waiting()).toMatchObject({ over: { number: 7 }, since: shown.since });
    expect((await world.run()).result).toBe('waiting');
  });

  it('cannot be given to what an earlier version has noted, until it is judged again', async () => {
    const world = await waitingWorld();
    const shown = await world.waiting();
    await world.table.update({ pk: 'ruleset', sk: 'waiting' }, {}, { remove: ['overHash', 'overNumber'] });
    expect(await approveWaiting(world.effects, { hash: shown.hash, ...ann })).toMatchObject({ kind: 'nothing' });
    await world.run();
    expect(await world.waiting()).toMatchObject({ over: { number: 1 } });
  });
});
