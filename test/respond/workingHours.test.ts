import { beforeEach, describe, expect, it } from 'vitest';
import { keys } from '../../shared/incident/keys.ts';
import { sweep } from '../../shared/respond/sweep.ts';
import { undo } from '../../shared/respond/undo.ts';
import type { Rule, Settings, Tier } from '../../shared/rules/rule.ts';
import { Lab } from './model/lab.ts';
import { rules } from './model/world.ts';

const hour = 3_600_000;
let lab: Lab;

const labWith = (tier: Tier, settings: Partial<Settings>): Lab => {
  const all = rules.rules.map((one): Rule => ({ ...one, page: { contained: tier } }));
  return new Lab({ set: { ...rules, rules: all, settings: { ...rules.settings, ...settings } } });
};

/** Hours that begin so many hours after a run that begins now. */
function hoursIn(inHours: number): Settings['workingHours'] {
  const at = (ms: number): string => new Date(ms).toISOString().slice(11, 16);
  const from = new Lab().world.schedule.now + inHours * hour;
  return { timeZone: 'UTC', from: at(from), to: at(from + 8 * hour) };
}

async function contained(tier: Tier, inHours: number): Promise<void> {
  const workingHours = hoursIn(inHours);
  lab = labWith(tier, workingHours === undefined ? {} : { workingHours });
  await lab.takeIn();
  await lab.playPlan();
  await lab.report();
}
beforeEach(() => contained('notice', 3));

const told = () => lab.world.published;
const messages = () => lab.world.table.query(keys.incident(lab.incident), 'message#');

describe('a notice', () => {
  it('waits until somebody is at work, and then goes out once', async () => {
    expect(told()).toEqual([]);
    expect((await lab.head()).outbox).toMatchObject([{ tier: 'notice', notBefore: expect.any(String) }]);
    lab.pass(2.5 * hour);
    await sweep(lab.effects);
    expect(told()).toEqual([]);
    lab.pass(0.5 * hour);
    await sweep(lab.effects);
    await sweep(lab.effects);
    expect(told()).toMatchObject([{ tier: 'notice' }]);
    expect((await lab.head()).outbox).toEqual([]);
  });

  it('goes out at once while somebody is', async () => {
    await contained('notice', -1);
    expect(told()).toMatchObject([{ tier: 'notice' }]);
  });

  it('that answers a person does not wait', async () => {
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'a false alarm' });
    await lab.playPlan();
    await lab.report();
    expect(told()).toMatchObject([{ tier: 'notice', subject: expect.stringContaining('undone') }]);
  });

  it('that waits is told by the one that comes after it, and kept', async () => {
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'a false alarm' });
    await lab.playPlan();
    await lab.report();
    lab.pass(24 * hour);
    await sweep(lab.effects);
    expect(told()).toHaveLength(1);
    const kept = await messages();
    const [undone] = kept.filter(({ sent }) => sent === true);
    expect(kept.filter(({ sent }) => sent === false)).toMatchObject([{ replacedBy: undone?.['id'] }]);
  });
});

describe('a page', () => {
  it('waits for nobody’s hours', async () => {
    await contained('page', 3);
    expect(told()).toMatchObject([{ tier: 'page' }]);
  });
});

it('a digest is what it is at any hour', async () => {
  await contained('digest', 3);
  expect(told()).toMatchObject([{ tier: 'digest' }]);
});

describe('whose it is', () => {
  it('goes with the message, and is said in it', async () => {
    lab = labWith('page', { teams: [{ name: 'payments', owns: [{ id: [{ exists: true }] }] }] });
    await lab.takeIn();
    await lab.playPlan();
    await lab.report();
    expect(told()).toMatchObject([
      { about: { team: 'payments' }, body: expect.stringContaining('Team payments: the settings say so') },
    ]);
  });
});
