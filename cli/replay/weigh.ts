import type { Accused } from '../../shared/account/accused.ts';
import { targetKey } from '../../shared/actions/contract.ts';
import type { Finding } from '../../shared/finding/finding.ts';
import type { Outcome } from '../../shared/incident/items.ts';
import { noAnswers } from '../../shared/plan/approval.ts';
import { assemble } from '../../shared/plan/assemble.ts';
import { accusationOf, causesOf, firstCause, rolesOf } from '../../shared/plan/cause.ts';
import type { Matched, Plan } from '../../shared/plan/plan.ts';
import { propose } from '../../shared/plan/propose.ts';
import type { Observation } from '../../shared/plan/steps.ts';
import { outcomeOf } from '../../shared/report/outcome.ts';
import { situationOf } from '../../shared/report/situation.ts';
import { tierOf } from '../../shared/report/tier.ts';
import { ownersIn } from '../../shared/respond/accused.ts';
import { louder } from '../../shared/respond/breached.ts';
import { fingerprint } from '../../shared/respond/message.ts';
import type { RuleSet, Tier } from '../../shared/rules/rule.ts';
import { asIfDone } from '../explain/predict.ts';
import type { Surroundings } from './surroundings.ts';

/** What a run of an incident would come to. */
export interface Weighed {
  readonly plan: Plan;
  /** What is to be contained and can be: `<action> <target>` each. What of it was contained before still holds. */
  readonly toContain: readonly string[];
  /** What people would be told, where every step is done and holds; `breached` as in the protocol. */
  told(breached: string | null): Told;
}

export interface Told {
  readonly outcome: Outcome;
  readonly tier: Tier | 'none';
  /** See `fingerprint`: nobody is told of the same twice. */
  readonly state: string;
}

export interface Weighing {
  readonly set: RuleSet;
  readonly surroundings: Surroundings;
}

/** The findings of an incident at one moment. */
export interface Case {
  readonly incident: string;
  readonly matched: readonly Matched[];
  /** Threats of its earlier openings. */
  readonly earlier: readonly Finding[];
  /** Whether a finding has come since the last run. */
  readonly isNews: (finding: Finding) => boolean;
  readonly now: Date;
  /** Which opening of it: what was asked in another is another question. */
  readonly opening: number;
}

const toContain = ({ proposal, planned }: Observation): readonly string[] =>
  proposal.action.facts.contains && planned.kind === 'step'
    ? [`${proposal.action.name} ${targetKey(proposal.target)}`]
    : [];

function telling(plan: Plan, now: Date): Weighed['told'] {
  const at = now.toISOString();
  const receipts = plan.steps.map((step, n) => asIfDone(step, n, at));
  const known = new Map<string | null, Told>();
  return (breached) => {
    const told = known.get(breached);
    if (told !== undefined) return told;
    const loud = louder(plan, null, breached);
    const outcome = outcomeOf(loud, receipts, { direction: 'do' });
    const tier = tierOf(outcome, loud, situationOf(loud, receipts, breached));
    const made = { outcome, tier, state: fingerprint({ outcome, tier, plan: loud, receipts, breached }) };
    known.set(breached, made);
    return made;
  };
}

/** Decide and what Report makes of it, by production's own pure parts, in the order in which `planDo` calls them. */
export async function weigh({ set, surroundings }: Weighing, given: Case): Promise<Weighed> {
  const { incident, matched, earlier, isNews, now, opening } = given;
  const accused = new Map<string, Accused>();
  const unread = new Set<string>();
  for (const one of matched) {
    const seen = await surroundings.seen(one);
    accused.set(one.finding.id, seen.accused);
    for (const sentence of seen.unread) unread.add(sentence);
  }
  const causes = causesOf({ matched, accused, earlier, causeWindowMinutes: set.settings.causeWindowMinutes });
  const accusation = accusationOf({ matched, accused }, causes, []);
  const { proposals, notDone } = propose(matched, set, surroundings.catalogue, now, accused, isNews);
  const observed = await surroundings.observed(incident, proposals, accusation, set.settings);
  const plan = assemble({
    matched,
    proposals: observed,
    set,
    notDone: [...unread, ...notDone],
    heldReason: null,
    cause: firstCause([...causes.values()]),
    roles: rolesOf({ matched, accused }),
    owners: ownersIn(accused),
    answers: { ...noAnswers(now), since: String(opening) },
  });
  return { plan, toContain: observed.flatMap(toContain), told: telling(plan, now) };
}
