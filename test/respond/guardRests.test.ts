import { describe, expect, it, vi } from 'vitest';
import type { GuardEffects } from '../../shared/respond/guard.ts';
import type { Rests } from '../../shared/respond/guardRests.ts';
import { brokenRule, exemptionText, guardWorld, prefix, ruleNames, ruleText } from './guardWorld.ts';

/** A function that stays warm, and has nothing left to do. */
async function restingWorld() {
  const world = guardWorld();
  const rests: Rests = {};
  world.write('rules/mine', ruleText('mine'));
  const run = (change: Partial<GuardEffects> = {}) => world.run({ rests, ...change });
  for (let n = 0; n < 4; n += 1) await run();
  /** Runs it and tells what it read: of the table, and whether it looked for labels. */
  const looked = async (change: Partial<GuardEffects> = {}) => {
    const table = { ...world.effects.table, get: vi.fn(world.effects.table.get) };
    const parameters = { ...world.effects.parameters, labelled: vi.fn(world.effects.parameters.labelled) };
    const guarded = await run({ table, parameters, ...change });
    return { guarded, reads: table.get.mock.calls.length, labels: parameters.labelled.mock.calls.length };
  };
  return { ...world, run, looked };
}

describe('a guard that found nothing to do', () => {
  it('reads the pointer and the parameters the next time, and nothing else while both are as they were', async () => {
    const world = await restingWorld();
    expect(await world.looked()).toEqual({ guarded: { result: 'unchanged' }, reads: 1, labels: 0 });
  });

  it('sees an edit at once', async () => {
    const world = await restingWorld();
    world.write('rules/mine', ruleText('mine', 'order: 5\n'));
    expect(await world.run()).toMatchObject({ result: 'published' });
  });

  it('sees a parameter that was deleted and made again, though its version is 1 as before', async () => {
    const world = await restingWorld();
    world.remove('rules/mine');
    world.write('rules/mine', ruleText('mine', 'order: 5\n'));
    expect(world.parameter('rules/mine')?.version).toBe(1);
    expect(await world.run()).toMatchObject({ result: 'published' });
  });

  it('sees that another has published, also one that died before it said so', async () => {
    const world = await restingWorld();
    world.write('rules/other', ruleText('other'));
    const parameters = { ...world.effects.parameters, put: () => Promise.reject(new Error('it died')) };
    await world.run({ rests: {}, parameters }).catch(() => {});
    world.remove('rules/other');
    expect(ruleNames(await world.set())).toContain('other');
    expect(await world.run()).toMatchObject({ result: 'published' });
    expect(ruleNames(await world.set())).not.toContain('other');
  });

  it('sees a status that somebody wrote over', async () => {
    const world = await restingWorld();
    world.write('status', 'all is well');
    await world.run();
    expect(world.status()).toContain('decides');
  });

  it('looks in full after ten minutes: a label that somebody moved is put back', async () => {
    const world = await restingWorld();
    world.labels.delete(`${prefix}rules/mine`);
    world.pass(599);
    await world.run();
    expect(world.labels.has(`${prefix}rules/mine`)).toBe(false);
    world.pass(1);
    await world.run();
    expect(world.labels.get(`${prefix}rules/mine`)).toBe(1);
  });
});

describe('a guard does not rest', () => {
  it('while an edit is refused', async () => {
    const world = await restingWorld();
    world.write('rules/x', brokenRule);
    for (const _ of [1, 2, 3]) expect(await world.run()).toMatchObject({ result: 'refused' });
  });

  it('while an end of an exemption is left to be told', async () => {
    const world = await restingWorld();
    world.write('exemptions/base', exemptionText('base').replace('2027-01-01', '2026-11-22'));
    const notify = () => Promise.reject(new Error('SNS'));
    for (const _ of [1, 2, 3]) await world.run({ notify }).catch(() => {});
    expect((await world.looked({ notify })).reads).toBeGreaterThan(1);
    world.pass(121);
    await world.run();
    expect(world.notices.at(-1)?.subject).toContain('exemptions end soon');
  });

  it('while a label is left to be moved', async () => {
    const world = await restingWorld();
    world.labels.clear();
    world.pass(600);
    const parameters = { ...world.effects.parameters, label: () => Promise.reject(new Error('Throttled')) };
    await world.run({ parameters });
    await world.run();
    expect(world.labels.get(`${prefix}rules/mine`)).toBe(1);
  });
});
