import { describe, expect, it } from 'vitest';
import { brokenRule, guardWorld, prefix, ruleNames, ruleText } from './guardWorld.ts';

describe('two guards at once', () => {
  it('publish once', async () => {
    const world = guardWorld();
    world.write('rules/x', ruleText('x'));
    const results = await Promise.all([world.run(), world.run()]);
    expect(results.map(({ result }) => result).toSorted()).toEqual(['published', 'unchanged']);
    expect((await world.pointer())?.number).toBe(1);
    world.write('rules/x', ruleText('x', 'mode: enforce\n'));
    await Promise.all([world.run(), world.run(), world.run()]);
    expect((await world.pointer())?.number).toBe(2);
  });

  it.each([1, 2])('the one that read before an edit never replaces it (overtaken after read %i)', async (overtaken) => {
    const world = guardWorld();
    world.write('rules/x', ruleText('x'));
    await world.run();
    world.write('rules/x', ruleText('x', 'order: 7\n'));
    const { parameters } = world.effects;
    let reads = 0;
    const below = async (path: string) => {
      const found = await parameters.below(path);
      reads += 1;
      if (reads === overtaken) {
        world.write('rules/x', ruleText('x', 'order: 9\n'));
        await world.run();
      }
      return found;
    };
    expect(await world.run({ parameters: { ...parameters, below } })).toEqual({ result: 'unchanged' });
    expect((await world.set()).rules[0]?.order).toBe(9);
  });
});

describe('an edit while the pages are read', () => {
  it('is not published half: what was read must be there once more', async () => {
    const world = guardWorld();
    world.write('rules/a', ruleText('a'));
    await world.run();
    const { parameters } = world.effects;
    // The second page comes after the edit, the first came before it.
    const torn = async (path: string) => {
      const first = await parameters.below(path);
      world.write('exemptions/e', brokenRule);
      world.write('rules/b', ruleText('b'));
      return [...first, ...(await parameters.below(path)).filter(({ name }) => name === `${prefix}rules/b`)];
    };
    let reads = 0;
    const below = (path: string) => {
      reads += 1;
      return reads === 1 ? torn(path) : parameters.below(path);
    };
    expect(await world.run({ parameters: { ...parameters, below } })).toEqual({ result: 'unchanged' });
    expect(ruleNames(await world.set())).toEqual(['a']);
  });
});

describe('what cannot be read or written', () => {
  it('Parameter Store: throws, and nothing is changed', async () => {
    const world = guardWorld();
    world.write('rules/x', ruleText('x'));
    await world.run();
    const before = [await world.pointer(), world.status()];
    const below = () => Promise.reject(new Error('SSM'));
    await expect(world.run({ parameters: { ...world.effects.parameters, below } })).rejects.toThrow('SSM');
    expect([await world.pointer(), world.status()]).toEqual(before);
  });

  it('the published pointer: throws InvalidRules, and nothing is put over it', async () => {
    const world = guardWorld();
    const key = { pk: 'ruleset', sk: 'current' };
    await world.effects.table.putIfAbsent({ ...key, hash: 7 });
    await expect(world.run()).rejects.toMatchObject({ name: 'InvalidRules' });
    expect(await world.effects.table.get(key)).toEqual({ ...key, hash: 7 });
  });

  it('the body of the new set: throws, and the last set goes on deciding', async () => {
    const world = guardWorld();
    await world.run();
    const before = await world.pointer();
    world.write('rules/x', ruleText('x'));
    const put = () => Promise.reject(new Error('S3'));
    await expect(world.run({ bodies: { ...world.effects.bodies, put } })).rejects.toThrow('S3');
    expect(await world.pointer()).toEqual(before);
  });

  it('the status: the set is published all the same, and the next guard writes it', async () => {
    const world = guardWorld();
    const put = () => Promise.reject(new Error('SSM'));
    await expect(world.run({ parameters: { ...world.effects.parameters, put } })).rejects.toThrow('SSM');
    expect((await world.pointer())?.number).toBe(1);
    expect(await world.run()).toEqual({ result: 'unchanged' });
    expect(world.status()).toMatch(/^Rule set 1 decides/);
  });
});
