import { type ActionFacts, type Step, targetKey } from '../actions/contract.ts';
import { isEmptiedFor } from './emptiedHost.ts';

/** In the order in which a plan runs them. */
export const phases: readonly ActionFacts['phase'][] = [
  'evidence',
  'traffic',
  'workload',
  'role',
  'secrets',
  'start',
  'image',
  'host',
  'hygiene',
];

const after = (phase: ActionFacts['phase']): number => phases.indexOf(phase) + 0.5;

/**
 * Where a step comes, from what its action declares. A fact outweighs the phase: nothing that destroys evidence comes before
 * evidence is taken, nothing that needs the workload gone before it is stopped, no fresh credentials are handed out before the old
 * ones are revoked and rotated, and nothing that ends what runs on a host is done before it is emptied.
 */
function rankOf(facts: ActionFacts): number {
  return Math.max(
    phases.indexOf(facts.phase),
    facts.destroysEvidence ? after('evidence') : 0,
    facts.needsWorkloadGone ? after('workload') : 0,
    facts.issuesFreshCredentials ? after('secrets') : 0,
    facts.needsHostEmpty === true ? after('host') : 0,
  );
}

/** The order in which actions are observed: what frees an image is looked at before the image is. */
export const byOrder = (a: { readonly facts: ActionFacts }, b: { readonly facts: ActionFacts }): number =>
  rankOf(a.facts) - rankOf(b.facts);

/** The key of a later step of an action, from that of the first. */
export const partKey = (first: string, part: string): string => `${first} ${part}`;

/** Of a later step, the key of the first: what an action does to one target stays together. */
const firstKey = ({ key, part }: Step): string =>
  part === undefined ? key : key.slice(0, -partKey('', part.name).length);

function byRank(a: Step, b: Step): number {
  const [one, other] = [firstKey(a), firstKey(b)];
  return byOrder(a, b) || (one < other ? -1 : one > other ? 1 : (a.part?.at ?? 0) - (b.part?.at ?? 0));
}

/** A later step goes on with what those before it have changed. */
const earlierOf = (step: Step, steps: readonly Step[]): readonly Step[] =>
  step.part?.needsEarlier === true
    ? steps.filter(({ action, target }) => action === step.action && targetKey(target) === targetKey(step.target))
    : [];

/**
 * What must have succeeded before a step: the earlier parts of its own action, where it goes on with them, and a workload that it needs
 * gone, or a host emptied. Evidence that is missed blocks nothing.
 */
const needsOf = (step: Step, steps: readonly Step[]): readonly string[] => {
  const workload = step.facts.needsWorkloadGone
    ? steps.filter(({ facts, key }) => facts.phase === 'workload' && facts.changes && key !== step.key)
    : [];
  const host = steps.filter((other) => isEmptiedFor(other, step));
  return [...new Set([...earlierOf(step, steps), ...workload, ...host].map(({ key }) => key))];
};

/** The steps in the order in which they run, each with its needs. Independent of the order they come in. */
export function orderSteps(steps: readonly Step[]): readonly Step[] {
  const ordered = steps.toSorted(byRank);
  return ordered.map((step, index) => ({ ...step, needs: needsOf(step, ordered.slice(0, index)) }));
}
