import { expect, test } from 'vitest';
import { planHash } from '../../shared/plan/describe.ts';
import type { Plan } from '../../shared/plan/plan.ts';
import { planOf } from './given.ts';

const plan = planOf();

test('the hash of a plan is that of its content, in whatever order it was stored', () => {
  const stored = Object.fromEntries(Object.entries(plan).reverse()) as unknown as Plan;
  expect(planHash(stored)).toBe(planHash(plan));
});

test('a plan that differs in one step has another hash', () => {
  expect(planHash({ ...plan, steps: plan.steps.slice(1) })).not.toBe(planHash(plan));
});
