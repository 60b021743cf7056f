import { noAccusation } from '../../shared/actions/accusation.ts';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { parseEnvelope } from '../../shared/finding/envelope.ts';
import type { Finding } from '../../shared/finding/finding.ts';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import { parseEvent } from '../../shared/finding/registry.ts';
import { noAnswers } from '../../shared/plan/approval.ts';
import { assemble } from '../../shared/plan/assemble.ts';
import { decideFinding } from '../../shared/plan/match.ts';
import type { Plan } from '../../shared/plan/plan.ts';
import { propose } from '../../shared/plan/propose.ts';
import { plannedUnread } from '../../shared/plan/steps.ts';
import { composeMessage } from '../../shared/report/compose.ts';
import { outcomeOf } from '../../shared/report/outcome.ts';
import type { RuleSet, Tier } from '../../shared/rules/rule.ts';

/** What rules make of one event, with an account that nobody has read. */
export interface UnderPack {
  readonly decision: string;
  readonly rule: string | null;
  readonly tier: Tier | 'none';
  /** Of the first of its findings; null where it leads to none. */
  readonly finding: Finding | null;
  readonly plan: Plan | null;
}

const nothing = { decision: 'ignore', rule: null, tier: 'none', plan: null } as const;

/** Throws InvalidEvent. */
export function underPack(event: unknown, set: RuleSet, now: Date): UnderPack {
  const result = parseEvent(parseEnvelope(event));
  const [finding] = result.kind === 'ignored' ? [] : result.findings;
  if (finding === undefined) return { ...nothing, finding: null };
  // Nothing is contained: intake asks, and lets none through that only says how its resource is.
  if (finding.says !== undefined) return { ...nothing, finding };
  const matched = [decideFinding(finding, set, now)];
  const { proposals, notDone } = propose(matched, set, catalogue, now);
  const unread = proposals.map((proposal) => ({
    proposal,
    planned: plannedUnread(proposal.action, proposal.target),
    observed: null,
    accusation: noAccusation,
    unobserved: 'no account file was given',
  }));
  const around = { heldReason: null, cause: null, roles: [], answers: noAnswers(now) };
  const plan = assemble({ matched, set, notDone, proposals: unread, ...around });
  const outcome = outcomeOf(plan, [], { direction: 'do' });
  const { tier } = composeMessage({
    incident: incidentKey(finding),
    run: 'run1',
    direction: 'do',
    outcome,
    plan,
    receipts: [],
    heldUntil: null,
    now,
    stage: 'test',
  });
  return { decision: plan.decision, rule: plan.rule?.name ?? null, tier, finding, plan };
}
