import type { Plan } from './plan.ts';

/** What is decided about the canary, always the same: nothing is done, nothing is told, and whatever the rules say is not asked. */
export const canaryPlan: Plan = {
  decision: 'ignore',
  reason: 'The canary: it shows that findings come through, and nothing is done or told for it.',
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
};
