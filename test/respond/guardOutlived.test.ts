import { describe, expect, it } from 'vitest';
import { rollback } from '../../shared/respond/rollback.ts';
import { parseRuleSet } from '../../shared/rules/storedSet.ts';
import { exemptionText, guardWorld, prefix, ruleNames, ruleText } from './guardWorld.ts';

/** A stage whose only rule parameter was deleted after its rule was published beside settings and an exemption. */
async function ruleDeleted() {
  const world = guardWorld();
  world.write('rules/mine', ruleText('mine', 'mode: enforce\n'));
  world.write('exemptions/old', exemptionText('old'));
  world.write('settings', 'quietHours: 7\n');
  await world.run();
  world.remove('rules/mine');
  return world;
}

const subjects = (world: ReturnType<typeof guardWorld>) => world.notices.map(({ subject }) => subject);
const gone = 'NO ACTION: rules gone, Firebreak prod';

describe('while all rule parameters are gone', () => {
  it('an exemption is live at the next look, beside the rules of the last set', async () => {
    const world = await ruleDeleted();
    await world.run();
    const first = await world.set();
    world.write('exemptions/new', exemptionText('new'));
    expect(await world.run()).toEqual({ result: 'published', number: 2 });
    const { rules, exemptions, settings } = await world.set();
    expect({ rules, settings }).toEqual({ rules: first.rules, settings: first.settings });
    expect(exemptions.map(({ name }) => name)).toEqual(['old', 'new']);
    expect(await world.run()).toEqual({ result: 'unchanged' });
    expect((await world.pointer())?.versions).toMatchObject({ [`${prefix}rules/mine`]: 1 });
  });

  it('edited settings and exemptions take the place of those that they replace', async () => {
    const world = await ruleDeleted();
    world.write('settings', 'quietHours: 9\n');
    world.write('exemptions/old', exemptionText('old').replace('base image', 'another'));
    await world.run();
    const { rules, exemptions, settings } = await world.set();
    expect(rules).toMatchObject([{ name: 'mine', mode: 'enforce' }]);
    expect(settings.quietHours).toBe(9);
    expect(exemptions.map(({ reason }) => reason)).toEqual(['another']);
  });

  it('an exemption from one of the rules that go on deciding is published, and one from any other refused', async () => {
    const world = await ruleDeleted();
    world.write('exemptions/new', `${exemptionText('new')}rules: [mine]\n`);
    expect(await world.run()).toMatchObject({ result: 'published' });
    expect((await world.set()).exemptions).toMatchObject([{ name: 'old' }, { name: 'new', rules: ['mine'] }]);
    world.write('exemptions/new', `${exemptionText('new')}rules: [yours]\n`);
    expect(await world.run()).toMatchObject({ result: 'refused', problems: [{ code: 'unknown-rule' }] });
  });

  it('deleted settings and exemptions are kept, as the rules are: they hold those back', async () => {
    const world = await ruleDeleted();
    world.remove('settings');
    world.remove('exemptions/old');
    expect(await world.run()).toEqual({ result: 'unchanged' });
    expect(await world.set()).toMatchObject({ settings: { quietHours: 7 }, exemptions: [{ name: 'old' }] });
  });

  it('a broken exemption is refused and told, and the last set still decides', async () => {
    const world = await ruleDeleted();
    await world.run();
    world.write('exemptions/ex', 'owner: team\n');
    expect(await world.run()).toMatchObject({ result: 'refused' });
    expect((await world.pointer())?.number).toBe(1);
    expect(subjects(world)).toEqual([gone, 'NO ACTION: rule edit refused, Firebreak prod']);
    for (const key of ['name', 'when', 'reason', 'expires']) {
      expect(world.notices[1]?.body).toContain(`exemptions/ex:1:1 "${key}" is missing`);
    }
    expect(world.status()).toContain('All rule parameters are gone.');
  });

  it('the owner is told once, with the way to stop the rules', async () => {
    const world = await ruleDeleted();
    await world.run();
    expect(world.notices).toEqual([{ subject: gone, body: world.status() }]);
    expect(world.notices[0]?.body).toContain('To stop them, put a rule with "mode: observe"');
    await world.run();
    world.write('exemptions/new', exemptionText('new'));
    expect((await world.run()).result).toBe('published');
    expect(subjects(world)).toEqual([gone]);
  });

  it('the first rule put there replaces them all, and only what is written counts again', async () => {
    const world = await ruleDeleted();
    await world.run();
    world.remove('exemptions/old');
    world.write('rules/calm', ruleText('calm', 'mode: observe\n'));
    expect(await world.run()).toEqual({ result: 'published', number: 2 });
    const set = await world.set();
    expect(ruleNames(set)).toEqual(['calm']);
    expect(set.exemptions).toEqual([]);
    expect(world.status()).not.toContain('All rule parameters are gone');
    expect(world.status()).toContain('Since rule set 2 rule mine is gone.');
    world.remove('rules/calm');
    await world.run();
    expect(subjects(world)).toEqual([gone, 'NO ACTION: rules removed, Firebreak prod', gone]);
  });

  it('a set that is brought back keeps deciding with its rules, and has their parameters put back', async () => {
    const world = await ruleDeleted();
    world.write('settings', 'quietHours: 8\n');
    await world.run();
    world.write('settings', 'quietHours: 9\n');
    await world.run();
    const effects = { ...world.effects, parse: (text: string) => parseRuleSet(text, world.effects.actions) };
    expect(await rollback(effects, { to: 2, by: 'ann', reason: 'too quiet' })).toMatchObject({
      number: 4,
      putsBack: ['rules/mine', 'settings'],
    });
    await world.run();
    expect(world.parameter('rules/mine')?.value).toBe(ruleText('mine', 'mode: enforce\n'));
    expect(await world.run()).toEqual({ result: 'unchanged' });
    expect(await world.set()).toMatchObject({ rules: [{ name: 'mine' }], settings: { quietHours: 8 } });
  });

  it('is told by what decides, whatever was noted of what it was read from', async () => {
    const world = await ruleDeleted();
    await world.run();
    const key = { pk: 'ruleset', sk: 'current' };
    await world.effects.table.update(key, {}, { set: { versions: {}, sources: null } });
    world.write('settings', 'quietHours: 8\n');
    expect(await world.run()).toEqual({ result: 'published', number: 2 });
    expect(ruleNames(await world.set())).toEqual(['mine']);
  });

  it('a last set that cannot be read is replaced by nothing', async () => {
    const world = await ruleDeleted();
    const before = await world.pointer();
    world.write('exemptions/new', exemptionText('new'));
    const get = () => Promise.reject(new Error('S3'));
    await expect(world.run({ bodies: { ...world.effects.bodies, get } })).rejects.toThrow('S3');
    expect(await world.pointer()).toEqual(before);
  });
});
