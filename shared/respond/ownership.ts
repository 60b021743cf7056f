import { type Step, targetKey } from '../actions/contract.ts';
import { raise } from '../incident/raise.ts';
import { noteInterest, noteMeeting, takeTarget } from '../incident/targets.ts';
import type { Plan } from '../plan/plan.ts';
import type { Effects } from './effects.ts';
import type { RunInput } from './run.ts';
import { isForTarget, oneAfterAnother, takeTurns, waitsOf, waitText } from './takeTurns.ts';

/**
 * Protocol 4: takes the turns and the targets that a plan needs, in key order. A step whose target another open incident owns leaves the plan
 * with a sentence naming that incident, which hears of it. So does one whose turn is somebody else's: its target is not taken, and nobody has
 * to hear. So does what needs such steps alone; the other steps stay, and do not wait for it. A plan that does not contain has no steps, and
 * owns nothing.
 */
export async function takeTargets(
  effects: Pick<Effects, 'table' | 'clock' | 'newId'>,
  me: RunInput,
  plan: Plan,
): Promise<Plan> {
  const changing = plan.steps.filter(({ facts }) => facts.changes);
  const waiting = await takeTurns(effects, me, plan);
  const ownerOf = new Map<string, string>();
  const whyItself = (step: Step): string | undefined => {
    const owner = step.facts.changes ? ownerOf.get(targetKey(step.target)) : undefined;
    if (owner !== undefined) return `Incident ${owner} has it in hand.`;
    const waits = waiting.get(step.key);
    return waits === undefined ? undefined : waitText(waits.turn, waits.notYet);
  };
  // What needs only what is left is left, too, or until that is over: it is not even taken.
  const whyNeeded = (step: Step): string | undefined => {
    const whys = plan.steps.filter(({ key }) => step.needs.includes(key)).map(whyLeft);
    return whys.includes(undefined) ? undefined : whys[0];
  };
  const whyLeft = (step: Step): string | undefined => whyItself(step) ?? whyNeeded(step);
  const isWanted = (step: Step): boolean => {
    const waits = waiting.get(step.key);
    return whyNeeded(step) === undefined && (waits === undefined || isForTarget(waits));
  };
  const first = changing.filter(({ needs }) => needs.length === 0);
  const asked = new Set<string>();
  for (const some of [first, changing]) {
    for (const key of keysOf(some.filter(isWanted))) {
      asked.add(key);
      const owner = await otherOwner(effects, me, plan, key);
      if (owner !== undefined) ownerOf.set(key, owner);
    }
  }
  for (const key of keysOf(changing)) if (!asked.has(key)) await noteInterest(effects.table, key, me.incident);
  for (const step of changing) {
    if (step.members !== undefined && whyLeft(step) === undefined) {
      await noteMeeting(effects.table, targetKey(step.target), step.members);
    }
  }
  const left = plan.steps.filter((step) => whyLeft(step) !== undefined);
  const stays = plan.steps.filter((step) => whyLeft(step) === undefined);
  if (left.length === 0) return { ...plan, steps: oneAfterAnother(stays) };
  const waits = waitsOf(
    waiting,
    left.filter((step) => !ownerOf.has(targetKey(step.target))),
  );
  return {
    ...plan,
    steps: oneAfterAnother(
      stays.map((step) => ({ ...step, needs: step.needs.filter((key) => !left.some((other) => other.key === key)) })),
    ),
    proposed: [...plan.proposed, ...left],
    openRoles: [...new Set([...plan.openRoles, ...left.filter(revokes).map(({ target }) => target.arn)])],
    notDone: [...plan.notDone, ...left.map((step) => `${step.sentence} ${whyLeft(step)}`)],
    ...(waits.length === 0 ? {} : { waits }),
  };
}

/** What is left of it to another incident is not known to be cut off for this one. */
const revokes = ({ facts }: Step): boolean => facts.phase === 'role';

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
