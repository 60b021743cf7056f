import { type Step, targetKey } from '../actions/contract.ts';
import { raise } from '../incident/raise.ts';
import { noteInterest, noteMeeting, takeTarget } from '../incident/targets.ts';
import type { Plan } from '../plan/plan.ts';
import type { Effects } from './effects.ts';
import type { RunInput } from './run.ts';

/**
 * Protocol 4: takes the targets that a plan changes, in key order. A step whose target another open incident owns leaves the plan
 * with a sentence naming that incident, which hears of it, and so does what needs such steps alone; the other steps stay, and do not wait for
 * it. A plan that does not contain has no steps, and owns nothing.
 */
export async function takeTargets(
  effects: Pick<Effects, 'table' | 'clock' | 'newId'>,
  me: RunInput,
  plan: Plan,
): Promise<Plan> {
  const changing = plan.steps.filter(({ facts }) => facts.changes);
  const ownerOf = new Map<string, string>();
  // What needs only what another incident does is left to that one too, or to when it is over: it is not even taken.
  const ownerOfNeeded = (step: Step): string | undefined => {
    const owners = plan.steps.filter(({ key }) => step.needs.includes(key)).map(ownerOfStep);
    return owners.includes(undefined) ? undefined : owners[0];
  };
  const ownerOfStep = (step: Step): string | undefined =>
    (step.facts.changes ? ownerOf.get(targetKey(step.target)) : undefined) ?? ownerOfNeeded(step);
  const first = changing.filter(({ needs }) => needs.length === 0);
  for (const some of [first, changing]) {
    const wanted = some.filter((step) => ownerOfNeeded(step) === undefined);
    for (const key of keysOf(wanted)) {
      const owner = await otherOwner(effects, me, plan, key);
      if (owner !== undefined) ownerOf.set(key, owner);
    }
  }
  for (const key of keysOf(changing)) {
    if (
      !ownerOf.has(key) &&
      changing.every((step) => targetKey(step.target) !== key || ownerOfNeeded(step) !== undefined)
    ) {
      await noteInterest(effects.table, key, me.incident);
    }
  }
  for (const step of changing) {
    if (step.members !== undefined && ownerOfStep(step) === undefined) {
      await noteMeeting(effects.table, targetKey(step.target), step.members);
    }
  }
  const left = plan.steps.filter((step) => ownerOfStep(step) !== undefined);
  if (left.length === 0) return plan;
  return {
    ...plan,
    steps: plan.steps
      .filter((step) => ownerOfStep(step) === undefined)
      .map((step) => ({ ...step, needs: step.needs.filter((key) => !left.some((other) => other.key === key)) })),
    proposed: [...plan.proposed, ...left],
    notDone: [...plan.notDone, ...left.map((step) => `${step.sentence} Incident ${ownerOfStep(step)} has it in hand.`)],
  };
}

const keysOf = (steps: readonly Step[]): readonly string[] =>
  [...new Set(steps.map(({ target }) => targetKey(target)))].sort();

/** Takes one target; the incident that has it instead, which hears of ours. A target that is taken already stays so. */
async function otherOwner(
  { table, clock, newId }: Pick<Effects, 'table' | 'clock' | 'newId'>,
  me: RunInput,
  plan: Plan,
  key: string,
): Promise<string | undefined> {
  const now = clock.now();
  const taken = await takeTarget(table, key, me, now, async (owner) => {
    await raise(table, owner, { run: newId(), now, raisedClass: plan.class });
  });
  return taken.kind === 'owned-by-another' ? taken.owner : undefined;
}
