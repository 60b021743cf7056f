import { describe, expect, it } from 'vitest';
import { type PublishedPointer, publishedBefore, replacePointer } from '../../shared/incident/rulesets.ts';
import { Throttled } from '../../shared/platform/errors.ts';
import { brokenRule, guardWorld, prefix, ruleNames, ruleText } from './guardWorld.ts';

type Guarded = ReturnType<typeof guardWorld>;

/** Set 1 has rule a; set 2 has a with another order, and b. */
async function twoSets() {
  const world = guardWorld();
  world.write('rules/a', ruleText('a', '# as it was\n'));
  await world.run();
  world.write('rules/a', ruleText('a', 'order: 7\n'));
  world.write('rules/b', ruleText('b'));
  await world.run();
  return world;
}

async function versionsNow({ effects }: Guarded): Promise<PublishedPointer['versions']> {
  const all = await effects.parameters.below(prefix.slice(0, -1));
  return Object.fromEntries(all.map(({ name, version }) => [name, version]));
}

/** What `firebreak rules rollback` writes. */
async function backToFirst(world: Guarded): Promise<void> {
  const { table } = world.effects;
  const [now, first] = await publishedBefore(table);
  if (now === undefined || first?.sources === undefined) throw new Error('There are not two sets.');
  const { hash, sources } = first;
  const why = { kind: 'rollback', by: 'ann', reason: 'too loud', to: first.number } as const;
  const versions = await versionsNow(world);
  const at = '2026-11-20T11:00:00.000Z';
  await replacePointer(table, now, { hash, sources, versions, why, changes: [], publishedAt: at, restores: true });
}

describe('after an earlier set was brought back', () => {
  it('it decides at once, and the parameters are put back to what it was made from', async () => {
    const world = await twoSets();
    await backToFirst(world);
    expect(ruleNames(await world.set())).toEqual(['a']);
    await world.run();
    expect(world.parameter('rules/a')?.value).toBe(ruleText('a', '# as it was\n'));
    expect(world.parameter('rules/b')).toBeUndefined();
    expect(await world.run()).toEqual({ result: 'unchanged' });
    expect(await world.pointer()).toMatchObject({ number: 3, versions: { [`${prefix}rules/a`]: 3 } });
    expect((await world.pointer())?.restores).toBeUndefined();
    expect(world.status()).toMatch(/^Rule set 3 decides .*, back to set 1 by ann: too loud\.$/m);
  });

  it('nothing that is still written there is published meanwhile, however often it breaks off', async () => {
    const world = await twoSets();
    await backToFirst(world);
    const { parameters } = world.effects;
    const put = () => Promise.reject(new Throttled('SSM'));
    for (const _time of [1, 2]) {
      await expect(world.run({ parameters: { ...parameters, put } })).rejects.toThrow('SSM');
      expect(ruleNames(await world.set())).toEqual(['a']);
    }
    await world.run();
    await world.run();
    expect(await world.pointer()).toMatchObject({ number: 3 });
    expect(ruleNames(await world.set())).toEqual(['a']);
  });

  it('an edit that was never good is gone, too', async () => {
    const world = await twoSets();
    world.write('rules/a', brokenRule);
    await world.run();
    await backToFirst(world);
    await world.run();
    await world.run();
    expect(world.status()).toMatch(/^Rule set 3 decides/);
  });

  it('what a person writes, or deletes, afterwards stands', async () => {
    const world = await twoSets();
    await backToFirst(world);
    world.write('rules/a', ruleText('a', 'order: 9\n'));
    world.write('rules/c', ruleText('c'));
    world.remove('rules/b');
    await world.run();
    expect(world.parameter('rules/a')?.value).toBe(ruleText('a', 'order: 9\n'));
    expect(await world.run()).toEqual({ result: 'published', number: 4 });
    expect((await world.set()).rules.map(({ name, order }) => [name, order])).toEqual([
      ['a', 9],
      ['c', 100],
    ]);
    expect(world.removed).toEqual([]);
  });
});

describe('the sets that have decided', () => {
  it('are all there, the latest first, with what was different', async () => {
    const world = await twoSets();
    await backToFirst(world);
    const sets = await publishedBefore(world.effects.table);
    expect(sets.map(({ number, why, changes }) => [number, why?.kind, changes])).toEqual([
      [3, 'rollback', []],
      [2, 'edit', ['rule a: order is 7, was 100', 'rule b is new']],
      [1, 'edit', []],
    ]);
  });
});
