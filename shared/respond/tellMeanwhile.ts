import { findingsOf } from '../incident/findings.ts';
import type { Head, Message, PlanRef, StoredFinding } from '../incident/items.ts';
import { incidentHash, keys } from '../incident/keys.ts';
import { openPage, writePage } from '../incident/openPage.ts';
import { planOfRun } from '../incident/plans.ts';
import { classOf } from '../plan/cause.ts';
import { escalationOf } from '../plan/escalation.ts';
import { decideFinding } from '../plan/match.ts';
import { mergePage } from '../plan/pageMap.ts';
import type { Matched } from '../plan/plan.ts';
import { quietOf } from '../plan/quiet.ts';
import { isThreat, mostSevereFirst } from '../plan/rank.ts';
import { composeMeanwhile } from '../report/meanwhile.ts';
import { calm } from '../report/situation.ts';
import { tierOf, unlessQuiet } from '../report/tier.ts';
import type { Rule, RuleSet } from '../rules/rule.ts';
import type { Effects } from './effects.ts';
import { linked } from './link.ts';

export type MeanwhileEffects = Pick<Effects, 'table' | 'clock' | 'log' | 'stage' | 'newId' | 'consoleUrl'> & {
  readonly bodies: Pick<Effects['bodies'], 'get'>;
};

/** Most runs are over by then, and tell it themselves. */
const patienceMs = 2 * 60_000;

/**
 * A run ends before anything that was found meanwhile is decided, and a patch may take an hour. Where a threat came while a run works that knows
 * of none, whoever would be woken for it is woken now: once for each run, and not while somebody is being called.
 * @returns the head with the page in its outbox; as it was, where nothing is to be told
 */
export async function tellMeanwhile(effects: MeanwhileEffects, head: Head, set: RuleSet): Promise<Head> {
  const { table, clock, log } = effects;
  const { incident, run, plan: ref, page, state } = head;
  const now = clock.now();
  // Whoever has it in hand has what the run deals with, and may sleep while it does.
  const isCalled = page !== null && page.acknowledged === undefined;
  if (state !== 'running' || isCalled || ref?.run !== run || head.seq === ref.seq) return head;
  if (now.getTime() - Date.parse(ref.at) < patienceMs) return head;
  const threats = newThreats(ref, await findingsOf(table, incident, head.closedSeq), set, now);
  const rules = set.rules.filter(({ name }) => threats.some(({ rule }) => rule === name));
  if (threats.length === 0 || tierFor(threats, rules, now) !== 'page') return head;
  const id = `${incidentHash(incident)}/${run}/meanwhile`;
  // Of this run it was told: the round that followed has dealt with that page.
  if ((await table.get(keys.message(incident, id))) !== undefined) return head;
  const stored = await planOfRun(effects.bodies, head, head.round);
  if (stored === undefined) return head;
  const escalates = escalationOf(rules, set.settings) ?? null;
  const { team = null } = ref.settings.responsible ?? {};
  const text = composeMeanwhile({
    incident,
    threats,
    plan: stored.plan,
    since: ref.at,
    escalates,
    now,
    stage: effects.stage,
  });
  const message: Message = {
    ...text,
    id,
    tier: 'page',
    outcome: 'not-contained',
    class: classOf(threats),
    ...(team === null ? {} : { team }),
    sent: false,
    at: now.toISOString(),
  };
  const written = await writePage(table, head, openPage(message, run, escalates, page), linked(effects, message, null));
  if (written !== undefined) log('A threat is told while a run works that does not know of it', { incident, run });
  return written ?? head;
}

/** What came after the run's plan, where that knows of no threat. */
function newThreats(
  { seq: known }: PlanRef,
  findings: readonly StoredFinding[],
  set: RuleSet,
  now: Date,
): readonly Matched[] {
  const threats = findings
    .map(({ finding, seq = 0 }) => ({ seq, matched: decideFinding(finding, set, now) }))
    .filter(({ matched }) => isThreat(matched));
  if (threats.some(({ seq }) => seq <= known)) return [];
  return mostSevereFirst(threats.map(({ matched }) => matched));
}

/** How loud it is that nothing has been done about it. */
function tierFor(threats: readonly Matched[], rules: readonly Rule[], now: Date) {
  const kind = classOf(threats);
  const acts = rules.some((rule) => rule.mode === 'enforce' && rule.do.length > 0);
  const outcome = acts ? 'not-contained' : 'observed';
  const tier = tierOf(outcome, { class: kind, page: mergePage(rules, { kind }), openRoles: [] });
  const quiet = quietOf(threats);
  return unlessQuiet(tier, outcome, quiet === undefined ? {} : { quiet }, calm, now);
}
