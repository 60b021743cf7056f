import { type Step, targetKey } from '../actions/contract.ts';
import { raise } from '../incident/raise.ts';
import { noteMeeting, takeTarget } from '../incident/targets.ts';
import type { Plan } from '../plan/plan.ts';
import type { Effects } from './effects.ts';
import type { RunInput } from './run.ts';

/**
 * Protocol 4: takes the targets that a plan changes, in key order. A step whose target another open incident owns leaves the plan
 * with a sentence naming that incident, which hears of it; the other steps stay, and do not wait for it: what is still in their way, their
 * actions see. A plan that does not contain has no steps, and owns nothing.
 */
export async function takeTargets(
  effects: Pick<Effects, 'table' | 'clock' | 'newId'>,
  me: RunInput,
  plan: Plan,
): Promise<Plan> {
  const { table, clock, newId } = effects;
  const changing = plan.steps.filter(({ facts }) => facts.changes);
  const ownerOf = new Map<string, string>();
  for (const key of [...new Set(changing.map(({ target }) => targetKey(target)))].sort()) {
    const now = clock.now();
    const taken = await takeTarget(table, key, me, now, async (owner) => {
      await raise(table, owner, { run: newId(), now, raisedClass: plan.class });
    });
    if (taken.kind === 'owned-by-another') ownerOf.set(key, taken.owner);
  }
  for (const { target, members } of changing) {
    const key = targetKey(target);
    if (members !== undefined && !ownerOf.has(key)) await noteMeeting(table, key, members);
  }
  const ownerOfStep = ({ facts, target }: Step): string | undefined =>
    facts.changes ? ownerOf.get(targetKey(target)) : undefined;
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
