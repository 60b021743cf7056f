import { describe, expect, it } from 'vitest';
import { guardWorld, prefix, ruleNames, ruleText } from './guardWorld.ts';

const shipped = (name: string, rest = '') => ({ path: `rules/${name}`, text: ruleText(name, rest) });
const first = [shipped('a'), shipped('b'), { path: 'settings', text: 'quietHours: 24\n' }];

/** A stage on which the pack was put. */
async function seededWorld() {
  const world = guardWorld(first);
  await world.run();
  await world.run();
  return world;
}

const rulesPut = (world: ReturnType<typeof guardWorld>) => world.puts.filter((path) => path !== 'status');

describe('the shipped pack', () => {
  it('decides at once, and is put where people can edit it, once', async () => {
    const world = guardWorld(first);
    expect(await world.run()).toEqual({ result: 'published', number: 1 });
    expect(ruleNames(await world.set())).toEqual(['a', 'b']);
    expect(rulesPut(world)).toEqual(['rules/a', 'rules/b', 'settings']);
    expect(await world.run()).toEqual({ result: 'unchanged' });
    await world.run();
    expect(rulesPut(world)).toHaveLength(3);
    expect(world.parameter('rules/a')).toMatchObject({ value: first[0]?.text, version: 1 });
    expect((await world.pointer())?.versions).toEqual({
      [`${prefix}rules/a`]: 1,
      [`${prefix}rules/b`]: 1,
      [`${prefix}settings`]: 1,
    });
  });

  it('is put whole although the first attempt broke off', async () => {
    const world = guardWorld(first);
    const { parameters } = world.effects;
    const create = (name: string, value: string) =>
      name.endsWith('/b') ? Promise.reject(new Error('SSM')) : parameters.create(name, value);
    await expect(world.run({ parameters: { ...parameters, create } })).rejects.toThrow('SSM');
    expect(ruleNames(await world.set())).toEqual(['a', 'b']);
    await world.run();
    expect(rulesPut(world)).toEqual(['rules/a', 'rules/b', 'settings']);
    expect(ruleNames(await world.set())).toEqual(['a', 'b']);
    expect(world.status()).not.toContain('was not put here');
  });

  it('is not put beside rules that were there before, and the status says so', async () => {
    const world = guardWorld(first);
    world.write('rules/mine', ruleText('mine'));
    await world.run();
    await world.run();
    expect(rulesPut(world)).toEqual([]);
    expect(ruleNames(await world.set())).toEqual(['mine']);
    expect(world.status()).toContain('The shipped pack was not put here');
  });

  it('whose rule a person deleted does not come back', async () => {
    const world = await seededWorld();
    world.remove('rules/a');
    await world.run();
    await world.run();
    expect(ruleNames(await world.set())).toEqual(['b']);
    expect(world.parameter('rules/a')).toBeUndefined();
  });

  it('is not put back after all rules were deleted: the last ones go on deciding', async () => {
    const world = await seededWorld();
    for (const path of ['rules/a', 'rules/b']) world.remove(path);
    await world.run({ pack: [...first, shipped('c')] });
    expect(ruleNames(await world.set())).toEqual(['a', 'b']);
    expect(world.parameter('rules/c')).toBeUndefined();
  });
});

describe('a later version of the pack', () => {
  const second = [shipped('a', 'order: 7\n'), shipped('b', 'order: 8\n'), shipped('c'), ...first.slice(2)];

  it('brings new and changed defaults, where nobody has edited them', async () => {
    const world = await seededWorld();
    expect(await world.run({ pack: second })).toEqual({ result: 'published', number: 2 });
    expect((await world.set()).rules.map(({ name, order }) => [name, order])).toEqual([
      ['a', 7],
      ['b', 8],
      ['c', 100],
    ]);
    expect(world.parameter('rules/a')?.value).toContain('order: 7');
    expect(await world.run({ pack: second })).toEqual({ result: 'unchanged' });
  });

  it('never touches what was edited: it says what it left, and why', async () => {
    const world = await seededWorld();
    world.write('rules/a', ruleText('a', 'order: 3\n'));
    world.write('rules/c', ruleText('c', 'order: 4\n'));
    await world.run();
    await world.run({ pack: second });
    const orders = (await world.set()).rules.map(({ name, order }) => [name, order]);
    expect(orders).toEqual([
      ['a', 3],
      ['b', 8],
      ['c', 4],
    ]);
    expect(world.parameter('rules/a')?.value).toContain('order: 3');
    expect(world.status()).toContain(
      'Left as it is: rules/a was edited, so that the default that this version changes was not put over it.',
    );
    expect(world.status()).toContain('Left as it is: rules/c is yours: the shipped rule of that name');
    await world.run({ pack: second });
    expect(world.parameter('rules/a')?.value).toContain('order: 3');
  });

  it('says nothing of an edit whose default has not changed', async () => {
    const world = await seededWorld();
    world.write('rules/a', ruleText('a', 'order: 3\n'));
    await world.run();
    expect(world.status()).not.toContain('Left as it is');
    expect((await world.set()).rules[0]?.order).toBe(3);
  });

  it('follows again once the edit is taken back', async () => {
    const world = await seededWorld();
    world.write('rules/a', ruleText('a', 'order: 3\n'));
    await world.run();
    world.write('rules/a', ruleText('a'));
    await world.run();
    await world.run({ pack: second });
    expect(world.parameter('rules/a')?.value).toContain('order: 7');
  });
});
