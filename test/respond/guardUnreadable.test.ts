import { describe, expect, it } from 'vitest';
import { approveSet, readWaiting } from '../../shared/incident/waitingSets.ts';
import { archive, evidence } from '../plan/fakes.ts';
import { guardWorld, ruleText } from './guardWorld.ts';

const narrow = `name: x\nwhen:\n  type: [ImageScan]\n  resource: { repository: [test] }\ndo:\n  - image.archive\nmode: enforce\n`;
const ann = { by: 'ann', reason: 'meant', at: '2026-11-20T10:00:00.000Z' };
const actions = [evidence, archive];

describe('an edit over a set that this version cannot read', () => {
  const old = { ...archive, name: 'image.other' };
  const everything = `name: all\nwhen: { account: [{ wildcard: "*" }] }\nowner: t\nreason: r\nexpires: 2027-01-01\n`;

  /** The set that decides says something that the next version does not obey. */
  async function upgradedWorld(text = ruleText('y')) {
    const world = guardWorld([]);
    world.write('rules/x', narrow);
    world.write('rules/y', text);
    await world.run({ actions: [...actions, old] });
    const { bodies } = world.effects;
    const { hash } = (await world.pointer()) ?? { hash: '' };
    const unreadable = async (asked: string): Promise<string> => {
      const body = await bodies.get(asked);
      return asked === hash ? JSON.stringify({ ...JSON.parse(body), since: 'another version' }) : body;
    };
    const effects = { actions, bodies: { ...bodies, get: unreadable } };
    return { ...world, run: (change = {}) => world.run({ ...effects, ...change }) };
  }

  it('is judged against what that set was made from: an exemption from everything waits', async () => {
    const world = await upgradedWorld();
    world.write('exemptions/all', everything);
    expect(await world.run()).toMatchObject({
      result: 'waiting',
      waiting: {
        dangers: [expect.stringContaining('exemption all')],
        changes: expect.arrayContaining(['exemption all is new']),
      },
    });
  });

  it('is live at once where it can do no harm, with what it changes', async () => {
    const world = await upgradedWorld();
    world.write('rules/y', ruleText('y', 'order: 7\n'));
    expect(await world.run()).toEqual({ result: 'published', number: 2 });
    expect(await world.pointer()).toMatchObject({
      why: { kind: 'edit' },
      changes: expect.arrayContaining([expect.stringContaining('rule y: order is 7')]),
    });
  });

  it('waits, with the reason, where that does not compile either; and is live once it is approved', async () => {
    const world = await upgradedWorld(ruleText('y').replace('evidence.take', 'image.other'));
    world.write('rules/y', ruleText('y'));
    expect(await world.run()).toMatchObject({
      result: 'waiting',
      waiting: { dangers: [expect.stringContaining('nobody can say what this edit changes')], changes: [] },
    });
    expect(world.status()).toContain('It may do harm: the set that decides cannot be read');
    expect(await world.pointer()).toMatchObject({ number: 1 });
    const waiting = await readWaiting(world.effects.table);
    if (waiting !== undefined) await approveSet(world.effects.table, waiting, ann);
    expect(await world.run()).toEqual({ result: 'published', number: 2 });
  });

  it.each([
    ['is not kept', { remove: ['sources'] }],
    ['is not all of it', { set: { versions: { '/firebreak/prod/rules/x': 1, '/firebreak/prod/rules/gone': 1 } } }],
  ])('waits where what that was made from %s', async (_how, change) => {
    const world = await upgradedWorld();
    await world.effects.table.update({ pk: 'ruleset', sk: 'current' }, {}, change);
    world.write('rules/y', ruleText('y', 'order: 7\n'));
    expect(await world.run()).toMatchObject({ result: 'waiting' });
  });

  it('is not judged while the bucket does not answer', async () => {
    const world = await upgradedWorld();
    world.write('rules/y', ruleText('y', 'order: 7\n'));
    const { hash } = (await world.pointer()) ?? {};
    const { bodies } = world.effects;
    const get = (asked: string) => (asked === hash ? Promise.reject(new Error('S3')) : bodies.get(asked));
    await expect(world.run({ bodies: { ...bodies, get } })).rejects.toThrow('S3');
    expect(await world.pointer()).toMatchObject({ number: 1 });
  });
});
