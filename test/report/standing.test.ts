import { expect, test } from 'vitest';
import type { Receipt } from '../../shared/incident/items.ts';
import { message, planFor, receipt } from './runs.ts';

const plan = planFor();

test('what an earlier round has changed and this one found standing can be undone, and the message says how', () => {
  const { startedAt: _, ...found } = receipt(plan, 'image.archive', { before: { use: 'no' } });
  const body = (one: Receipt) => message({ receipts: [one, receipt(plan, 'evidence.take')] }).body;
  expect(body(found)).toMatch(/\n\nHow to undo\nfirebreak undo .+\nimage\.archive: Put back image\.archive\.\n/);
  expect(body({ ...found, state: 'stale' })).not.toContain('How to undo');
  expect(body({ ...found, state: 'held' })).not.toContain('How to undo');
});
