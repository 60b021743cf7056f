import { describe, expect, it } from 'vitest';
import type { Step } from '../../shared/actions/contract.ts';
import type { Receipt } from '../../shared/incident/items.ts';
import type { Plan } from '../../shared/plan/plan.ts';
import { composeMessage } from '../../shared/report/compose.ts';
import { outcomeOf } from '../../shared/report/outcome.ts';
import { now } from '../plan/fakes.ts';
import { planFor, receipt, section } from './runs.ts';

const base = planFor();
const [, archive] = base.steps;
if (archive === undefined) throw new Error('The plan has no second step');
const facts = { ...archive.facts, contains: false };
const gone = { possible: false, why: 'It stays installed.' } as const;
const remains = 'The image of its group is still old.';
const drain: Step = { ...archive, action: 'host.patch', key: 'drain', facts, remains };
const patch: Step = {
  ...drain,
  key: 'patch',
  facts: { ...facts, contains: true, canWait: true },
  undo: gone,
  part: { name: 'patch', at: 1, needsEarlier: true },
};
const activate: Step = {
  ...drain,
  key: 'activate',
  undo: gone,
  part: { name: 'activate', at: 2, needsEarlier: false, closes: 'It takes tasks again.' },
};
/** What stands under a heading. */
const partOf = (body: string, heading: string): string => section(body, heading).slice(heading.length + 1);
const plan: Plan = { ...base, steps: [drain, patch, activate], class: 'C' };

/** Receipts of the three, by how each was read back. */
const readBack = (...states: readonly string[]): readonly Receipt[] =>
  states.map((state, step) => ({
    ...receipt(base, 'image.archive'),
    step,
    key: plan.steps[step]?.key ?? '',
    ...(state === 'skipped' ? { state } : { verified: { state, seen: 'seen', at: now.toISOString() } }),
  }));

const outcome = (receipts: readonly Receipt[], of: Plan = plan) => outcomeOf(of, receipts, { direction: 'do' });
const message = (receipts: readonly Receipt[], of: Plan = plan) =>
  composeMessage({
    ...{ incident: 'instance/1/r/i-1', run: 'r', direction: 'do', outcome: outcome(receipts, of), plan: of, receipts },
    ...{ heldUntil: null, now, stage: 'dev' },
  });

describe('what contains where nobody is at work', () => {
  it('is contained when all of it holds, which is for the morning', () => {
    const receipts = readBack('holds', 'holds', 'holds');
    expect([outcome(receipts), message(receipts).tier]).toEqual(['contained', 'digest']);
  });

  it('is told as fixed: nobody was inside', () => {
    expect(message(readBack('holds', 'holds', 'holds')).subject).toContain(' fixed, ');
    const { subject, body } = message(readBack('holds', 'holds', 'broken'));
    expect(subject).toContain(' fixed, a step failed, ');
    expect(body).toContain('It is fixed. Finish by hand what failed above, in working hours.');
    const beside = { ...drain, key: 'beside', facts: { ...facts, contains: true } };
    const held = [
      ...readBack('holds', 'holds', 'holds'),
      { ...readBack('holds')[0], step: 3, key: 'beside' } as Receipt,
    ];
    expect(message(held, { ...plan, steps: [...plan.steps, beside] }).subject).toContain(' contained, ');
  });

  it.each([
    ['it failed', readBack('holds', 'broken', 'holds')],
    ['it was not even tried', readBack('broken', 'skipped', 'holds')],
    ['it could not be put back', readBack('holds', 'holds', 'broken')],
  ])('is degraded when %s, and wakes nobody', (_what, receipts) => {
    expect([outcome(receipts), message(receipts).tier]).toEqual(['degraded', 'notice']);
  });

  it('is told as not fixed, and not as contained', () => {
    const { subject, body } = message(readBack('holds', 'broken', 'holds'));
    expect(subject).toContain('NOT fixed, a step failed');
    expect(partOf(body, 'What you can do')).toContain(
      'What was found is still there, as far as that could be read back. Finish by hand what failed above, in working hours.',
    );
    expect(body).not.toContain('It is contained');
  });

  it('is held, in working hours, where somebody has changed it back by hand', () => {
    const receipts = readBack('holds', 'broken', 'holds').map(
      (one): Receipt => (one.step === 1 ? { ...one, state: 'held', against: 'person' } : one),
    );
    const { tier, body } = message(receipts);
    expect([outcome(receipts), tier]).toEqual(['held', 'notice']);
    expect(body).toContain('Somebody has changed it back by hand, and Firebreak does not revert that.');
    expect(body).toContain('If it was not, do by hand what is undone above: Firebreak leaves it alone from now on.');
  });

  it('wakes somebody for what is of the worst class', () => {
    const worst: Plan = { ...plan, class: 'A' };
    const { tier, body } = message(readBack('holds', 'broken', 'holds'), worst);
    expect(tier).toBe('page');
    expect(body).toContain('Finish by hand what failed above.');
  });

  it('is not contained when something beside it is not that cannot wait', () => {
    const both: Plan = { ...plan, steps: [...plan.steps, { ...archive, key: 'archive' }] };
    const receipts = [
      ...readBack('holds', 'broken', 'holds'),
      { ...receipt(base, 'image.archive'), step: 3, key: 'archive', verified: { state: 'broken', seen: '', at: '' } },
    ];
    expect(outcome(receipts, both)).toBe('not-contained');
    expect(outcome(receipts.with(3, { ...receipt(base, 'image.archive'), step: 3, key: 'archive' }), both)).toBe(
      'degraded',
    );
    expect(
      message(receipts.with(3, { ...receipt(base, 'image.archive'), step: 3, key: 'archive' }), both).subject,
    ).toContain('contained, a step failed');
  });

  it('promises no undo of what was put back, as was read only then', () => {
    const { closes: _none, ...part } = { closes: '', ...activate.part, name: 'settle', at: 2, needsEarlier: false };
    const settle: Step = { ...activate, part };
    const of = { ...plan, steps: [{ ...drain, undo: archive.undo }, settle] };
    const [first, last] = readBack('broken', 'holds');
    const closes = 'It did not come up, so it was put back.';
    const undone = (verified: Receipt['verified']) =>
      partOf(message([first, { ...last, key: settle.key, verified }] as Receipt[], of).body, 'How to undo');
    const holds = { state: 'holds', seen: 'seen', at: now.toISOString() };
    expect(undone(holds)).toContain('firebreak undo');
    expect(undone({ ...holds, closes })).not.toContain('firebreak undo');
    expect(undone({ ...holds, closes })).toContain(`host.patch cannot be undone: ${closes}`);
  });

  it('says what it leaves as it is', () => {
    expect(partOf(message(readBack('holds', 'holds', 'holds')).body, 'What is still open')).toBe(remains);
  });
});

describe('the undo of what a later step has put back', () => {
  it('is promised no more', () => {
    const { body } = message(readBack('holds', 'holds', 'holds'));
    expect(partOf(body, 'How to undo')).toBe('host.patch cannot be undone: It takes tasks again.');
  });

  it('is, as long as it has not', () => {
    const { body } = message(readBack('holds', 'holds', 'broken'));
    expect(partOf(body, 'How to undo')).toMatch(/^firebreak undo .*\nhost\.patch: /);
  });
});
