import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../shared/incident/items.ts';
import { reversePlan } from '../../shared/plan/reverse.ts';
import { archive, evidence, now } from '../plan/fakes.ts';
import { at, incident, message, planFor, receipt, section } from './runs.ts';

const plan = planFor();

describe('the message of an undo', () => {
  const undo = reversePlan(plan.steps, [evidence, archive], 'payments');
  const of = (outcome: Outcome, receipts = [receipt(undo, 'image.archive')]) =>
    message({ outcome, plan: undo, direction: 'undo', receipts });

  test('names the resource, waits for the morning, and offers no undo of itself', () => {
    expect(of('undone').subject).toBe('NO ACTION: payments/checkout-api undone, 3f1c9e0d5a7b us-east-1 123456789012');
    expect(of('undone').tier).toBe('notice');
    expect(section(of('undone').body, 'How to undo')).toBe('');
    expect(section(of('undone').body, 'What was done')).toContain('Did image.archive.');
  });

  test('says who wanted it and why, and until when nothing is contained again', () => {
    const heldUntil = new Date(now.getTime() + 86_400_000).toISOString();
    const decided = { kind: 'undo', run: 'r', plan: null, by: 'ana', reason: 'a test\nimage', at } as const;
    const receipts = [receipt(undo, 'image.archive')];
    const { body } = message({ outcome: 'undone', plan: undo, direction: 'undo', receipts, decided, heldUntil });
    expect(section(body, 'What happened')).toContain(`\nDecided by ana, ${at}: a test image`);
    expect(section(body, 'More')).toContain(`Until ${heldUntil} nothing is contained again for this incident`);
  });

  test('of what another incident needs names the undo of that one, and claims no hold on what was not put back', () => {
    const held = { ...undo, decision: 'hold' as const, steps: [], neededBy: ['image/1/r/x@sha256:1'] };
    const heldUntil = new Date(now.getTime() + 86_400_000).toISOString();
    const fields = { outcome: 'held', direction: 'undo', receipts: [], heldUntil } as const;
    const todo = section(message({ ...fields, plan: held }).body, 'What you can do');
    expect(todo).toMatch(/Undo that one: firebreak undo image\/1\/r\/x@sha256:1 .*\nThen ask again: firebreak undo /);
    expect(todo).toContain(`Until ${heldUntil} nothing is contained again for this incident; a new finding`);
    expect(todo).not.toContain('what was put back');
    const left = message({ ...fields, plan: { ...held, class: 'A', left: true } });
    expect(left.tier).toBe('notice');
    expect(left.body).not.toContain('ask again');
    const { neededBy: _, ...alone } = held;
    const without = section(message({ ...fields, plan: alone }).body, 'What you can do');
    expect(without).toContain('Remove what stood in the way, then ask again: firebreak undo ');
    const partly = { ...fields, receipts: [receipt(undo, 'image.archive')] };
    expect(section(message({ ...partly, plan: undo }).body, 'What you can do')).toContain('what was put back');
  });

  test('of what is gone does not claim to have put anything back', () => {
    const verified = { state: 'holds', seen: 'It is not there any more.', at };
    const gone = of('undone', [receipt(undo, 'image.archive', { state: 'gone', verified })]);
    expect(gone.subject).toMatch(/^NO ACTION: payments\/checkout-api not undone, it is gone,/);
    expect(section(gone.body, 'What happened')).toContain('Nothing could be put back');
    expect(section(gone.body, 'What was done')).toBe('What was done\nNothing that is known to hold.');
    const notDone = section(gone.body, 'What was not done');
    expect(notDone).toContain('GONE image.archive: it is not there any more, so nothing could be put back.');
    expect(notDone).toContain(`Read back ${at} (gone)`);
  });

  test('of which a part is gone tells the part', () => {
    const [one] = undo.steps;
    if (one === undefined) throw new Error('nothing to undo');
    const two = { ...undo, steps: [one, { ...one, key: 'other' }] };
    const receipts = [receipt(two, 'image.archive'), receipt(two, 'image.archive', { key: 'other', state: 'gone' })];
    const part = message({ outcome: 'undone', plan: two, direction: 'undo', receipts });
    expect(part.subject).toContain('undone, but a part is gone,');
    expect(section(part.body, 'What happened')).toContain('Only a part could be put back');
    expect(section(part.body, 'What was done')).toContain('Did image.archive.');
    expect(section(part.body, 'What was not done')).toContain('GONE image.archive');
  });

  test('of which not all runs, for want of capacity, is undone, and says what is missing and what to do', () => {
    const short = { since: at, readAt: at, todo: 'It lacks one task.\nAdd capacity.' };
    const said = of('undone', [receipt(undo, 'image.archive', { short })]);
    expect(said.tier).toBe('notice');
    expect(said.subject).toMatch(/^NO ACTION: payments\/checkout-api undone, below its count,/);
    expect(section(said.body, 'More')).toContain('\nIt lacks one task. Add capacity.\n');
  });

  test('that did not finish wakes somebody, and does not speak of containment', () => {
    const failed = of('not-contained', [receipt(undo, 'image.archive', { state: 'failed', failed: 'Throttled' })]);
    expect(failed.subject).toMatch(/^GET UP: payments\/checkout-api undo did NOT finish/);
    expect(section(failed.body, 'What you can do')).toContain(`firebreak undo ${incident} --stage prod`);
  });
});
