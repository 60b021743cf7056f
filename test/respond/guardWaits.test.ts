import { describe, expect, it } from 'vitest';
import { asOnePush } from '../../shared/incident/pushing.ts';
import { approveSet, readWaiting, type WaitingSet } from '../../shared/incident/waitingSets.ts';
import { archive, evidence } from '../plan/fakes.ts';
import { guardWorld, ruleText } from './guardWorld.ts';

const narrow = (type: string) =>
  `name: x\nwhen:\n  type: [${type}]\n  resource: { repository: [test] }\ndo:\n  - image.archive\nmode: enforce\n`;
const wide = narrow('ImageScan').replace('  resource: { repository: [test] }\n', '');
const approval = { by: 'ann', reason: 'meant', at: '2026-11-20T10:00:00.000Z' };

/** A stage with a rule that changes something, edited so that it takes much more. */
async function widenedWorld() {
  const world = guardWorld();
  const effects = { actions: [evidence, archive] };
  const run = () => world.run(effects);
  world.write('rules/x', narrow('ImageScan'));
  await run();
  world.write('rules/x', wide);
  return { ...world, run };
}

/** Ann approves what waits now. */
async function approve({ effects: { table } }: Pick<ReturnType<typeof guardWorld>, 'effects'>): Promise<WaitingSet> {
  const waiting = await readWaiting(table);
  if (waiting === undefined) throw new Error('Nothing waits.');
  expect(await approveSet(table, waiting, approval)).toBe('approved');
  return waiting;
}

const asked = 'NO ACTION: rule edit waits for your approval, Firebreak prod';

describe('an edit that may do harm', () => {
  it('waits, while the last set goes on deciding, and its owner is told once', async () => {
    const world = await widenedWorld();
    expect(await world.run()).toMatchObject({ result: 'waiting' });
    world.pass(60);
    await world.run();
    expect(await world.pointer()).toMatchObject({ number: 1 });
    const waiting = await readWaiting(world.effects.table);
    expect(waiting).toMatchObject({
      dangers: ['rule x enforces, and takes much more than before: resource.repository is not asked for any more'],
      changes: ['rule x: when.resource.repository is not said, was ["test"]'],
      since: '2026-11-20T10:00:00.000Z',
    });
    expect(world.notices.map(({ subject }) => subject)).toEqual([asked]);
    expect(world.status()).toContain(`firebreak rules approve ${waiting?.hash.slice(0, 12)} --stage prod`);
    expect(world.status()).toContain('It may do harm: rule x enforces, and takes much more than before');
  });

  it('is live once a person has approved it, and the set says who', async () => {
    const world = await widenedWorld();
    await world.run();
    await approve(world);
    expect(await world.run()).toEqual({ result: 'published', number: 2 });
    expect(await world.pointer()).toMatchObject({ why: { kind: 'approved', by: 'ann', reason: 'meant' } });
    expect(await readWaiting(world.effects.table)).toBeUndefined();
    expect(world.status()).toMatch(/^Rule set 2 decides .*, approved by ann\.$/m);
  });

  it('is approved as it was shown: what is edited afterwards waits again', async () => {
    const world = await widenedWorld();
    await world.run();
    const waiting = await approve(world);
    world.write('rules/x', wide.replace('ImageScan', 'SomethingElse'));
    expect(await world.run()).toMatchObject({ result: 'waiting' });
    expect((await readWaiting(world.effects.table))?.hash).not.toBe(waiting.hash);
    world.pass(60);
    expect(await world.run()).toMatchObject({ result: 'waiting' });
  });

  it('waits no more once it is taken back', async () => {
    const world = await widenedWorld();
    await world.run();
    world.write('rules/x', narrow('ImageScan'));
    expect(await world.run()).toEqual({ result: 'unchanged' });
    expect(await readWaiting(world.effects.table)).toBeUndefined();
    expect(world.status()).not.toContain('waits');
  });

  it('holds back what was edited beside it, and that is said', async () => {
    const world = await widenedWorld();
    world.write('rules/y', ruleText('y'));
    expect(await world.run()).toMatchObject({ result: 'waiting', waiting: { changes: { length: 2 } } });
    expect((await world.set()).rules.map(({ name }) => name)).toEqual(['x']);
  });
});

describe('a set without any rule', () => {
  it('waits for a person where there is one with rules', async () => {
    const world = guardWorld();
    // The pack decides and could not be put; the next version ships settings alone.
    const create = () => Promise.reject(new Error('SSM'));
    await expect(world.run({ parameters: { ...world.effects.parameters, create } })).rejects.toThrow('SSM');
    const pack = [{ path: 'settings', text: 'quietHours: 7\n' }];
    expect(await world.run({ pack })).toMatchObject({
      result: 'waiting',
      waiting: { dangers: ['no rule is left: nothing would be contained any more, and nobody told of a finding'] },
    });
    expect((await world.set()).rules).toHaveLength(1);
  });
});

describe('an edit that contains less and does not wait', () => {
  it.each([
    ['rules/x', narrow('ImageScan').replace('enforce', 'observe'), 'rule x observes, and changes nothing any more'],
    ['settings', 'observeOnly: true\n', 'settings have observeOnly true: every rule observes, nothing is changed'],
  ])('is live, and told once: %s', async (path, text, sentence) => {
    const world = guardWorld();
    const run = () => world.run({ actions: [evidence, archive] });
    world.write('rules/x', narrow('ImageScan'));
    await run();
    world.write(path, text);
    expect(await run()).toEqual({ result: 'published', number: 2 });
    world.pass(60);
    await run();
    expect(world.notices).toMatchObject([
      { subject: 'NO ACTION: rules contain less, Firebreak prod', body: expect.stringContaining(sentence) },
    ]);
    expect(world.status()).toContain(`Since rule set 2 less is contained: ${sentence}.`);
  });
});

describe('edits that come one after the other', () => {
  it('are waited for, so that none is published half', async () => {
    const world = guardWorld();
    world.write('rules/x', ruleText('x'));
    await world.run();
    world.write('rules/x', ruleText('x', 'order: 7\n'));
    world.age('rules/x', 1);
    expect(await world.run()).toEqual({ result: 'published', number: 2 });
    expect(world.waited()).toBe(5000);
  });

  it('are published at last, though they never end', async () => {
    const world = guardWorld();
    world.write('rules/x', ruleText('x'));
    await world.run();
    world.write('rules/x', ruleText('x', 'order: 7\n'));
    world.age('rules/x', -3600);
    expect(await world.run()).toEqual({ result: 'published', number: 2 });
    expect(world.waited()).toBe(20_000);
  });

  it('are waited for after a deletion too: a rule that is renamed is not gone in between', async () => {
    const world = guardWorld();
    world.write('rules/old', ruleText('old'));
    world.write('rules/z', ruleText('z'));
    await world.run();
    world.remove('rules/old');
    let waits = 0;
    const wait = async (ms: number) => {
      waits += 1;
      if (waits === 1) world.write('rules/new', ruleText('new'));
      await world.effects.wait(ms);
    };
    expect(await world.run({ wait })).toEqual({ result: 'published', number: 2 });
    expect(world.waited()).toBe(5000);
    expect((await world.set()).rules.map(({ name }) => name)).toEqual(['new', 'z']);
  });

  it('are not published as long as somebody is in the middle of pushing them', async () => {
    const world = guardWorld();
    const { table, clock } = world.effects;
    world.write('rules/x', ruleText('x'));
    await world.run();
    await asOnePush({ table, clock, newId: () => 'push' }, 90, async () => {
      world.write('rules/x', ruleText('x', 'order: 7\n'));
      expect(await world.run()).toEqual({ result: 'unchanged' });
      expect(world.waited()).toBe(20_000);
      world.write('rules/y', ruleText('y'));
    });
    expect(await world.run()).toEqual({ result: 'published', number: 2 });
    expect((await world.set()).rules).toHaveLength(2);
  });

  it('are not waited for again once a deletion is known', async () => {
    const world = guardWorld();
    world.write('rules/old', ruleText('old'));
    world.write('rules/z', ruleText('z'));
    await world.run();
    const rests = {};
    world.remove('rules/old');
    world.write('rules/z', 'name: z\n');
    await world.run({ rests });
    world.pass(30);
    const before = world.waited();
    await world.run({ rests });
    expect(world.waited()).toBe(before);
  });

  it('are not waited for while nothing decides', async () => {
    const world = guardWorld();
    world.write('rules/x', ruleText('x'));
    world.age('rules/x', 0);
    await world.run();
    expect(world.waited()).toBe(0);
  });
});

describe('the label of the versions that decide', () => {
  it('is put on them, and put back where somebody has moved it', async () => {
    const world = guardWorld();
    world.write('rules/x', ruleText('x'));
    await world.run();
    const name = '/firebreak/prod/rules/x';
    expect([...world.labels]).toEqual([[name, 1]]);
    world.write('rules/x', 'name: x\n');
    await world.run();
    expect(world.labels.get(name)).toBe(1);
    world.labels.set(name, 2);
    await world.run();
    expect(world.labels.get(name)).toBe(1);
  });

  it('that cannot be moved keeps nothing from being published', async () => {
    const world = guardWorld();
    world.write('rules/x', ruleText('x'));
    const label = () => Promise.reject(new Error('SSM'));
    const { parameters } = world.effects;
    expect(await world.run({ parameters: { ...parameters, label } })).toEqual({ result: 'published', number: 1 });
    expect(JSON.stringify(world.lines)).toContain('could not be moved');
  });
});
