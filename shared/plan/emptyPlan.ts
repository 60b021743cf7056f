import type { Plan } from './plan.ts';

/** A plan of nothing: for what is decided without looking at anything. */
export const emptyPlan = {
  cause: null,
  causeWhy: null,
  rule: null,
  rules: [],
  findings: [],
  steps: [],
  proposed: [],
  notDone: [],
  seen: [],
  class: 'C',
  openRoles: [],
  wanted: [],
  page: {},
  owner: 'unknown',
} as const satisfies Omit<Plan, 'decision' | 'reason'>;
