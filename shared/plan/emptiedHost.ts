import { targetKey } from '../actions/contract.ts';
import type { Observation } from './steps.ts';

/**
 * A host is emptied for what needs it so. Where that has nothing to do, the host is left as it is; where it cannot be emptied, nobody is asked about
 * the rest. Pure.
 */
export function emptiedForSomething(proposals: readonly Observation[]): readonly Observation[] {
  const on = ({ proposal }: Observation): string => targetKey(proposal.target);
  const withFact = (one: Observation, fact: 'emptiesHost' | 'needsHostEmpty') =>
    proposals.filter((other) => on(other) === on(one) && other.proposal.action.facts[fact] === true);
  return proposals.map((one): Observation => {
    const { facts, name } = one.proposal.action;
    if (facts.emptiesHost === true && one.planned.kind !== 'skip') {
      const needing = withFact(one, 'needsHostEmpty');
      const [first] = needing;
      if (
        first === undefined ||
        first.planned.kind !== 'skip' ||
        needing.some(({ planned }) => planned.kind !== 'skip')
      )
        return one;
      const reason = `${first.proposal.action.name}, for which it would be, has nothing to do: ${first.planned.reason}`;
      return { ...one, planned: { kind: 'skip', reason: `${one.proposal.target.id} is not emptied: ${reason}` } };
    }
    if (facts.needsHostEmpty === true && one.planned.kind === 'step') {
      const held = withFact(one, 'emptiesHost').find(({ planned }) => planned.kind === 'hold');
      if (held?.planned.kind !== 'hold') return one;
      const reason = `${name} needs it empty, and it cannot be emptied: ${held.planned.reason}`;
      return { ...one, planned: { kind: 'hold', reason, seen: held.planned.seen } };
    }
    return one;
  });
}
