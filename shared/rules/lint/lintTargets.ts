import { leadsTo, type ResourceKind } from '../../finding/resource.ts';
import type { Complaint } from '../document.ts';
import type { Branch } from '../pattern/compile.ts';
import { compiledOf } from '../patterns.ts';
import type { Rule } from '../rule.ts';
import type { RuleAction } from '../schema.ts';
import { sortsOf } from './about.ts';

/** Whether an alternative of the pattern can select a resource to which one of these kinds belongs. */
export const canSelect = (branch: Branch, targets: readonly ResourceKind[]): boolean =>
  sortsOf(branch).some(({ kind }) => leadsTo[kind].some((one) => targets.includes(one)));

/** Actions that can take nothing of what the rule's pattern pins: the rule would match and do nothing. */
export function lintTargets(rule: Pick<Rule, 'when' | 'do'>, actions: readonly RuleAction[]): readonly Complaint[] {
  const { branches } = compiledOf(rule.when);
  return rule.do.flatMap(({ action: name }, at) => {
    const { targets = [], declines = {} } = actions.find((action) => action.name === name) ?? {};
    // What it declines it says why, to whom the rule tells.
    const taken = [...targets, ...(Object.keys(declines) as ResourceKind[])];
    if (branches.some((branch) => canSelect(branch, taken))) return [];
    const kinds = [...new Set(branches.flatMap(sortsOf).map(({ kind }) => kind))];
    // What nothing can match is told by itself.
    if (kinds.length === 0) return [];
    const message = `"${name}" acts on ${targets.join(', ')}, and what when selects is about ${kinds.join(', ')} alone`;
    const suggestion = 'select a kind that it acts on, or leave it out';
    return [{ code: 'no-target' as const, path: `do[${at}]`, message, suggestion }];
  });
}
