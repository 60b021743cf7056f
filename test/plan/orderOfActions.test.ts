import { describe, expect, it } from 'vitest';
import { catalogue } from '../../shared/actions/catalogue.ts';
import type { Action, ActionFacts } from '../../shared/actions/contract.ts';
import { byOrder } from '../../shared/plan/order.ts';

/** As the design gives it, written out once more: what is asked here is not what Decide reads. */
const phases: readonly ActionFacts['phase'][] = [
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

const pairs = catalogue.flatMap((one) => catalogue.flatMap((other) => (one === other ? [] : [[one, other] as const])));

/** Why the first must come before the second, or undefined. */
function reason({ facts: a }: Action, { facts: b }: Action): string | undefined {
  const plain = !(a.destroysEvidence || a.needsWorkloadGone || a.issuesFreshCredentials);
  if (plain && a.phase === 'evidence' && b.destroysEvidence) return 'it destroys evidence';
  if (plain && a.phase === 'workload' && b.needsWorkloadGone) return 'it needs the workload gone';
  const deals = a.phase === 'role' || a.phase === 'secrets';
  if (deals && !a.issuesFreshCredentials && b.issuesFreshCredentials) return 'it issues fresh credentials';
  const noFactOf = (facts: ActionFacts): boolean =>
    !(facts.destroysEvidence || facts.needsWorkloadGone || facts.issuesFreshCredentials);
  if (noFactOf(a) && noFactOf(b) && phases.indexOf(a.phase) < phases.indexOf(b.phase)) return 'its phase is later';
  return undefined;
}

describe('the order of every pair of actions', () => {
  it.each(pairs.map(([one, other]) => [one.name, other.name, one, other] as const))(
    '%s and %s: one comes first for a reason, whichever is asked first',
    (_one, _other, one, other) => {
      const order = Math.sign(byOrder(one, other));
      expect(Math.sign(byOrder(other, one))).toBe(order === 0 ? 0 : -order);
      if (reason(one, other) !== undefined) expect(order).toBe(-1);
      if (reason(other, one) !== undefined) expect(order).toBe(1);
    },
  );

  it('is an order: of three actions no two go round in a circle', () => {
    const comesFirst = (a: Action, b: Action): boolean => byOrder(a, b) < 0;
    const circles = pairs.flatMap(([a, b]) =>
      catalogue
        .filter((c) => comesFirst(a, b) && comesFirst(b, c) && !comesFirst(a, c))
        .map((c) => [a.name, b.name, c.name]),
    );
    expect(circles).toEqual([]);
  });
});
