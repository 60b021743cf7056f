import type { Folded } from '../../shared/incident/gatherings.ts';
import type { Hold } from '../../shared/incident/holds.ts';
import {
  canBeReleased,
  canBeUndone,
  type IncidentRecord,
  type ShownExempted,
  type ShownFinding,
  type ShownPlan,
} from '../../shared/incident/incidentRecord.ts';
import type { Message, StandingChange, TargetRecord } from '../../shared/incident/items.ts';
import { askedIn } from '../../shared/plan/stop.ts';
import { canonicalJson } from '../../shared/platform/json.ts';
import { asksLines } from '../../shared/report/asks.ts';
import { whatItWouldLeave } from '../../shared/report/body.ts';
import { changedByLines } from '../../shared/report/changedBy.ts';
import { commandFor } from '../../shared/report/command.ts';
import { leaseChoices } from '../../shared/report/lease.ts';
import { firstOf } from '../../shared/report/text.ts';
import { keyText } from '../../shared/report/turns.ts';
import { at, indented, type Part, pageOf, safe } from './lines.ts';

/** An incident of a stage for a person to read, a line each. */
export function incidentPage(record: IncidentRecord, stage: string): readonly string[] {
  const { incident, state, outcome, direction, heldUntil, hold } = record;
  const undoing = direction === 'undo' && state === 'running' ? ', being undone' : '';
  return pageOf(
    [
      safe(incident),
      `${state}${undoing}, outcome ${outcome ?? 'none yet'}`,
      `opened ${at(record.openedAt)}, last finding ${at(record.lastFindingAt)}, contained ${at(record.containedAt)}, at rest ${at(record.restedAt)}`,
      ...(heldUntil === null ? [] : [`held until ${at(heldUntil)}: nothing is changed before`]),
      ...pageLines(record),
      ...(hold === null ? [] : [holdLine(hold)]),
      ...leaseLine(record),
      ...(record.stops ?? []).map(({ why }) => `waits: ${safe(why)}`),
    ],
    [
      { heading: 'Rule', lines: ruleLines(record) },
      { heading: `Findings (${record.findings.length})`, lines: record.findings.flatMap(findingLines) },
      ...record.plans.map(planPart),
      {
        heading: 'Messages',
        lines: record.messages.flatMap(messageLines),
      },
      { heading: `Its page tells ${record.folded.length} more`, lines: record.folded.map(foldedLine) },
      {
        heading: 'Decisions of people',
        lines: record.decisions.map(
          ({ at: when, kind, by, reason, run, until, first, withdrawn }) =>
            `${at(when)} ${kind}${first === true ? ' (the first of two)' : withdrawn === true ? ' (not done: something came in first)' : ''}${until === undefined ? '' : ` until ${at(until)}`} by ${safe(by, 100)}: ${safe(reason)} (about run ${safe(run, 100)})`,
        ),
      },
      { heading: 'Targets', lines: record.targets.flatMap(targetLines) },
      { heading: 'Turns', lines: record.turns.map(turnLine) },
      { heading: 'What you can do', lines: todo(record, stage) },
    ],
  );
}

/** Who has its page in hand, or to whom it goes on. */
function pageLines({ page }: IncidentRecord): readonly string[] {
  if (page === null) return [];
  const { acknowledged, level, next, foldedInto } = page;
  const on = level === 0 ? '' : `, gone on ${level === 1 ? 'once' : `${level} times`}`;
  if (acknowledged !== undefined)
    return [`paged ${at(page.at)}${on}, in the hands of ${safe(acknowledged.by, 100)} since ${at(acknowledged.at)}`];
  if (foldedInto !== undefined)
    return [`told ${at(page.at)} by the page of ${safe(foldedInto)}: whoever has that has this`];
  return [`paged ${at(page.at)}${on}, acknowledged by nobody${next === null ? '' : `: goes on ${at(next)}`}`];
}

const foldedLine = ({ at: when, incident, subject, urgent }: Folded): string =>
  `${at(when)}${urgent ? ' NEEDS SOMEBODY' : ''} ${safe(incident)}: ${safe(subject.replace(/^GET UP: /, ''))}`;

const holdLine = ({ by, at: since, until, reason }: Hold): string =>
  `held by ${safe(by, 100)} until ${at(until)}, decided ${at(since)}: ${safe(reason)}`;

/** How long what is contained stays so before a person is asked, and who has said so. */
function leaseLine({ lease }: IncidentRecord): readonly string[] {
  if (lease === null) return [];
  const { expiresAt, decided, next } = lease;
  const ends = expiresAt === null ? 'kept until somebody lets it go' : `lease ends ${at(expiresAt)}`;
  const asked = next === null ? '' : `, told of it ${at(next)}`;
  const by =
    decided === undefined
      ? ''
      : `, ${decided.kind} by ${safe(decided.by, 100)} ${at(decided.at)}: ${safe(decided.reason)}`;
  return [`${ends}${asked}${by}`];
}

function ruleLines({ rule }: IncidentRecord): readonly string[] {
  if (rule === null) return ['None matched.'];
  const { number, hash, versions = {} } = rule.ruleset;
  const version = versions[rule.name];
  const of = version === undefined ? '' : `, version ${version} of its parameter`;
  return [`${safe(rule.name)} (${rule.mode})${of}, rule set ${number} ${hash.slice(0, 12)}`];
}

function findingLines(finding: ShownFinding): readonly string[] {
  const { activity, severity, label, title, source, type, status, event } = finding;
  const score = severity === null ? label : `${label} ${severity}`;
  const became = 'result' in event ? `: ${event.result} ${at(event.at)}` : '';
  return [
    `${at(activity)} ${safe(title)} (${score}; ${source} ${safe(type, 100)}, ${status})`,
    `  event ${safe(event.id, 100)}${became}`,
  ];
}

function planPart(plan: ShownPlan): Part {
  const { run, round, hash, direction, decision, reason, notDone, seen, proposed, breached, exempted } = plan;
  return {
    heading: `${direction === 'undo' ? 'Undo' : 'Plan'} ${at(plan.at)}, run ${safe(run, 100)}, round ${round}, plan ${hash.slice(0, 12)}`,
    lines: [
      `${decision}: ${safe(reason, 1000)}`,
      ...(breached === null ? [] : [`There was activity after the containment of ${at(breached)}.`]),
      ...plan.steps.flatMap(stepLines),
      ...proposed.map(({ action, sentence }) => `Would do: ${action}: ${safe(sentence)}`),
      ...whatItWouldLeave(plan).map((line) => safe(line)),
      ...exempted.map(exemptedLine),
      ...notDone.map((sentence) => `Not done: ${safe(sentence)}`),
      ...seen.map((line) => `Seen: ${safe(line, 300)}`),
    ],
  };
}

function exemptedLine({ name, owner, takes, rule, actions, title, reason }: ShownExempted): string {
  const what = {
    finding: 'out',
    rule: `out of rule ${safe(rule ?? '', 100)}`,
    actions: `out of ${safe((actions ?? []).join(', '))}`,
    paging: 'out of paging',
  }[takes];
  return `Exempted: ${safe(name, 100)} of ${safe(owner)} takes "${safe(title)}" ${what}: ${safe(reason)}`;
}

function stepLines(
  { action, sentence, undo, receipt, before, target }: ShownPlan['steps'][number],
  index: number,
): readonly string[] {
  const head = `${index + 1}. ${action}: ${safe(sentence)}`;
  if (receipt === null) return [head, '   not started'];
  const { state, startedAt, endedAt, did, failed, verified, changedBy } = receipt;
  const what = [did, failed].flatMap((text) => (text === undefined ? [] : [safe(text)])).join(' ');
  return [
    head,
    ...indented(
      [
        `${state} ${at(startedAt)} to ${at(endedAt)}${what === '' ? '' : `: ${what}`}`,
        ...(changedBy === undefined ? [] : changedByLines(changedBy, target)),
        ...(before === null ? [] : [`before: ${safe(canonicalJson(before))}`]),
        ...(verified === undefined ? [] : [`read back ${at(verified.at)} (${verified.state}): ${safe(verified.seen)}`]),
        undo.possible ? safe(undo.sentence) : `cannot be undone: ${safe(undo.why)}`,
      ],
      '   ',
    ),
  ];
}

function becameOf({ sent, notBefore, replacedBy, foldedInto, collected, toldIn }: Message): string {
  if (toldIn !== undefined) return `told in ${safe(toldIn, 120)},`;
  if (sent) return 'sent';
  if (foldedInto !== undefined) return `not sent, told by the page of ${safe(foldedInto)}:`;
  if (replacedBy !== undefined) return 'not sent, a later one told it all:';
  if (collected === true) return `is told in the digest of ${at(notBefore)},`;
  return notBefore === undefined ? 'NOT SENT' : `goes out ${at(notBefore)}`;
}

/** As it was sent, so that whoever was woken can read it again. */
const messageLines = (message: Message): readonly string[] => [
  `${at(message.at)} ${becameOf(message)} ${message.tier}: ${safe(message.subject)}`,
  ...indented(message.body.split('\n').map((line) => `| ${safe(line, 2000)}`.trimEnd())),
];

const changeLine = ({ action, startedAt, verifiedAt, undoingBy, step }: StandingChange): string =>
  `  ${action} ${step.undo.possible ? 'stands' : 'was done, and cannot be undone'}: started ${at(startedAt)}, verified ${at(verifiedAt)}${undoingBy === undefined ? '' : `, being undone by run ${safe(undoingBy, 100)}`}`;

const targetLines = ({ target, owner, interested, changes }: TargetRecord): readonly string[] => [
  safe(target),
  `  owner ${owner === null ? 'none' : `${safe(owner.incident)}, run ${safe(owner.run, 100)}`}; wanted contained by ${interested.map((one) => safe(one)).join(', ') || 'nobody'}`,
  ...(changes.length === 0 ? ['  nothing stands'] : changes.map(changeLine)),
];

const mostWaiting = 10;

/** Whose turn it is to change what several targets share, and who waits, in this order. */
function turnLine({ turn, owner, waiting, open }: IncidentRecord['turns'][number]): string {
  const has = owner === null ? 'nobody' : `${safe(owner.incident)}, run ${safe(owner.run, 100)}`;
  const back = open.length === 0 ? '' : `; not known to be back: ${open.map((key) => safe(keyText(key))).join(', ')}`;
  return `${safe(keyText(turn))}: in the hands of ${has}${back}; waiting: ${firstOf(waiting, mostWaiting).join(', ') || 'nobody'}`;
}

function todo(record: IncidentRecord, stage: string): readonly string[] {
  const { incident, plan, stops, page, hold, heldUntil, lease } = record;
  const asks = askedIn(stops) === undefined ? undefined : plan?.asks;
  const isStanding = canBeUndone(record);
  return [
    ...(asks === undefined ? [] : asksLines(asks, incident, stage)),
    ...(page !== null && page.acknowledged === undefined && page.foldedInto === undefined
      ? [`Say that you have it: ${commandFor('acknowledge', incident, stage)}`]
      : []),
    ...(canBeReleased(record) ? [`It is fixed: ${commandFor('release', incident, stage)} --reason "…"`] : []),
    ...(isStanding ? [`It was a false alarm: ${commandFor('undo', incident, stage)}`] : []),
    ...(canBeReleased(record) && lease !== null ? leaseChoices(incident, stage, false).slice(0, 2) : []),
    ...(hold === null && heldUntil === null
      ? []
      : [`It is to be contained again: ${commandFor('contain', incident, stage)}`]),
  ];
}
