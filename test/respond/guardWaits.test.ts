import { describe, expect, it } from 'vitest';
import { approveSet, readWaiting } from '../../shared/incident/waitingSets.ts';
import { archive, evidence } from '../plan/fakes.ts';
import { guardWorld, ruleText } from './guardWorld.ts';

const narrow = (type: string) =>
  `name: x\nwhen:\n  type: [${type}]\n  resource: { cluster: [test] }\ndo:\n  - image.archive\nmode: enforce\n`;
const wide = narrow('ImageScan').replace('  resource: { cluster: [test] }\n', '');
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
      dangers: ['rule x enforces, and takes much more than before: resource.cluster is not asked for any more'],
      changes: ['rule x: when.resource.cluster is not said, was ["test"]'],
      since: '2026-11-20T10:00:00.000Z',
    });
    expect(world.notices.map(({ subject }) => subject)).toEqual([asked]);
    expect(world.status()).toContain(`firebreak rules approve ${waiting?.hash.slice(0, 12)} --stage prod`);
    expect(world.status()).toContain('It may do harm: rule x enforces, and takes much more than before');
  });

  it('is live once a person has approved it, and the set says who', async () => {
    const world = await widenedWorld();
    await world.run();
    const waiting = await readWaiting(world.effects.table);
    expect(await approveSet(world.effects.table, waiting?.hash ?? '', approval)).toBe(true);
    expect(await world.run()).toEqual({ result: 'published', number: 2 });
    expect(await world.pointer()).toMatchObject({ why: { kind: 'approved', by: 'ann' } });
    expect(await readWaiting(world.effects.table)).toBeUndefined();
    expect(world.status()).toMatch(/^Rule set 2 decides .*, approved by ann\.$/m);
  });

  it('is approved as it was shown: what is edited afterwards waits again', async () => {
    const world = await widenedWorld();
    await world.run();
    const waiting = await readWaiting(world.effects.table);
    await approveSet(world.effects.table, waiting?.hash ?? '', approval);
    world.write('rules/x', wide.replace('ImageScan', 'SomethingElse'));
    expect(await world.run()).toMatchObject({ result: 'waiting' });
    expect((await readWaiting(world.effects.table))?.hash).not.toBe(waiting?.hash);
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
