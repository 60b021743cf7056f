import { describe, expect, test } from 'vitest';
import type { Planned } from '../../shared/actions/contract.ts';
import { enforcing, evidenceAlone, held, only, planOf, quarantine } from './given.ts';

const until = '2026-11-21T10:00:00.000Z';
const undone: Planned = { kind: 'hold', reason: 'ana had it put back.', seen: [], until };
const both = {
  ...enforcing,
  rules: enforcing.rules.map((rule) => ({ ...rule, do: [{ action: 'task.stop', params: {} }, ...quarantine] })),
};

describe('a plan about what a person had put back', () => {
  test('is held, and says until when', () => {
    const plan = planOf({ planned: only('image.archive', undone) });
    expect(plan).toMatchObject({
      decision: 'hold',
      reason: 'ana had it put back.',
      heldUntil: until,
      steps: evidenceAlone,
    });
  });

  test('that is held for something else too says what a person must decide, not what one has decided', () => {
    const of = { 'image.archive': undone, 'task.stop': held };
    const planned = (name: string): Planned | undefined => of[name as keyof typeof of];
    for (const set of [both, { ...both, rules: both.rules.map((rule) => ({ ...rule, do: rule.do.toReversed() })) }]) {
      const plan = planOf({ set, planned });
      expect(plan).toMatchObject({ decision: 'hold', reason: 'A service runs it.' });
      expect(plan).not.toHaveProperty('heldUntil');
    }
  });

  test('puts out an attacker all the same, asks nobody about the rest, and says that it is left', () => {
    const plan = planOf({ set: both, planned: only('image.archive', undone) });
    expect(plan).toMatchObject({ decision: 'contain', wanted: [] });
    expect(plan.steps.map(({ action }) => action)).toContain('task.stop');
    expect(plan.notDone).toEqual(['image.archive: ana had it put back.']);
    expect(planOf({ set: both, planned: only('image.archive', held) }).wanted).toEqual(['A service runs it.']);
  });
});
