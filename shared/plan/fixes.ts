import type { Action } from '../actions/contract.ts';
import { isEmptiedFor, onHost } from './emptiedHost.ts';
import type { Matched } from './plan.ts';
import { isThreat } from './rank.ts';
import type { Observation } from './steps.ts';

/** Whether an action fixes what nobody is inside of yet: it contains, or a step of it does, and can wait. */
const isFix = ({ facts, parts = [] }: Action): boolean =>
  [facts, ...parts.map((part) => part.facts)].some(({ canWait }) => canWait === true);

/** What whoever is in there may have read is replaced because of them, and after they are out. */
const isTaken = ({ proposal }: Observation): boolean => proposal.action.facts.phase === 'secrets';

const fixes = ({ proposal }: Observation): boolean => isFix(proposal.action);

/** Whether there is something to fix, and nothing that contains somebody. */
export const onlyFixes = (proposals: readonly Observation[]): boolean =>
  proposals.some(fixes) && proposals.every((one) => fixes(one) || !one.proposal.action.facts.contains);

/** What is left of the proposals, and why the others are not done, one sentence each. */
export interface Apart {
  readonly proposals: readonly Observation[];
  readonly notDone: readonly string[];
}

/**
 * Nothing is fixed where somebody is at work: it would destroy what has to be looked at, call the whole fixed, and ask whoever was woken for
 * a threat whether a host may be patched.
 */
export function apartFromThreats(proposals: readonly Observation[], matched: readonly Matched[]): Apart {
  if (!matched.some(isThreat)) return { proposals, notDone: [] };
  const fixed = (one: Observation): boolean => fixes(one) && !isTaken(one);
  const waits = (one: Observation): boolean =>
    fixed(one) || proposals.some((other) => fixed(other) && isEmptiedFor(onHost(one), onHost(other)));
  return {
    proposals: proposals.filter((one) => !waits(one)),
    notDone: proposals
      .filter(waits)
      .map(({ proposal: { action, target } }) => `${action.name} on ${target.id}: not while a threat on it is open.`),
  };
}
