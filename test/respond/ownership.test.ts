import { expect, it } from 'vitest';
import { targetKey } from '../../shared/actions/contract.ts';
import { planOfRun } from '../../shared/incident/plans.ts';
import { raise } from '../../shared/incident/raise.ts';
import { readTarget, takeTarget } from '../../shared/incident/targets.ts';
import { takeTargets } from '../../shared/respond/ownership.ts';
import { Lab } from './model/lab.ts';
import { twoPartRules } from './model/world.ts';

/** A plan that stops and starts one target, and shuts another when that is gone; and the target that is stopped. */
async function plannedOnTwo() {
  const lab = new Lab({ set: twoPartRules });
  await lab.takeIn();
  await lab.decide();
  const head = await lab.head();
  const plan = (await planOfRun(lab.effects.bodies, head, head.round))?.plan;
  if (plan === undefined) throw new Error('There is no plan');
  const steps = plan.steps.map((step) =>
    step.action === 'fake.shut' ? step : { ...step, target: { ...step.target, id: 'another' } },
  );
  const stopped = steps.find(({ action }) => action === 'fake.swap')?.target;
  if (stopped === undefined) throw new Error('Nothing is stopped');
  return { lab, me: { incident: lab.incident, run: head.run }, plan: { ...plan, steps }, stopped: targetKey(stopped) };
}

it('a step waits for the workload that it needs gone, while both are in the same hands', async () => {
  const { lab, me, plan } = await plannedOnTwo();
  const taken = await takeTargets(lab.effects, me, plan);
  expect(taken).toEqual(plan);
  const [, stop] = taken.steps;
  expect(taken.steps.find(({ action }) => action === 'fake.shut')?.needs).toEqual([stop?.key]);
});

it('what needs a step that another incident has in hand leaves with it, both parts, and its target is left to that one', async () => {
  const { lab, me, plan: made, stopped } = await plannedOnTwo();
  const steps = made.steps.map((step) =>
    step.action === 'fake.shut' ? { ...step, target: { ...step.target, id: 'never taken' } } : step,
  );
  const plan = { ...made, steps };
  const now = lab.effects.clock.now();
  const { run } = await raise(lab.world.table, 'other', { run: 'r', now });
  await takeTarget(lab.world.table, stopped, { incident: 'other', run }, now, async () => {});
  const taken = await takeTargets(lab.effects, me, plan);
  expect(taken.steps.map(({ action, needs }) => [action, needs])).toEqual([['fake.look', []]]);
  expect(taken.proposed.map(({ action, part }) => [action, part?.name ?? ''])).toEqual([
    ['fake.swap', ''],
    ['fake.swap', 'start'],
    ['fake.shut', ''],
  ]);
  expect(taken.notDone).toEqual([
    'Stop it. Incident other has it in hand.',
    'Start a clean one. Incident other has it in hand.',
    'Shut it. Incident other has it in hand.',
  ]);
  const shut = taken.proposed.find(({ action }) => action === 'fake.shut')?.target;
  expect(shut === undefined ? undefined : await readTarget(lab.world.table, targetKey(shut))).toMatchObject({
    owner: null,
    interested: [lab.incident],
  });
});
