import type { Step } from '../actions/contract.ts';
import { sha256Hex } from '../platform/hash.ts';
import { canonicalJson } from '../platform/json.ts';
import type { Plan } from './plan.ts';

/** SHA-256 (hex) of a plan: what a person decides about is bound to it. */
export const planHash = (plan: Plan): string => sha256Hex(canonicalJson(plan));

const numbered = (steps: readonly Step[]): readonly string[] =>
  steps.map((step, index) => {
    const needs = step.needs.map((key) => steps.findIndex((other) => other.key === key) + 1).filter((n) => n > 0);
    const after = needs.length === 0 ? '' : ` Only after step ${needs.join(', ')}.`;
    const undo = step.undo.possible ? step.undo.sentence : `It cannot be undone: ${step.undo.why}`;
    const remains = step.remains === undefined ? '' : ` ${step.remains}`;
    return `${index + 1}. ${step.action}: ${step.sentence}${after} ${undo}${remains}`;
  });

/** A plan as sentences, one a line: the decision, its steps in order with what each undo promises, what is not done. */
export function describePlan(plan: Plan): readonly string[] {
  return [
    `${plan.decision}: ${plan.reason}`,
    ...numbered(plan.steps),
    ...(plan.proposed.length === 0 ? [] : ['Would be done:', ...numbered(plan.proposed)]),
    ...plan.notDone.map((sentence) => `Not done: ${sentence}`),
  ];
}
