import type { Step } from '../actions/contract.ts';
import { lossOfSight } from '../finding/threatFinding/sight.ts';
import type { Head, Message, Outcome, Receipt } from '../incident/items.ts';
import { incidentHash } from '../incident/keys.ts';
import type { FindingClass, Plan } from '../plan/plan.ts';
import type { Stop } from '../plan/stop.ts';
import { sha256Hex } from '../platform/hash.ts';
import { canonicalJson, type JsonObject } from '../platform/json.ts';
import type { Tier } from '../rules/rule.ts';

interface Text {
  readonly tier: Tier;
  readonly subject: string;
  readonly body: string;
  readonly outcome?: Outcome;
  readonly class?: FindingClass;
  readonly team?: string;
  readonly notBefore?: string;
  readonly collected?: true;
}

/** A message to be stored in the outbox. Its id is that of the state it tells of, so that a repeat is the same message. */
export const messageOf = (
  head: Head,
  state: string,
  { tier, subject, body, outcome, class: known, team, notBefore, collected }: Text,
  now: Date,
): Message => ({
  id: `${incidentHash(head.incident)}/${head.run}/${state}`,
  tier,
  subject,
  body,
  sent: false,
  at: now.toISOString(),
  ...(outcome === undefined ? {} : { outcome }),
  ...(known === undefined ? {} : { class: known }),
  ...(team === undefined ? {} : { team }),
  ...(notBefore === undefined ? {} : { notBefore }),
  ...(collected === undefined ? {} : { collected }),
});

/** What a run came to. */
export interface RunState {
  readonly outcome: Outcome;
  readonly tier: Tier | 'none';
  readonly plan: Plan;
  readonly receipts: readonly Receipt[];
  /** See PlanRef: activity after a containment is a new state. */
  readonly breached: string | null;
  /** Rules that are stopped by what did not hold in it. */
  readonly stopped?: readonly { readonly rule: string }[];
  /** Of an undo or a release: when a person asked for it, ISO. */
  readonly asked?: string | undefined;
}

/** Evidence on what was dealt with before is not taken again: that it is not in a plan is no news. */
const matters = ({ facts }: Step): boolean => facts.changes || facts.contains;

/** Who watches does not see it any more: news beside whatever else is known of it. */
const isBlind = ({ findings }: Plan): boolean =>
  findings.some(({ finding, decision }) => decision !== 'ignore' && finding.type === lossOfSight);

/**
 * What was contained is not any more, and stays so: each time that somebody did it is news, and so is what comes back by itself after
 * somebody had contained it by hand.
 */
function broughtBack({ findings }: Plan, receipts: readonly Receipt[]): { readonly back?: readonly string[] } {
  const times = findings.flatMap(({ finding }) => (finding.says === undefined ? [] : [finding.observedAt]));
  const back = receipts.flatMap(({ against, failed = '' }) =>
    against === 'person' ? times.toSorted() : against === 'comes-back' ? [failed] : [],
  );
  return back.length === 0 ? {} : { back };
}

/** Another question is news, and that it is late, and a no. Who said yes is told with what was done, and is no news of it later. */
const answersIn = ({ asks, rejected }: Plan): JsonObject => ({
  ...(asks === undefined ? {} : { asks: [asks.hash, asks.late === true] }),
  ...(rejected === undefined ? {} : { rejected: rejected.at }),
});

/** That it is held by something else is news; that the same holds it for another hour is none. */
const kindsOf = (stops: readonly Stop[]): readonly string[] => [...new Set(stops.map(({ kind }) => kind))].sort();

/**
 * What makes one state of an incident another: the outcome, how loud it is, the deciding rule, cause and class, the steps
 * with what became of each, whose credentials are still open, and which containment did not end the activity. Not: the findings, times, what was
 * read as proof, wording, or what was only read (its failure is in the outcome), so that the four hundredth vulnerability of one push tells nobody anything new.
 */
export const fingerprint = ({ outcome, tier, plan, receipts, breached, stopped = [], asked }: RunState): string =>
  `${outcome}-${sha256Hex(
    canonicalJson({
      tier,
      decision: plan.decision,
      rule: plan.rule,
      cause: plan.cause,
      class: plan.class,
      steps: plan.steps.filter(matters).map(({ key, direction }) => [key, direction]),
      proposed: plan.proposed.filter(matters).map(({ key }) => key),
      receipts: receipts
        .filter(({ key }) => !plan.steps.some((step) => step.key === key && !matters(step)))
        .map(({ key, state, verified, again, stops }) => [
          key,
          // Whether the step had to wait is no news: in the next round what it did is found done.
          state === 'waiting' ? 'done' : state,
          verified?.state ?? null,
          ...(again === undefined ? [] : [again.times]),
          ...(stops === undefined ? [] : [kindsOf(stops)]),
        ]),
      breached,
      ...(plan.openRoles.length === 0 ? {} : { openRoles: plan.openRoles }),
      ...(isBlind(plan) ? { blind: true } : {}),
      ...broughtBack(plan, receipts),
      ...(stopped.length === 0 ? {} : { stopped: stopped.map(({ rule }) => rule) }),
      ...(plan.stops === undefined ? {} : { stops: kindsOf(plan.stops) }),
      // Each answer to whoever asked for it, though it may be the same as before.
      ...(asked === undefined ? {} : { asked }),
      ...(plan.drill === undefined ? {} : { drill: plan.drill.id }),
      ...answersIn(plan),
    }),
  ).slice(0, 12)}`;
