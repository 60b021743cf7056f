import { type Step, targetKey } from '../actions/contract.ts';
import type { Observation } from './steps.ts';

type OnHost = Pick<Step, 'facts' | 'target'>;

/** Whether the first empties the very host that the second needs empty: it is drained for its patch. */
export const isEmptiedFor = (empties: OnHost, needs: OnHost): boolean =>
  empties.facts.emptiesHost === true &&
  needs.facts.needsHostEmpty === true &&
  targetKey(empties.target) === targetKey(needs.target);

export const onHost = ({ proposal: { action, target } }: Observation): OnHost => ({ facts: action.facts, target });

/**
 * A host is emptied for what needs it so. Where that has nothing to do, the host is left as it is; where it cannot be emptied, nobody is asked about
 * the rest; and where that empties it by itself, and lets it take work again, it is emptied once. Pure.
 */
export const emptiedForSomething = (proposals: readonly Observation[]): readonly Observation[] =>
  proposals.map((one) => leftFull(one, proposals) ?? leftToIt(one, proposals) ?? heldWith(one, proposals) ?? one);

function leftFull(one: Observation, proposals: readonly Observation[]): Observation | null {
  const needing = proposals.filter((other) => isEmptiedFor(onHost(one), onHost(other)));
  const [first] = needing;
  if (one.planned.kind === 'skip' || first?.planned.kind !== 'skip') return null;
  if (needing.some(({ planned }) => planned.kind !== 'skip')) return null;
  const reason = `${first.proposal.action.name}, for which it would be, has nothing to do: ${first.planned.reason}`;
  return { ...one, planned: { kind: 'skip', reason: `${one.proposal.target.id} is not emptied: ${reason}` } };
}

/**
 * A host that one step drained and another lets take work again would be neither's to put back. What has begun is not begun again, so that a host that
 * takes work again is not emptied for it once more.
 */
function leftToIt(one: Observation, proposals: readonly Observation[]): Observation | null {
  if (one.planned.kind !== 'step' || one.stands === true) return null;
  for (const { proposal, planned, stands } of proposals.filter((other) => isEmptiedFor(onHost(one), onHost(other)))) {
    const { name } = proposal.action;
    const why =
      planned.kind !== 'step'
        ? null
        : stands === true
          ? `${name}, for which it would be, has begun already`
          : planned.emptiesItself === true
            ? `${name} does that itself, and lets it take work again`
            : null;
    if (why === null) continue;
    const reason = `${one.proposal.target.id} is not emptied: ${why}`;
    return { ...one, planned: { kind: 'skip', reason, expected: true } };
  }
  return null;
}

function heldWith(one: Observation, proposals: readonly Observation[]): Observation | null {
  if (one.planned.kind !== 'step') return null;
  const empties = proposals.filter((other) => isEmptiedFor(onHost(other), onHost(one)));
  const [held] = empties.flatMap(({ planned }) => (planned.kind === 'hold' ? [planned] : []));
  if (held === undefined) return null;
  const reason = `${one.proposal.action.name} needs it empty, and it cannot be emptied: ${held.reason}`;
  return { ...one, planned: { kind: 'hold', reason, seen: held.seen } };
}
