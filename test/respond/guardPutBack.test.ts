import { describe, expect, it } from 'vitest';
import { Throttled } from '../../shared/platform/errors.ts';
import type { GuardEffects } from '../../shared/respond/guard.ts';
import { rollback } from '../../shared/respond/rollback.ts';
import { parseRuleSet } from '../../shared/rules/storedSet.ts';
import { guardWorld, ruleText } from './guardWorld.ts';

const names = ['a', 'b', 'c'];
const text = (name: string, order: number) => ruleText(name, `order: ${order}\n`);

/** Sets 1 to 3: each has all rules with its number as their order. */
async function threeSets() {
  const world = guardWorld([]);
  const { parameters, actions } = world.effects;
  for (const order of [1, 2, 3]) {
    for (const name of names) world.write(`rules/${name}`, text(name, order));
    await world.run();
  }
  const effects = { ...world.effects, parse: (stored: string) => parseRuleSet(stored, actions) };
  return {
    ...world,
    parameters,
    back: (to: number) => rollback(effects, { to, by: 'bob', reason: 'too loud' }),
    runWith: (change: Partial<GuardEffects['parameters']>) => world.run({ parameters: { ...parameters, ...change } }),
    orders: async () => (await world.set()).rules.map(({ order }) => order),
    written: () => names.map((name) => world.parameter(`rules/${name}`)?.value),
  };
}

const once = (act: () => Promise<void> | void) => {
  let isDone = false;
  return async () => {
    if (!isDone) {
      isDone = true;
      await act();
    }
  };
};

describe('while the parameters of an earlier set are put back', () => {
  it.each([
    ['written', text('c', 9)],
    ['deleted', undefined],
  ])('one that a person has %s meanwhile stands', async (_how, theirs) => {
    const world = await threeSets();
    await world.back(1);
    const edit = once(() => {
      if (theirs === undefined) world.remove('rules/c');
      else world.write('rules/c', theirs);
    });
    const put = async (name: string, value: string) => {
      const version = await world.parameters.put(name, value);
      await edit();
      return version;
    };
    await world.runWith({ put });
    expect(world.written()).toEqual([text('a', 1), text('b', 1), theirs]);
    await world.run();
    expect(await world.orders()).toEqual(theirs === undefined ? [1, 1] : [1, 1, 9]);
  });

  it('one that is to be deleted, and that a person edits meanwhile, stands', async () => {
    const world = await threeSets();
    world.write('rules/d', ruleText('d'));
    await world.run();
    await world.back(1);
    const edit = once(() => void world.write('rules/d', text('d', 9)));
    const put = async (name: string, value: string) => {
      await edit();
      return world.parameters.put(name, value);
    };
    await world.runWith({ put });
    expect(world.parameter('rules/d')?.value).toBe(text('d', 9));
  });

  it('an edit in the very moment of a write is told, with where it is', async () => {
    const world = await threeSets();
    await world.back(1);
    const edit = once(() => void world.write('rules/a', text('a', 9)));
    const put = async (name: string, value: string) => {
      await edit();
      return world.parameters.put(name, value);
    };
    await world.runWith({ put });
    expect(world.notices.at(-1)?.body).toContain('rules/a was edited at the very moment');
  });

  it('another rollback ends it: what is put back is one set and not two', async () => {
    const world = await threeSets();
    await world.back(1);
    const overtake = once(async () => {
      await world.back(2);
      await world.run();
    });
    const put = async (name: string, value: string) => {
      const version = await world.parameters.put(name, value);
      await overtake();
      return version;
    };
    await world.runWith({ put });
    expect(world.written()).toEqual(names.map((name) => text(name, 2)));
    expect(await world.run()).toEqual({ result: 'unchanged' });
    expect(await world.orders()).toEqual([2, 2, 2]);
  });

  it('what was under way when the other rollback came is no edit of a person', async () => {
    const world = await threeSets();
    await world.back(1);
    const overtake = once(async () => void (await world.back(2)));
    const put = async (name: string, value: string) => {
      await overtake();
      return world.parameters.put(name, value);
    };
    await world.runWith({ put });
    // Nothing is written any more for the set that is not wanted any more.
    expect(world.written()).toEqual([text('a', 1), text('b', 3), text('c', 3)]);
    await world.run();
    expect(world.written()).toEqual(names.map((name) => text(name, 2)));
    expect((await world.pointer())?.interrupts).toBeUndefined();
  });
});

describe('a parameter that cannot be put back', () => {
  async function stuckWorld() {
    const world = await threeSets();
    await world.back(1);
    const refusal = Object.assign(new Error('no'), { name: 'ParameterMaxVersionLimitExceeded' });
    const put = (name: string, value: string) =>
      name.endsWith('/a') ? Promise.reject(refusal) : world.parameters.put(name, value);
    await world.runWith({ put });
    return { ...world, again: () => world.runWith({ put }) };
  }

  it('keeps none of the others, and the set that was brought back goes on deciding as it was', async () => {
    const world = await stuckWorld();
    expect(world.written()).toEqual([text('a', 3), text('b', 1), text('c', 1)]);
    expect(await world.again()).toEqual({ result: 'unchanged' });
    expect(await world.orders()).toEqual([1, 1, 1]);
    world.write('rules/b', text('b', 7));
    expect(await world.again()).toMatchObject({ result: 'published' });
    expect(await world.orders()).toEqual([1, 7, 1]);
    expect(await world.again()).toEqual({ result: 'unchanged' });
  });

  it('is told once, with the reason and the command', async () => {
    const world = await stuckWorld();
    await world.again();
    await world.again();
    expect(world.notices.map(({ subject }) => subject)).toEqual(['NO ACTION: rules not put back, Firebreak prod']);
    expect(world.notices[0]?.body).toContain('rules/a could not be put back (ParameterMaxVersionLimitExceeded)');
    expect(world.notices[0]?.body).toContain('To try again: firebreak rules rollback 4 --stage prod.');
  });

  it('is put back by that command once it can be', async () => {
    const world = await stuckWorld();
    await world.again();
    expect(await world.back(4)).toMatchObject({ kind: 'done', putsBack: ['rules/a'] });
    await world.run();
    await world.run();
    expect(world.written()).toEqual(names.map((name) => text(name, 1)));
    expect(world.status()).not.toContain('could not be put back');
  });

  it('counts again as soon as a person writes it anew, be it as its first version', async () => {
    const world = await stuckWorld();
    await world.again();
    world.remove('rules/a');
    world.write('rules/a', text('a', 5));
    expect(await world.again()).toMatchObject({ result: 'published' });
    expect(await world.orders()).toEqual([5, 1, 1]);
    expect(world.status()).not.toContain('could not be put back');
  });

  it('because AWS asks to slow down is tried again', async () => {
    const world = await threeSets();
    await world.back(1);
    const put = () => Promise.reject(new Throttled('SSM'));
    await expect(world.runWith({ put })).rejects.toThrow('SSM');
    await world.run();
    expect(world.written()).toEqual(names.map((name) => text(name, 1)));
  });
});
