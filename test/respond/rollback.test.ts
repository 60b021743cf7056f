import { describe, expect, it } from 'vitest';
import { readWaiting } from '../../shared/incident/waitingSets.ts';
import { approveWaiting } from '../../shared/respond/approveSet.ts';
import { rollback } from '../../shared/respond/rollback.ts';
import { parseRuleSet } from '../../shared/rules/storedSet.ts';
import { archive, evidence } from '../plan/fakes.ts';
import { guardWorld, ruleNames, ruleText } from './guardWorld.ts';

type Guarded = ReturnType<typeof guardWorld>;
const by = { by: 'ann', reason: 'too loud' };
const caller = 'arn:aws:sts::123456789012:assumed-role/on-call/ann';

const effectsOf = ({ effects }: Guarded) => ({
  ...effects,
  stage: 'prod',
  parse: (text: string) => parseRuleSet(text, effects.actions),
});

async function twoSets() {
  const world = guardWorld();
  world.write('rules/a', ruleText('a'));
  await world.run();
  world.write('rules/b', ruleText('b'));
  await world.run();
  return world;
}

describe('going back to an earlier set', () => {
  it('makes it decide at once, says what that changes, and the parameters follow', async () => {
    const world = await twoSets();
    expect(await rollback(effectsOf(world), { to: undefined, ...by })).toEqual({
      kind: 'done',
      number: 3,
      from: 2,
      to: 1,
      changes: ['rule b is gone'],
      putsBack: ['rules/b'],
    });
    expect(ruleNames(await world.set())).toEqual(['a']);
    await world.run();
    expect(world.parameter('rules/b')).toBeUndefined();
  });

  it('goes forward again as well', async () => {
    const world = await twoSets();
    await rollback(effectsOf(world), { to: 1, ...by });
    await world.run();
    expect(await rollback(effectsOf(world), { to: 2, ...by, caller })).toMatchObject({
      number: 4,
      changes: ['rule b is new'],
    });
    expect((await world.pointer())?.why).toEqual({ kind: 'rollback', ...by, caller, to: 2 });
    await world.run();
    expect(world.parameter('rules/b')?.value).toBe(ruleText('b'));
  });

  it.each([
    [7, 'There is no rule set 7: those that there are have the numbers 1 to 2.'],
    [2, 'Rule set 2 decides already, and the parameters are what it was made from.'],
  ])('to %i does nothing, with the reason', async (to, reason) => {
    const world = await twoSets();
    expect(await rollback(effectsOf(world), { to, ...by })).toEqual({ kind: 'nothing', reason });
    expect((await world.pointer())?.number).toBe(2);
  });

  it('does nothing where another set is published meanwhile', async () => {
    const world = await twoSets();
    const effects = effectsOf(world);
    const below = async (path: string) => {
      world.write('rules/c', ruleText('c'));
      await world.run();
      return effects.parameters.below(path);
    };
    const answer = await rollback({ ...effects, parameters: { below } }, { to: 1, ...by });
    expect(answer).toMatchObject({ kind: 'nothing' });
    expect(ruleNames(await world.set())).toEqual(['a', 'b', 'c']);
  });

  it('refuses a set that this version would not obey to the letter', async () => {
    const world = await twoSets();
    const parse = (text: string) => parseRuleSet(text, []);
    await expect(rollback({ ...effectsOf(world), parse }, { to: 1, ...by })).rejects.toMatchObject({
      name: 'InvalidRules',
    });
    expect((await world.pointer())?.number).toBe(2);
  });

  it('does nothing before there is any, nor to what was published without its sources', async () => {
    const world = guardWorld();
    expect(await rollback(effectsOf(world), { to: 1, ...by })).toMatchObject({ kind: 'nothing' });
    const old = { hash: 'h', number: 1, previous: null, versions: {}, publishedAt: '2026-01-01T00:00:00.000Z' };
    await world.effects.table.putIfAbsent({ pk: 'ruleset', sk: 'current', ...old });
    await world.effects.table.putIfAbsent({ pk: 'ruleset', sk: 'set#00000000', ...old, number: 0 });
    expect(await rollback(effectsOf(world), { to: 0, ...by })).toMatchObject({
      reason: expect.stringContaining('did not keep what it was made from'),
    });
  });
});

describe('while an edit is not live', () => {
  const narrow = ruleText('a', 'mode: enforce\n').replace('evidence.take', 'image.archive');
  const refused = 'name: a\n';

  /** Set 2 decides; the edit after it is refused, or waits. */
  async function editedWorld(edit: string) {
    const world = guardWorld();
    const actions = [evidence, archive];
    const run = () => world.run({ actions });
    world.write('rules/a', ruleText('a'));
    await run();
    world.write('rules/a', narrow.replace('type: [ImageScan]', 'type: [ImageScan]\n  label: [high]'));
    await run();
    world.write('rules/a', edit);
    world.write('rules/new', ruleText('new'));
    const { result } = await run();
    const effects = { ...effectsOf(world), parse: (text: string) => parseRuleSet(text, actions) };
    return { ...world, run, result, back: (to: number | undefined) => rollback(effects, { to, ...by }) };
  }

  it.each([
    ['waiting', narrow],
    ['refused', refused],
  ])('(%s) the number that decides drops it, and that is what the notice names', async (result, edit) => {
    const world = await editedWorld(edit);
    expect(world.result).toBe(result);
    const command = 'To drop it: firebreak rules rollback 2 --stage prod, or undo the edit.';
    expect(world.status()).toContain(command);
    expect(world.notices.at(-1)?.body).toContain(command);
    const before = await world.pointer();
    expect(await world.back(2)).toEqual({
      kind: 'done',
      number: 3,
      from: 2,
      to: 2,
      changes: [],
      putsBack: ['rules/a', 'rules/new'],
    });
    expect(await world.pointer()).toMatchObject({ hash: before?.hash, number: 3, why: { kind: 'rollback', to: 2 } });
    await world.run();
    expect(await world.run()).toEqual({ result: 'unchanged' });
    expect(world.parameter('rules/a')?.value).toContain('label: [high]');
    expect(world.parameter('rules/new')).toBeUndefined();
    expect(world.status()).toMatch(/^Rule set 3 decides/);
    expect(await readWaiting(world.effects.table)).toBeUndefined();
  });

  it.each([narrow, refused])('without a number nothing happens: it says what either number would do', async (edit) => {
    const world = await editedWorld(edit);
    const answer = await world.back(undefined);
    expect(answer).toMatchObject({ kind: 'nothing' });
    expect(JSON.stringify(answer)).toMatch(/rules rollback 2 --stage prod\. .* rules rollback 1 --stage prod\./);
    expect((await world.pointer())?.number).toBe(2);
    expect(await world.back(1)).toMatchObject({ kind: 'done', to: 1, putsBack: ['rules/a', 'rules/new'] });
  });

  it('the number that is being put back is at work already', async () => {
    const world = await editedWorld(refused);
    await world.back(2);
    expect(await world.back(3)).toMatchObject({ reason: expect.stringContaining('are being put back') });
    expect(await world.back(undefined)).toMatchObject({ kind: 'done', to: 2 });
  });
});

describe('approving what waits', () => {
  const rule = 'name: x\nwhen:\n  type: [ImageScan]\n  label: [high]\ndo:\n  - image.archive\nmode: enforce\n';

  async function waitingWorld() {
    const world = guardWorld();
    const run = () => world.run({ actions: [evidence, archive] });
    world.write('rules/x', rule);
    await run();
    world.write('rules/x', rule.replace('  label: [high]\n', ''));
    const guarded = await run();
    if (guarded.result !== 'waiting') throw new Error('It does not wait.');
    return { ...world, run, hash: guarded.waiting.hash };
  }

  it('by as much of its hash as was shown lets it go live', async () => {
    const world = await waitingWorld();
    const asked = { hash: world.hash.slice(0, 12), ...by, caller };
    expect(await approveWaiting(world.effects, asked)).toMatchObject({ kind: 'approved' });
    expect(await approveWaiting(world.effects, asked)).toMatchObject({ kind: 'known' });
    expect((await world.run()).result).toBe('published');
    expect((await world.pointer())?.why).toEqual({ kind: 'approved', ...by, caller });
  });

  it.each(['', 'abc', '0123456789ab'])('by another hash (%j) does nothing', async (hash) => {
    const world = await waitingWorld();
    expect(await approveWaiting(world.effects, { hash, ...by })).toMatchObject({ kind: 'nothing' });
    expect((await world.run()).result).toBe('waiting');
  });

  it('does nothing where nothing waits', async () => {
    const world = await twoSets();
    const answer = await approveWaiting(world.effects, { hash: '0123456789ab', ...by });
    expect(answer).toEqual({ kind: 'nothing', reason: 'No edit waits for approval.' });
  });
});
