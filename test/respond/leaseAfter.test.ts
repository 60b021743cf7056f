import { describe, expect, it } from 'vitest';
import type { Step } from '../../shared/actions/contract.ts';
import type { Head, StoredPlan } from '../../shared/incident/items.ts';
import { leaseAfter } from '../../shared/respond/leaseAfter.ts';
import { now } from '../plan/fakes.ts';
import { planFor, receipt } from '../report/runs.ts';

const base = planFor();
const [, archive] = base.steps;
if (archive === undefined) throw new Error('The plan has no second step');

/** The lease after a run in which this one step held, with seven days in its rule. */
function leaseOf(step: Step) {
  const stored = { direction: 'do', plan: { ...base, steps: [step] }, settings: { leaseDays: 7 } };
  const verified = { state: 'holds', seen: 'seen', at: now.toISOString() } as const;
  return leaseAfter({
    ...{ head: { lease: null } as Head, stored: stored as unknown as StoredPlan, outcome: 'contained', now },
    receipts: [{ ...receipt(base, 'image.archive'), key: step.key, verified }],
  });
}
const withFacts = (facts: Partial<Step['facts']>): Step => ({ ...archive, facts: { ...archive.facts, ...facts } });

describe('what a lease is about', () => {
  it('is what was contained and can be put back', () => {
    expect(leaseOf(withFacts({ contains: true }))).toMatchObject({ since: now.toISOString() });
    expect(leaseOf({ ...archive, undo: { possible: false, why: 'It is gone.' } })).toBeUndefined();
  });

  it('is what contains nobody by itself, and that is lent all the same', () => {
    expect(leaseOf(withFacts({ contains: false, lends: true }))).toMatchObject({ since: now.toISOString() });
  });

  it('is nothing that was fixed where nobody was inside: that is meant to stay', () => {
    expect(leaseOf(withFacts({ contains: true, canWait: true }))).toBeUndefined();
  });

  it('is nothing that goes along with a fix: a host that was drained to be patched takes tasks again', () => {
    expect(leaseOf(withFacts({ contains: false }))).toBeUndefined();
  });
});
