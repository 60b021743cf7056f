import { describe, expect, it } from 'vitest';
import type { Head } from '../../shared/incident/items.ts';
import { emptyPlan } from '../../shared/plan/emptyPlan.ts';
import { withOwnerBefore } from '../../shared/respond/ownerBefore.ts';

const back = { ...emptyPlan, decision: 'contain' as const, reason: 'it was a false alarm', owner: 'shop (tag team)' };

const ownerAfter = async (owner: string | null): Promise<string> => {
  const bodies = { get: async (hash: string) => JSON.stringify({ ...back, owner: hash }), put: async () => '' };
  const plan = owner === null ? null : ({ hash: owner } as Head['plan']);
  return (await withOwnerBefore({ bodies }, { plan }, back)).owner;
};

describe('whose an undo is', () => {
  it('is whose the containment was', async () => {
    expect(await ownerAfter('payments (tag team of cluster prod)')).toBe('payments (tag team of cluster prod)');
  });

  it('is what is stored of its targets where nobody was known, or nothing was decided', async () => {
    expect(await ownerAfter('unknown (no tag owner)')).toBe('shop (tag team)');
    expect(await ownerAfter(null)).toBe('shop (tag team)');
  });
});
