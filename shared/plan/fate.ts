import type { Finding } from '../finding/finding.ts';
import { leadsTo, type ResourceKind } from '../finding/resource.ts';
import { decideRule, type Exempted } from '../rules/decide.ts';
import { asksFirst, type DoEntry, type Rule, type RuleSet } from '../rules/rule.ts';
import { changingOf, type DangerAction } from './acting.ts';

/** What becomes of a finding under a set, as far as the set decides it. */
export interface Fate {
  readonly rule: Rule | null;
  /** How loud: 0, no rule takes it; 1, an exemption keeps it from waking anybody; 2. Of the worst class no rule says it more quietly. */
  readonly told: 0 | 1 | 2;
  /** What changes something for it, unasked. */
  readonly changing: readonly DoEntry[];
  /** Kinds of what it is put out of: a task, a service. */
  readonly workloads: readonly ResourceKind[];
  readonly exempted: readonly Exempted[];
}

/** Pure; `now` decides which exemptions have expired. Whether the settings let anything be changed at all is not asked. */
export function fateOf(finding: Finding, set: RuleSet, actions: readonly DangerAction[], now: Date): Fate {
  const { rule, exempted } = decideRule(finding, set, now);
  if (rule === null) return { rule, told: 0, changing: [], workloads: [], exempted };
  const quiet = exempted.some(({ takes }) => takes === 'paging');
  const leftOut = exempted.flatMap((one) => one.actions ?? []);
  const found = leadsTo[finding.resource.kind];
  const unasked = rule.mode === 'enforce' && !asksFirst(rule);
  const actionsOf = ({ action }: DoEntry): readonly DangerAction[] =>
    actions.filter(({ name, targets }) => name === action && targets.some((kind) => found.includes(kind)));
  const changing = (unasked ? changingOf(rule, actions) : []).filter(
    (entry) => !leftOut.includes(entry.action) && actionsOf(entry).length > 0,
  );
  return {
    rule,
    told: quiet ? 1 : 2,
    changing,
    workloads: changing
      .flatMap(actionsOf)
      .filter(({ facts }) => facts.phase === 'workload')
      .flatMap(({ targets }) => targets),
    exempted,
  };
}
