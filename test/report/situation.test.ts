import { describe, expect, test } from 'vitest';
import type { Receipt } from '../../shared/incident/items.ts';
import { situationOf } from '../../shared/report/situation.ts';
import { message, planFor, receipt, section } from './runs.ts';

const plan = planFor();
const heldBy = (against?: Receipt['against'], action = 'image.archive'): Receipt =>
  receipt(plan, action, { state: 'held', failed: 'Not done.', ...(against === undefined ? {} : { against }) });
const decided = (...receipts: readonly Receipt[]): boolean => situationOf(plan, receipts, null).decided;

describe('what is held', () => {
  test('is decided where a person decided each of it, and nowhere else', () => {
    expect(decided(heldBy('person'))).toBe(true);
    expect(decided(heldBy())).toBe(false);
    expect(decided(heldBy('comes-back'))).toBe(false);
    expect(decided(heldBy('person'), heldBy(undefined, 'evidence.take'))).toBe(false);
    expect(decided(receipt(plan, 'image.archive'))).toBe(false);
  });

  test('as a whole is decided by an undo that is held to', () => {
    const hold = { ...plan, decision: 'hold' as const, steps: [] };
    expect(situationOf(hold, [], null).decided).toBe(false);
    expect(situationOf({ ...hold, heldUntil: '2026-11-21T10:00:00.000Z' }, [], null).decided).toBe(true);
  });

  test('has nothing new only while an undo is what holds it, and nothing went on after a containment', () => {
    const heldUntil = '2026-11-21T10:00:00.000Z';
    const hold = { ...plan, decision: 'hold' as const, steps: [], nothingNew: true as const };
    expect(situationOf({ ...hold, heldUntil }, [], null).nothingNew).toBe(true);
    expect(situationOf({ ...hold, heldUntil }, [], '2026-11-20T09:00:00.000Z').nothingNew).toBe(false);
    expect(situationOf(hold, [], null).nothingNew).toBe(false);
  });

  test('comes back where a step says so', () => {
    expect(situationOf(plan, [heldBy('comes-back')], null).comesBack).toBe(true);
    expect(situationOf(plan, [heldBy('person')], null).comesBack).toBe(false);
  });

  test('because of an undo of another incident is told once, for working hours, with when it is decided again', () => {
    const heldUntil = '2026-11-21T10:00:00.000Z';
    const reason = 'ana had it put back.';
    const hold = { ...plan, decision: 'hold' as const, steps: [], reason, heldUntil };
    const { subject, body } = message({ plan: hold, outcome: 'held', receipts: [] });
    expect(subject).toMatch(/^NO ACTION: .* held until you look/);
    expect(section(body, 'What happened')).toContain(reason);
    expect(section(body, 'What you can do')).toContain(`until ${heldUntil} nothing is changed for this incident`);
    expect(body).toContain('names the incident whose undo that was');
    expect(body).not.toContain('To have it contained again');
    const own = message({ plan: hold, outcome: 'held', receipts: [], heldUntil });
    expect(section(own.body, 'What you can do')).toContain(
      'To have it contained again before then: firebreak contain ',
    );
  });
});
