import { describe, expect, it } from 'vitest';
import { usesOf } from '../../shared/incident/exemptionUses.ts';
import type { RuleSet } from '../../shared/rules/rule.ts';
import { Lab } from './model/lab.ts';
import { rules } from './model/world.ts';

const exempting = (fields: object): RuleSet => ({
  ...rules,
  exemptions: [
    {
      ...{ name: 'known', when: { severity: [{ exists: true }] }, owner: 'team', reason: 'known' },
      ...{ expires: '2027-01-01T00:00:00.000Z', ...fields },
    },
  ],
});

const labWith = (fields: object) => new Lab({ set: exempting(fields) });
const uses = (lab: Lab) => usesOf(lab.world.table, 'known');

describe('what an exemption takes out', () => {
  it.each([
    [{}, 'finding', 'ignore'],
    [{ rules: ['shut-critical'] }, 'rule', 'ignore'],
    [{ actions: ['fake.shut'] }, 'actions', 'observe'],
    [{ scope: 'paging' }, 'paging', 'contain'],
  ])('with %j is recorded as of the %s, with incident and time', async (fields, takes, decision) => {
    const lab = labWith(fields);
    await lab.takeIn();
    expect((await lab.decide()).decision).toBe(decision);
    const at = new Date(lab.world.schedule.now).toISOString();
    expect(await uses(lab)).toEqual([{ incident: lab.incident, takes: [takes], findings: 1, firstAt: at, lastAt: at }]);
  });

  it('counts once for an incident, however often it is decided and however many findings it has', async () => {
    const lab = labWith({});
    await lab.takeIn();
    await lab.run();
    const [first] = await uses(lab);
    lab.pass(60_000);
    await lab.takeIn({ id: 'event-2', critical: 9, second: 60 });
    await lab.run();
    const [again, ...more] = await uses(lab);
    expect(more).toEqual([]);
    expect(again).toMatchObject({ firstAt: first?.firstAt, findings: 1 });
    expect(again?.lastAt).not.toBe(first?.lastAt);
  });

  it('is recorded before the plan is stored: a crash in between doubles nothing', async () => {
    const lab = labWith({});
    await lab.takeIn();
    const { bodies } = lab.effects;
    lab.with({ bodies: { ...bodies, put: () => Promise.reject(new Error('crashed')) } });
    await expect(lab.decide()).rejects.toThrow('crashed');
    expect(await uses(lab)).toHaveLength(1);
    lab.with({ bodies });
    await lab.decide();
    await lab.decide();
    expect(await uses(lab)).toHaveLength(1);
  });

  it('is nothing once it is over, or where it has nothing to take', async () => {
    for (const fields of [{ expires: '2026-01-01T00:00:00.000Z' }, { actions: ['fake.swap'] }, { rules: ['other'] }]) {
      const lab = labWith(fields);
      await lab.takeIn();
      expect((await lab.decide()).decision).toBe('contain');
      expect(await uses(lab)).toEqual([]);
    }
  });
});

describe('exemptions that cannot be read', () => {
  it('change nothing: nothing is done that may be exempted, and on-call is told', async () => {
    const lab = labWith({ actions: ['fake.shut'], scope: undefined });
    lab.world.rulesUnreadable = true;
    await lab.takeIn();
    expect((await lab.decide()).decision).toBe('hold');
    await lab.report();
    expect(lab.world.published.map(({ tier }) => tier)).toEqual(['page']);
  });
});
