import { html } from 'hono/html';
import type { IncidentRecord, ShownFinding, ShownPlan } from '../../incident/incidentRecord.ts';
import { canonicalJson } from '../../platform/json.ts';
import { whatItWouldLeave } from '../body.ts';
import { changedByLines } from '../changedBy.ts';
import { formsOf, type May } from './forms.ts';
import { graphOf, graphPiece } from './graph.ts';
import { type Piece, page, type Visitor } from './page.ts';
import { shown, time } from './shown.ts';
import { timelineOf } from './timeline.ts';

const looks: Readonly<Record<string, string>> = {
  contained: 'good',
  undone: 'good',
  released: 'good',
  degraded: 'warn',
  held: 'warn',
  joined: 'warn',
  'not-contained': 'bad',
};

function state(record: IncidentRecord): Piece {
  const { outcome, direction, hold, heldUntil, page: open, stops } = record;
  const under = record.state === 'running';
  const back = record.plan?.release === undefined ? 'Being undone' : 'Being released';
  const headline = under ? (direction === 'undo' ? back : 'Under way') : (outcome ?? 'No outcome yet');
  const lines = [
    `${record.state}; opened ${time(record.openedAt)}, last finding ${time(record.lastFindingAt)}, contained ${time(record.containedAt)}.`,
    ...(open === null
      ? []
      : [
          open.acknowledged === undefined
            ? `Paged ${time(open.at)}; nobody has acknowledged it${open.next === null ? '' : `, it goes on ${time(open.next)}`}.`
            : `Paged ${time(open.at)}; ${open.acknowledged.by} has it since ${time(open.acknowledged.at)}.`,
        ]),
    ...(heldUntil === null ? [] : [`Held until ${time(heldUntil)}, because it was undone.`]),
    ...(hold === null ? [] : [`Held until ${time(hold.until)} by ${hold.by}: ${hold.reason}`]),
    ...(record.lease === null || record.lease.expiresAt === null
      ? []
      : [`Its lease is until ${time(record.lease.expiresAt)}; nothing is released by itself.`]),
    ...(stops ?? []).map(({ why }) => `Waits: ${why}`),
  ];
  return html`<div class="state ${under ? 'warn' : (looks[outcome ?? ''] ?? '')}" role="status"><strong>${headline}</strong>${lines.map((line) => html`<p>${shown(line)}</p>`)}</div>`;
}

function why({ rule, plan }: IncidentRecord): Piece | null {
  if (plan === null) return null;
  const ruleText = rule === null ? 'None matched.' : `${rule.name} (${rule.mode}), rule set ${rule.ruleset.number}`;
  const exempted = plan.exempted.map(({ name, owner, reason }) => `${name} of ${owner}: ${reason}`);
  return html`<h2>Why</h2><dl><dt>Cause</dt><dd>${plan.cause === null ? 'none: nobody is at work' : `${plan.cause}. ${shown(plan.causeWhy ?? '')}`}</dd><dt>Class</dt><dd>${plan.class}</dd><dt>Rule</dt><dd>${shown(ruleText)}</dd><dt>Decided</dt><dd>${plan.decision}: ${shown(plan.reason, 1000)}</dd><dt>Owner</dt><dd>${shown(plan.owner)}</dd>${exempted.map((one) => html`<dt>Exempted</dt><dd>${shown(one)}</dd>`)}</dl>`;
}

function step({ action, sentence, undo, receipt, before, target }: ShownPlan['steps'][number]): Piece {
  const { verified, changedBy } = receipt ?? {};
  return html`<li><strong>${shown(action, 100)}</strong>: ${shown(sentence)}<dl><dt>State</dt><dd>${receipt === null ? 'not started' : `${receipt.state}${receipt.endedAt === undefined ? '' : ` ${time(receipt.endedAt)}`}`} ${shown([receipt?.did, receipt?.failed].filter((one) => one !== undefined).join(' '))}</dd>${
    before === null
      ? null
      : html`<dt>Before</dt><dd><details><summary>as it was read before the change</summary><pre>${shown(canonicalJson(before), 4000)}</pre></details></dd>`
  }${verified === undefined ? null : html`<dt>After</dt><dd>read back ${time(verified.at)} (${verified.state}): ${shown(verified.seen)}</dd>`}${changedBy === undefined ? null : html`<dt>Changed by</dt><dd>${changedByLines(changedBy, target).map((line) => html`<p>${shown(line, 1000)}</p>`)}</dd>`}<dt>Undo</dt><dd>${undo.possible ? shown(undo.sentence) : `impossible: ${shown(undo.why)}`}</dd></dl></li>`;
}

function planPiece({ plan }: IncidentRecord): Piece | null {
  if (plan === null) return null;
  const { steps, proposed, notDone, seen } = plan;
  const list = (title: string, lines: readonly string[]): Piece | null =>
    lines.length === 0 ? null : html`<h3>${title}</h3><ul>${lines.map((one) => html`<li>${shown(one)}</li>`)}</ul>`;
  return html`<h2>${plan.direction === 'undo' ? 'Undo' : 'Plan'}, before and after</h2>${steps.length === 0 ? html`<p>No step.</p>` : html`<ol>${steps.map(step)}</ol>`}${list(
    'Would do',
    proposed.map(({ action, sentence }) => `${action}: ${sentence}`),
  )}${list('What that would leave, and the way back', whatItWouldLeave(plan))}${list('Not done, and why', notDone)}${list('Seen', seen)}`;
}

function finding({ title, severity, label, source, type, activity, status }: ShownFinding): Piece {
  return html`<li><time datetime="${activity}">${time(activity)}</time> ${shown(title)} (${shown(`${label} ${severity ?? ''}`)}; ${shown(`${source} ${type}, ${status}`, 300)})</li>`;
}

/** What whoever was woken has read, as it was sent. */
function latest({ messages }: IncidentRecord): Piece | null {
  const message = messages.findLast(({ replacedBy }) => replacedBy === undefined);
  if (message === undefined) return null;
  const lines = message.body.split('\n').map((line) => shown(line, 2000));
  return html`<h2>The latest message</h2><p><strong>${shown(message.subject, 200)}</strong> <span class="soft">${message.tier}, ${time(message.at)}</span></p><details><summary>All of it</summary><pre>${lines.join('\n')}</pre></details>`;
}

/** Where what was kept lies; the folder has the name of the incident's hash. */
export interface Evidence {
  /** `s3://bucket/evidence/…/`. */
  readonly place: string;
  /** The same in the console of AWS, for whoever may read it there. */
  readonly href: string;
}

export interface IncidentInput {
  readonly stage: string;
  readonly visitor: Visitor;
  readonly record: IncidentRecord;
  readonly may: May;
  readonly evidence: Evidence;
  readonly now: string;
}

const mostFindings = 100;
const mostMoments = 300;

/** All about one incident: what it is, what can be done, why, what was done with proof, and how it came about. */
export function incidentPage({ stage, visitor, record, may, evidence, now }: IncidentInput): Piece {
  const { findings } = record;
  const all = timelineOf(record);
  const moments = all.slice(-mostMoments);
  return page({
    stage,
    title: shown(record.incident, 80),
    visitor,
    main: html`<h1>${shown(record.incident)}</h1>${state(record)}${latest(record)}${formsOf(record, may, now)}${why(record)}${graphPiece(graphOf(record))}${planPiece(record)}
<h2>Findings (${findings.length})</h2><ul>${findings.slice(0, mostFindings).map(finding)}</ul>${findings.length > mostFindings ? html`<p class="soft">and ${findings.length - mostFindings} more</p>` : null}
<h2>Evidence</h2><p>Whoever may read the bucket finds it at <a href="${evidence.href}" rel="noreferrer">${evidence.place}</a>.</p>
<h2>Timeline</h2>${all.length > mostMoments ? html`<p class="soft">The latest ${mostMoments} of ${all.length}; the command has all.</p>` : null}<ol class="time">${moments.map(({ at, what }) => html`<li><time datetime="${at}">${time(at)}</time> ${shown(what, 1000)}</li>`)}</ol>`,
  });
}
