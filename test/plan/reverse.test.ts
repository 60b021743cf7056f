import { describe, expect, test } from 'vitest';
import { noAccusation } from '../../shared/actions/accusation.ts';
import type { Action } from '../../shared/actions/contract.ts';
import { describePlan } from '../../shared/plan/describe.ts';
import { orderSteps } from '../../shared/plan/order.ts';
import { reversePlan } from '../../shared/plan/reverse.ts';
import { stepsOf } from '../../shared/plan/steps.ts';
import { archive, evidence, fakeAction, finding, step } from './fakes.ts';

const { resource, account, region } = finding();
const target = { ...resource, account, region };
const stop = fakeAction('task.stop', { phase: 'workload', changes: true, contains: true });
const rotate = fakeAction('secret.rotate', { phase: 'secrets', changes: true }, false);
const catalogue = [evidence, archive, stop, rotate];
const steps = (...actions: readonly Action[]) =>
  orderSteps(
    actions.flatMap((action) =>
      stepsOf({
        proposal: { action, target, params: {}, mode: 'enforce', observing: [], rules: [] },
        planned: step(action),
        observed: { use: 'no' },
        accusation: noAccusation,
      }),
    ),
  );

describe('reversePlan', () => {
  test('puts back in the reverse order; what needed another is put back before it', () => {
    const plan = reversePlan(steps(archive, stop), catalogue);
    expect(plan.decision).toBe('contain');
    expect(plan.steps.map(({ action, direction }) => [action, direction])).toEqual([
      ['image.archive', 'undo'],
      ['task.stop', 'undo'],
    ]);
    const [first, second] = plan.steps;
    expect(first?.needs).toEqual([]);
    expect(second?.needs).toEqual([first?.key]);
  });

  test('leaves nothing of what a step has left: that is no matter of its undo', () => {
    const [one] = steps(archive);
    const left = { ...one, remains: 'It is limited until an undo.', afterwards: { settle: 'Later.' }, reopens: true };
    const [undo] = reversePlan([left as never], catalogue).steps;
    expect(undo?.direction).toBe('undo');
    for (const member of ['remains', 'afterwards', 'reopens']) expect(undo).not.toHaveProperty(member);
  });

  test('speaks with the sentence that was promised, under a key of its own', () => {
    const [original] = steps(archive);
    const [undo] = reversePlan(steps(archive), catalogue, 'payments').steps;
    expect(undo?.sentence).toBe('Put back image.archive.');
    expect(undo?.key).toBe(`undo ${original?.key}`);
    expect(undo?.permissions).toEqual(['image.archive:Write']);
    expect(undo?.undo.possible).toBe(false);
  });

  test('what cannot be put back is said, with why; the rest is put back', () => {
    const plan = reversePlan(steps(archive, rotate), catalogue);
    expect(plan.steps.map(({ action }) => action)).toEqual(['image.archive']);
    expect(plan.notDone).toEqual([
      expect.stringMatching(/^secret\.rotate on .* cannot be put back: secret\.rotate is for good$/),
    ]);
  });

  test('an action that this version does not have is said', () => {
    expect(reversePlan(steps(archive), []).notDone).toEqual([expect.stringContaining('no undo for it')]);
  });

  test('evidence changed nothing, and is not mentioned', () => {
    const plan = reversePlan(steps(evidence, archive), catalogue);
    expect(plan.steps.map(({ action }) => action)).toEqual(['image.archive']);
    expect(plan.notDone).toEqual([]);
  });

  test('nothing that can be put back is held; nothing that was changed is ignored', () => {
    expect(reversePlan(steps(rotate), catalogue)).toMatchObject({ decision: 'hold', steps: [] });
    expect(reversePlan(steps(evidence), catalogue)).toMatchObject({ decision: 'ignore', steps: [] });
  });

  test('prints the order', () => {
    expect(describePlan(reversePlan(steps(archive, stop), catalogue))[2]).toContain('Only after step 1.');
  });
});
