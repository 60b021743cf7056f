import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Delivered } from '../../../cli/replay/delivered.ts';
import { type Known, place } from '../../../cli/replay/known.ts';
import type { Finding } from '../../../shared/finding/finding.ts';
import { markCounted, placeFinding, touchFinding } from '../../../shared/incident/findings.ts';
import { memoryTable } from '../../../shared/incident/memoryTable.ts';
import { oneFinding, scan } from '../../finding/sampleEvent.ts';

const times = ['2026-11-20T09:00:00.000Z', '2026-11-20T09:00:01.000Z', '2026-11-20T11:00:00.000Z'] as const;
const finding: Finding = oneFinding(scan());

/** A delivery, and after which activity one counts though it says nothing new. */
const delivery = fc.record({
  id: fc.constantFrom('one', 'two'),
  hash: fc.constantFrom('aa', 'bb', 'cc'),
  at: fc.constantFrom(...times),
  after: fc.constantFrom(null, '', ...times),
  relayed: fc.boolean(),
});

const product = {
  ...{ id: 'aws/inspector', name: null, company: null, generator: null, types: [], workflow: null, action: null },
};

describe('a delivery', () => {
  it('is placed as the protocol places it in the table, in any order and however often', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(delivery, { maxLength: 25 }), async (deliveries) => {
        const table = memoryTable();
        const known = new Map<string, Known>();
        for (const [n, { id, hash, at, after, relayed }] of deliveries.entries()) {
          const one: Finding = { ...finding, id, observedAt: at, ...(relayed ? { product } : {}) };
          const delivered: Delivered = { incident: 'i', finding: one, hash, volatile: ['observedAt'] };
          const placed = await placeFinding(table, 'i', { finding: one, hash, event: `e${n}` }, after);
          if (placed.kind === 'news') await markCounted(table, 'i', placed.stored, n);
          if (placed.kind === 'duplicate') await touchFinding(table, 'i', id, placed.activity);
          const mine = place(known, delivered, after);
          expect(mine.kind).toBe(placed.kind);
          if (mine.kind !== 'news' || placed.kind !== 'news') continue;
          expect(mine.unchanged).toBe(placed.stored.unchanged);
          expect(mine.known.activity).toBe(placed.stored.activity);
          expect([mine.known.hash, mine.known.observedAt]).toEqual([
            placed.stored.hash,
            placed.stored.finding.observedAt,
          ]);
        }
      }),
      { numRuns: 500 },
    );
  });
});
