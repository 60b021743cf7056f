import { describe, expect, it } from 'vitest';
import { type Accusation, noAccusation } from '../../shared/actions/accusation.ts';
import type { Action, Leaving, Planned } from '../../shared/actions/contract.ts';
import { planOfRun } from '../../shared/incident/plans.ts';
import type { Proposal } from '../../shared/plan/propose.ts';
import { observeInOrder } from '../../shared/respond/observe.ts';
import { archive, evidence, fakeAction, image, ruleSet, step } from '../plan/fakes.ts';
import { Lab } from './model/lab.ts';
import { twoPartRules } from './model/world.ts';

const me = { incident: 'i', run: 'r' };
const target = { ...image, account: '123456789012', region: 'us-east-1' };
const { settings } = ruleSet([]);
const stop = fakeAction('task.stop', { phase: 'workload', changes: true, contains: true });
const accusation: Accusation = {
  ...noAccusation,
  cause: 'image',
  leaving: ['arn:c'],
  pulledUntil: '2026-11-20T09:00:00.000Z',
};
const leaves: Leaving = { arns: ['arn:b', 'arn:c', 'arn:a'], pulledUntil: '2026-11-20T09:30:00.000Z' };

/** Plans this, and notes what it was observed against. */
const looking = (action: Action, planned: Planned, seen: Accusation[] = []): Action => ({
  ...action,
  observe: async (_target, _params, context) => {
    seen.push(context.accusation);
    return { use: 'no', when: 'now' };
  },
  plan: () => planned,
});

const proposal = (action: Action): Proposal => ({
  action,
  target,
  params: {},
  mode: 'enforce',
  observing: [],
  rules: ['r1'],
});

const looks = { lastTry: false, absenceAgreed: true };

/** What an image's action is observed against, after a workload step planned this. */
async function afterStep(planned: Planned, protectedBy = settings.protected): Promise<Accusation | undefined> {
  const seen: Accusation[] = [];
  const proposals = [looking(archive, step(archive), seen), looking(stop, planned)].map(proposal);
  const { effects } = new Lab();
  await observeInOrder(effects, me, { ...settings, protected: protectedBy }, proposals, { accusation, ...looks });
  return seen[0];
}

const leavingStep = (fields: Partial<Leaving> = {}): Planned =>
  ({ ...step(stop), leaves: { ...leaves, ...fields } }) as Planned;

describe('what is observed', () => {
  it('is observed in the order in which it would be done, and against what was accused', async () => {
    const proposals = [archive, stop, evidence].map((action) => proposal(looking(action, step(action))));
    const { effects } = new Lab();
    const observed = await observeInOrder(effects, me, settings, proposals, { accusation, ...looks });
    expect(observed.map((one) => one.proposal.action.name)).toEqual(['evidence.take', 'task.stop', 'image.archive']);
    for (const one of observed) expect(one.accusation).toEqual(accusation);
  });

  it('is observed as it will be once the steps before have taken their workloads away', async () => {
    expect(await afterStep(leavingStep())).toEqual({
      ...accusation,
      leaving: ['arn:a', 'arn:b', 'arn:c'],
      pulledUntil: leaves.pulledUntil,
    });
  });

  it('keeps the latest pull that is explained, and none where none is known', async () => {
    expect((await afterStep(leavingStep({ pulledUntil: '2026-11-20T08:00:00.000Z' })))?.pulledUntil).toBe(
      accusation.pulledUntil,
    );
    expect((await afterStep(leavingStep({ pulledUntil: null })))?.pulledUntil).toBe(accusation.pulledUntil);
  });

  it('knows since when the first of them pulls', async () => {
    const pullingSince = '2026-11-20T09:29:00.000Z';
    expect((await afterStep(leavingStep({ pullingSince })))?.pullingSince).toBe(pullingSince);
    expect(await afterStep(leavingStep({ pullingSince: null }))).not.toHaveProperty('pullingSince');
  });

  it.each<[string, Planned]>([
    ['takes nothing away', step(stop)],
    ['is held', { kind: 'hold', reason: 'A person must decide.', seen: [] }],
    ['has nothing to do', { kind: 'skip', reason: 'It is gone.' }],
  ])('is observed as it is after a step that %s', async (_what, planned) => {
    expect(await afterStep(planned)).toEqual(accusation);
  });

  it('is observed as it will be where the step before is asked about first, because its target is protected', async () => {
    expect(await afterStep(leavingStep(), [{ kind: ['image'] }])).toEqual(await afterStep(leavingStep()));
  });
});

it('at the turn of its step an action is asked about what is there: what was to leave has left, or is in the way', async () => {
  const lab = new Lab({ set: twoPartRules });
  const pullingSince = '2026-11-20T09:29:00.000Z';
  const seen: { readonly [call: string]: Accusation[] } = { observe: [], execute: [], verify: [] };
  const { catalogue } = lab.effects;
  lab.with({
    catalogue: catalogue.map((action): Action => {
      if (action.name === 'fake.swap')
        return {
          ...action,
          plan: (...all) => ({ ...action.plan(...all), leaves: { ...leaves, pullingSince } }) as Planned,
        };
      if (action.name !== 'fake.shut') return action;
      return {
        ...action,
        observe: (at, params, context) => {
          seen['observe']?.push(context.accusation);
          return action.observe(at, params, context);
        },
        execute: (at, params, before, context) => {
          seen['execute']?.push(context.accusation);
          return action.execute(at, params, before, context);
        },
        verify: (at, params, before, context) => {
          seen['verify']?.push(context.accusation);
          return action.verify(at, params, before, context);
        },
      };
    }),
  });
  await lab.takeIn();
  const { steps } = await lab.decide();
  const plan = (await planOfRun(lab.effects.bodies, await lab.head(), 1))?.plan;
  expect(plan?.steps.at(-1)?.accusation).toMatchObject({ leaving: [...leaves.arns].sort(), pullingSince });
  for (const { n } of steps) {
    await lab.act(n);
    lab.pass(100_000);
    await lab.verify(n);
  }
  const leaving = (call: string) => seen[call]?.map((one) => one.leaving.length);
  expect({ observe: leaving('observe'), execute: leaving('execute'), verify: leaving('verify') }).toEqual({
    observe: [3, 0],
    execute: [0],
    verify: [0],
  });
  expect(seen['execute']?.[0]?.pulledUntil).toBe(leaves.pulledUntil);
  expect(seen['execute']?.[0]).not.toHaveProperty('pullingSince');
});
