import { parseEnvelope } from '../../shared/finding/envelope.ts';
import { parseEvent } from '../../shared/finding/registry.ts';
import type { Parsed } from '../../shared/finding/source.ts';
import { rulesConsidered } from '../../shared/plan/match.ts';
import type { Matched } from '../../shared/plan/plan.ts';
import { mostSevereFirst } from '../../shared/plan/rank.ts';
import { InvalidEvent } from '../../shared/platform/errors.ts';
import type { RuleSet } from '../../shared/rules/rule.ts';
import { type Explained, type ExplainedFinding, noPage } from './explained.ts';
import { explainedSteps, predictedPage } from './predict.ts';
import { type Rehearsed, type Rehearsing, rehearse } from './rehearse.ts';
import { type Route, route } from './routes.ts';

export interface Explaining extends Rehearsing {
  readonly routes: readonly Route[];
  readonly set: RuleSet;
}

/** A finding, what the rules said of it, and the plan of its incident. */
interface Verdict extends Rehearsed {
  readonly matched: Matched;
}

const textIn = (event: unknown, name: string): string | null => {
  const value = event !== null && typeof event === 'object' ? (event as { [key: string]: unknown })[name] : undefined;
  return typeof value === 'string' ? value : null;
};

/** What production's parser says, whether or not the event is routed to it. */
function parsed(event: unknown): Parsed | { readonly kind: 'invalid'; readonly reason: string; readonly path: string } {
  try {
    return parseEvent(parseEnvelope(event));
  } catch (error) {
    if (!(error instanceof InvalidEvent)) throw error;
    const { path, message } = error;
    return { kind: 'invalid', reason: message.includes(path) ? message : `${path}: ${message}`, path };
  }
}

const nothing = {
  incident: null,
  cause: null,
  rule: null,
  plan: [],
  notDone: [],
  seen: [],
  page: noPage,
} as const;

/** What would happen on one event, by itself: as if nothing had been delivered before. */
export async function explainEvent(explaining: Explaining, event: unknown): Promise<Explained> {
  const read = parsed(event);
  const routed = route(explaining.routes, event);
  const about = {
    id: textIn(event, 'id'),
    source: textIn(event, 'source'),
    detailType: textIn(event, 'detail-type'),
    intake: routed.intake,
  };
  if (read.kind === 'invalid') {
    const { reason, path } = read;
    return { ...about, findings: [], decision: 'invalid', reason, path, considered: [], ...nothing };
  }
  const findings = read.kind === 'findings' ? read.findings : [];
  const ignored = (reason: string): Explained => {
    const unseen = findings.map((finding) => ({ ...finding, incident: null, decision: 'ignore' as const, rule: null }));
    return { ...about, findings: unseen, decision: 'ignore', reason, considered: [], ...nothing };
  };
  if (routed.intake === null) return ignored(routed.because);
  if (read.kind === 'ignored') return ignored(read.reason);
  const rehearsed = await rehearse(explaining, { id: about.id ?? '', body: JSON.stringify(event) }, findings);
  if (typeof rehearsed === 'string') return ignored(rehearsed);
  const verdicts = rehearsed.flatMap((one) => one.plan.findings.map((matched) => ({ ...one, matched })));
  return { ...about, findings: verdicts.map(explainedFinding), ...mainOf(explaining, verdicts) };
}

const decisionOf = ({ matched, plan }: Verdict): ExplainedFinding['decision'] =>
  matched.decision === 'ignore' ? 'ignore' : plan.decision;

const explainedFinding = (verdict: Verdict): ExplainedFinding => {
  const decision = decisionOf(verdict);
  const { finding, rule } = verdict.matched;
  return { ...finding, incident: decision === 'ignore' ? null : verdict.incident, decision, rule };
};

/** The event's own fields: those of its most severe finding. */
function mainOf({ set, clock, stage, reading }: Explaining, verdicts: readonly Verdict[]) {
  const [first] = mostSevereFirst(verdicts.map(({ matched }) => matched));
  const verdict = verdicts.find(({ matched }) => matched === first);
  if (verdict === undefined) throw new Error('An incident was decided about without a finding');
  const { matched, incident, plan } = verdict;
  const considered = rulesConsidered(matched.finding, set, clock.now());
  const decision = decisionOf(verdict);
  if (decision === 'ignore') return { decision, reason: matched.reason, considered, ...nothing };
  const rule = set.rules.find(({ name }) => name === matched.rule);
  return {
    decision,
    reason: plan.reason,
    incident,
    cause: plan.cause,
    rule: rule === undefined ? null : { name: rule.name, mode: rule.mode },
    considered,
    plan: explainedSteps(plan),
    notDone: plan.notDone,
    seen: [...reading.unseen(matched.finding), ...plan.seen],
    page: predictedPage(verdict, clock.now(), stage),
  };
}
