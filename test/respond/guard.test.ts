import { describe, expect, it } from 'vitest';
import { brokenRule, exemptionText, guardWorld, prefix, ruleNames, ruleText } from './guardWorld.ts';

describe('while nobody has put a rule into Parameter Store', () => {
  it('the packaged pack is published, once', async () => {
    const world = guardWorld();
    expect(await world.run()).toEqual({ result: 'published', number: 1 });
    expect(await world.pointer()).toMatchObject({ number: 1, versions: {}, publishedAt: '2026-11-20T10:00:00.000Z' });
    expect(ruleNames(await world.set())).toEqual(['packed']);
    expect(await world.run()).toEqual({ result: 'unchanged' });
    expect((await world.pointer())?.number).toBe(1);
  });

  it('exemptions and settings of people stand beside the rules of the pack, and win over its own', async () => {
    const world = guardWorld([
      { path: 'rules/packed', text: ruleText('packed') },
      { path: 'settings', text: 'quietHours: 24\n' },
    ]);
    world.write('settings', 'quietHours: 7\n');
    world.write('exemptions/base', exemptionText('base'));
    await world.run();
    const { settings, exemptions, ...set } = await world.set();
    expect(ruleNames({ settings, exemptions, ...set })).toEqual(['packed']);
    expect(settings.quietHours).toBe(7);
    expect(exemptions.map(({ name }) => name)).toEqual(['base']);
  });

  it('an upgrade that brings another pack, or another default mode, publishes it', async () => {
    const world = guardWorld();
    await world.run();
    expect(await world.run({ defaultMode: 'enforce' })).toEqual({ result: 'published', number: 2 });
    expect((await world.set()).rules[0]?.mode).toBe('enforce');
    const pack = [{ path: 'rules/newer', text: ruleText('newer') }];
    expect(await world.run({ pack })).toEqual({ result: 'published', number: 3 });
  });
});

describe('an edit', () => {
  it('stands beside the pack, and is published with the versions that it was read from', async () => {
    const world = guardWorld();
    const first = (await world.run()) && (await world.pointer());
    world.write('rules/mine', ruleText('mine'));
    expect(await world.run()).toEqual({ result: 'published', number: 2 });
    expect(ruleNames(await world.set())).toEqual(['mine', 'packed']);
    expect(await world.pointer()).toMatchObject({
      number: 2,
      previous: first?.hash,
      versions: { [`${prefix}rules/mine`]: 1, [`${prefix}rules/packed`]: 1 },
      why: { kind: 'edit' },
      changes: ['rule mine is new'],
    });
  });

  it('that changes nothing in effect is not published', async () => {
    const world = guardWorld();
    world.write('rules/mine', ruleText('mine'));
    await world.run();
    world.write('rules/mine', `# a comment\n${ruleText('mine')}`);
    expect(await world.run()).toEqual({ result: 'unchanged' });
  });

  it('that is broken leaves the last good set in force', async () => {
    const world = guardWorld();
    world.write('rules/x', ruleText('x'));
    await world.run();
    const good = await world.pointer();
    world.write('rules/x', brokenRule);
    expect(await world.run()).toMatchObject({ result: 'refused', problems: expect.any(Array) });
    expect(await world.pointer()).toEqual(good);
  });

  it('beside a broken one is not published either: nobody ever reads half of a set', async () => {
    const world = guardWorld();
    world.write('rules/x', ruleText('x'));
    await world.run();
    world.write('rules/x', brokenRule);
    world.write('rules/y', ruleText('y'));
    await world.run();
    expect(ruleNames(await world.set())).toEqual(['x']);
    world.write('rules/x', ruleText('x'));
    expect(await world.run()).toEqual({ result: 'published', number: 2 });
    expect(ruleNames(await world.set())).toEqual(['x', 'y']);
  });

  it('that is broken from the start publishes nothing at all, not even the pack', async () => {
    const world = guardWorld();
    world.write('rules/x', brokenRule);
    expect((await world.run()).result).toBe('refused');
    expect(await world.pointer()).toBeUndefined();
    expect(world.status()).toContain('No rule set decides: incidents are held.');
  });
});

describe('deleted parameters', () => {
  it('all of them: change nothing, and the status says so', async () => {
    const world = guardWorld();
    world.write('rules/mine', ruleText('mine'));
    world.write('settings', 'quietHours: 7\n');
    await world.run();
    const before = await world.pointer();
    world.remove('rules/mine');
    for (const path of ['settings', 'status']) {
      expect(await world.run()).toEqual({ result: 'unchanged' });
      expect(await world.pointer()).toEqual(before);
      expect(world.status()).toMatch(
        /^Rule set 1 decides.*\nAll rule parameters are gone\. The last rules go on deciding/,
      );
      world.remove(path);
    }
  });

  it('one of several: takes that rule out', async () => {
    const world = guardWorld();
    world.write('rules/a', ruleText('a'));
    world.write('rules/b', ruleText('b'));
    await world.run();
    world.remove('rules/a');
    expect(await world.run()).toEqual({ result: 'published', number: 2 });
    expect(ruleNames(await world.set())).toEqual(['b']);
  });
});

describe('what is no rule source', () => {
  it('is not read: the stack, the status, and what has another name', async () => {
    const world = guardWorld();
    for (const path of ['stack', 'status', 'rule/x', 'rules/team/x', 'Settings', 'settings/x']) world.write(path, '{{');
    expect((await world.run()).result).toBe('published');
    expect(ruleNames(await world.set())).toEqual(['packed']);
  });

  it('is named in the status, unless it is ours: a slip in a name is no silence', async () => {
    const world = guardWorld();
    for (const path of ['stack', 'rules/team/x']) world.write(path, ruleText('x'));
    await world.run();
    expect(world.status()).toMatch(/Not read.*: \/firebreak\/prod\/rules\/team\/x$/);
    expect(world.status()).not.toContain('/stack');
  });

  it('of the channels is not named, nor read: they are no part of the rules', async () => {
    const world = guardWorld();
    for (const path of ['channels', 'channels-status', 'channel']) world.write(path, '{{');
    expect((await world.run()).result).toBe('published');
    expect(world.status()).toMatch(/Not read.*: \/firebreak\/prod\/channel$/);
  });
});
