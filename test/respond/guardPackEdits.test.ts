import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../shared/platform/hash.ts';
import type { GuardEffects } from '../../shared/respond/guard.ts';
import { readPackRecord } from '../../shared/respond/guardSeed.ts';
import { guardWorld, prefix, ruleText } from './guardWorld.ts';

const shipped = (name: string, rest = '') => ({ path: `rules/${name}`, text: ruleText(name, rest) });
const first = [shipped('a'), shipped('b')];
const second = [shipped('a', 'order: 50\n'), shipped('b'), shipped('c')];
const theirs = ruleText('a', 'order: 3\n');

/** A stage on which the first pack was put, and whose next guard brings the second. */
async function beforeUpgrade() {
  const world = guardWorld(first);
  await world.run();
  await world.run();
  const { parameters } = world.effects;
  const upgrade = (change: Partial<GuardEffects['parameters']> = {}) =>
    world.run({ pack: second, parameters: { ...parameters, ...change } });
  /** Whatever is done right before the guard reads all parameters for the n-th time. */
  const beforeRead = (nth: number, act: () => void) => {
    let reads = 0;
    return async (path: string) => {
      reads += 1;
      if (reads === nth) act();
      return parameters.below(path);
    };
  };
  return { ...world, parameters, upgrade, beforeRead };
}

describe('an upgrade of the pack and a person at the same time', () => {
  it('an edit between the two reads stands, and is published', async () => {
    const world = await beforeUpgrade();
    const below = world.beforeRead(2, () => world.write('rules/a', theirs));
    expect(await world.upgrade({ below })).toEqual({ result: 'unchanged' });
    expect(world.parameter('rules/a')).toMatchObject({ value: theirs, version: 2 });
    await world.upgrade();
    expect((await world.set()).rules.map(({ name, order }) => [name, order])).toContainEqual(['a', 3]);
  });

  it('a deletion between the two reads stands', async () => {
    const world = await beforeUpgrade();
    const below = world.beforeRead(2, () => world.remove('rules/a'));
    await world.upgrade({ below });
    await world.upgrade();
    expect(world.parameter('rules/a')).toBeUndefined();
    expect((await world.set()).rules.map(({ name }) => name)).toEqual(['b', 'c']);
  });

  it.each([
    ['written', () => theirs],
    ['deleted', () => undefined],
  ])('one that is %s after the set was published stands', async (_how, edit) => {
    const world = await beforeUpgrade();
    const text = edit();
    const read = async (name: string) => {
      if (text === undefined) world.remove('rules/a');
      else world.write('rules/a', text);
      return world.parameters.read(name);
    };
    expect(await world.upgrade({ read })).toMatchObject({ result: 'published' });
    expect(world.parameter('rules/a')?.value).toBe(text);
    await world.upgrade();
    expect(world.parameter('rules/a')?.value).toBe(text);
  });

  it('the hash of what is theirs is not noted as put', async () => {
    const world = await beforeUpgrade();
    const read = async (name: string) => {
      world.write('rules/a', theirs);
      return world.parameters.read(name);
    };
    await world.upgrade({ read });
    expect((await readPackRecord(world.effects.table))?.put['rules/a']).toBe(sha256Hex(ruleText('a')));
  });

  it('a rule that a person writes under the name of a new default stands', async () => {
    const world = await beforeUpgrade();
    const create = async (name: string, value: string) => {
      world.write('rules/c', ruleText('c', 'order: 4\n'));
      return world.parameters.create(name, value);
    };
    await world.upgrade({ create });
    expect(world.parameter('rules/c')?.value).toContain('order: 4');
    await world.upgrade();
    expect(world.parameter('rules/c')?.value).toContain('order: 4');
  });

  it('nothing is put while the set is refused', async () => {
    const world = await beforeUpgrade();
    world.write('rules/mine', 'name: mine\n');
    expect(await world.upgrade()).toMatchObject({ result: 'refused' });
    expect(world.parameter('rules/a')?.version).toBe(1);
    expect(world.parameter('rules/c')).toBeUndefined();
    world.remove('rules/mine');
    await world.upgrade();
    expect(world.parameter('rules/a')?.value).toContain('order: 50');
  });

  it('an edit in the very moment of the write is told, with where it is', async () => {
    const world = await beforeUpgrade();
    const put = async (name: string, value: string) => {
      if (name.endsWith('/a')) world.write('rules/a', theirs);
      return world.parameters.put(name, value);
    };
    await world.upgrade({ put });
    const notice = world.notices.find(({ subject }) => subject.includes('your edit was written over'));
    expect(notice?.body).toContain(`${prefix}rules/a was edited at the very moment`);
    expect(notice?.body).toContain('get-parameter-history');
  });

  it('a deletion in the very moment of the write stands', async () => {
    const world = await beforeUpgrade();
    const put = async (name: string, value: string) => {
      if (name.endsWith('/a')) world.remove('rules/a');
      return world.parameters.put(name, value);
    };
    await world.upgrade({ put });
    expect(world.parameter('rules/a')).toBeUndefined();
    expect(world.notices.map(({ subject }) => subject).join()).not.toContain('written over');
  });
});
