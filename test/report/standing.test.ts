import { describe, expect, test } from 'vitest';
import type { Receipt } from '../../shared/incident/items.ts';
import type { StandingStep } from '../../shared/report/howToUndo.ts';
import { message, planFor, receipt, section } from './runs.ts';

const plan = planFor();

test('what an earlier round has changed and this one found standing can be undone, and the message says how', () => {
  const { startedAt: _, ...found } = receipt(plan, 'image.archive', { before: { use: 'no' } });
  const body = (one: Receipt) => message({ receipts: [one, receipt(plan, 'evidence.take')] }).body;
  expect(body(found)).toMatch(/\n\nHow to undo\nfirebreak undo .+\nimage\.archive: Put back image\.archive\.\n/);
  expect(body({ ...found, state: 'stale' })).not.toContain('How to undo');
  expect(body({ ...found, state: 'held' })).not.toContain('How to undo');
});

describe('what stands from an earlier run', () => {
  const [first] = plan.steps.filter(({ facts }) => facts.changes);
  if (first === undefined) throw new Error('Nothing is changed');
  const gone = { possible: false, why: 'A stopped task is gone.' } as const;
  const later = { ...plan, steps: plan.steps.map((step) => (step === first ? { ...step, undo: gone } : step)) };
  const undoOf = (standing: readonly StandingStep[]): string =>
    section(message({ plan: later, standing }).body, 'How to undo');

  test('is promised though what was done beside it cannot be undone, which is said of that alone', () => {
    expect(undoOf([first])).toMatch(
      /^How to undo\nfirebreak undo .+\nimage\.archive: Put back image\.archive\.\nimage\.archive, what was done this time stays: A stopped task is gone\.$/,
    );
    expect(undoOf([])).toBe('How to undo\nimage.archive cannot be undone: A stopped task is gone.');
  });

  test('is promised where this run did nothing to it, and of another target beside what cannot be undone', () => {
    const held = { ...plan, decision: 'hold' as const, steps: [] };
    const { body } = message({ plan: held, outcome: 'held', receipts: [], standing: [first] });
    expect(section(body, 'How to undo')).toMatch(/^How to undo\nfirebreak undo .+\nimage\.archive: Put back/);
    const other = { ...first, target: { ...first.target, region: 'eu-west-1' } };
    expect(undoOf([other])).toMatch(/firebreak undo .+\nimage\.archive cannot be undone: .*\nimage\.archive: Put back/);
  });

  test('is promised once where this run has changed the same again', () => {
    const { body } = message({ standing: [first] });
    expect(section(body, 'How to undo').match(/image\.archive/g)).toHaveLength(2);
  });
});
