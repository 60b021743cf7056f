import type { Step } from '../actions/contract.ts';
import type { Threat, Vulnerability } from '../finding/finding.ts';
import { isRole } from '../finding/role.ts';
import type { EarlierIncident } from '../incident/earlier.ts';
import type { PersonDecision, Receipt } from '../incident/items.ts';
import { isMeant, type Matched, type Plan } from '../plan/plan.ts';
import type { Responsible } from '../plan/team.ts';
import type { About } from './about.ts';
import { answerLines } from './asks.ts';
import { whoChangedIt } from './changedBy.ts';
import { foundGone, leftOpen, resultOf } from './outcome.ts';
import type { Situation } from './situation.ts';
import type { Gone } from './subject.ts';
import { firstOf, plain } from './text.ts';

/** A part of the body: a heading and its lines; without lines it is left out. */
export interface Section {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** Longest lists in a message: what matters comes first, and the rest is in `firebreak incidents show`. */
const mostFindings = 10;
const mostHeld = 3;
const mostSteps = 20;
const mostNotDone = 20;
const mostSeen = 30;

/** Who did it: process and file, whom it talked to. All of it is whatever an attacker wrote. */
function threatText({ process, files, names, remote }: Threat): string {
  const parts = [
    process === null
      ? null
      : `process ${process.name ?? 'unknown'}${process.path === null ? '' : ` (${process.path})`}`,
    files.length === 0 ? null : `files ${files.slice(0, 3).join(', ')}`,
    names.length === 0 ? null : `known as ${names.slice(0, 3).join(', ')}`,
    remote === null ? null : `talking to ${remote}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? '' : ` ${plain(parts.join(', '), 400)}`;
}

/** Whether attackers use it: seen, or only possible. */
function exploitText({ exploited, exploitAvailable }: Vulnerability): string {
  if (exploited !== undefined) return `, seen exploited on ${exploited.at.slice(0, 10)}`;
  return exploitAvailable === true ? ', an exploit is known' : '';
}

export const findingLine = ({ finding, reason, decision }: Matched): string => {
  const title = plain(finding.title, 300);
  const exploited = finding.vulnerability === undefined ? '' : exploitText(finding.vulnerability);
  const did = finding.threat === undefined ? '' : threatText(finding.threat);
  const severity = finding.severity === null ? finding.label : `${finding.label} ${finding.severity}`;
  const said = decision === 'rule' ? '' : ` - ${plain(reason, 300)}`;
  return `${title}${did} (${severity}${exploited}; ${finding.source}, ${finding.observedAt})${said}`;
};

const goneLines: Readonly<Record<Gone, readonly string[]>> = {
  all: ['Nothing could be put back: what was changed is not there any more.'],
  some: ['Only a part could be put back: the rest of what was changed is not there any more.'],
  none: [],
};

/** Why steps that the plan took are held is more to the point than the rule that led to the plan. */
const heldReasons = (plan: Plan, receipts: readonly Receipt[]): readonly string[] => {
  const held = plan.steps.filter((step) => resultOf(step, receipts) === 'held');
  return held.flatMap(({ key }) => receipts.find((one) => one.key === key)?.failed ?? []);
};

const decidedLine = ({ by, reason, at }: PersonDecision): string =>
  `Decided by ${plain(by, 200)}, ${plain(at, 40)}: ${plain(reason, 600)}`;

const againLine = ({ times, most, why }: NonNullable<Receipt['again']>): string =>
  `It came back after it was contained: ${plain(why, 600)}. So far it was contained again ${times} of ${most} times at the most.`;

export function whatHappened(
  plan: Plan,
  receipts: readonly Receipt[],
  gone: Gone,
  decided: PersonDecision | undefined,
  breached: string | null,
  { upAgain, down }: Pick<Situation, 'upAgain' | 'down'>,
): Section {
  const held = firstOf([...new Set(heldReasons(plan, receipts))], mostHeld, 600);
  return {
    heading: 'What happened',
    lines: [
      ...held,
      ...whoChangedIt(plan, receipts),
      ...(upAgain
        ? [`${down ? 'A part of what' : 'What'} you were told as not up again runs now. All else is as you were told.`]
        : []),
      ...(breached === null
        ? []
        : [`The containment that was verified at ${breached} did not hold: it went on afterwards.`]),
      ...receipts.flatMap(({ again }) => (again === undefined ? [] : [againLine(again)])),
      plain(plan.reason, 1000),
      ...(plan.causeWhy === null ? [] : [`Cause: ${plan.cause}. ${plain(plan.causeWhy, 500)}`]),
      ...(decided === undefined ? [] : [decidedLine(decided)]),
      ...answerLines(plan.approved, plan.rejected),
      ...goneLines[gone],
      ...firstOf(plan.findings.map(findingLine), mostFindings, 1000),
    ],
  };
}

/** What a step has cut off and can be had anew: its own sentence says how. */
const isCutOff = (role: string, steps: Plan['steps']): boolean =>
  steps.some(({ reopens, target }) => reopens === true && isRole(role, target));

/**
 * What a step leaves that was done, whatever was read back then: of one that AWS refused nothing is so. What gets no requests any more goes on only
 * where nothing has stopped it.
 */
function remainsOf({ steps }: Plan, ok: readonly Step[], receipts: readonly Receipt[]): readonly string[] {
  const stops = steps.filter(({ facts }) => facts.contains && facts.phase === 'workload');
  const isStopped = stops.length > 0 && stops.every((step) => ok.includes(step));
  const wasDone = new Set(receipts.flatMap(({ key, state }) => (state === 'done' || state === 'waiting' ? [key] : [])));
  return steps.flatMap((step) => {
    const isSo = wasDone.has(step.key) || ok.includes(step);
    return step.remains === undefined || !isSo || (step.facts.phase === 'traffic' && isStopped) ? [] : [step.remains];
  });
}

/** What is not dealt with though it may be contained: what a person is woken for. */
export function whatIsOpen(plan: Plan, receipts: readonly Receipt[], kept: readonly string[] = []): Section {
  const { openRoles, wanted, loses = [], decision, steps } = plan;
  const heading = 'What is still open';
  const lost = [...kept, ...firstOf(loses, mostHeld, 1000)];
  if (!isMeant(decision)) return { heading, lines: lost };
  const ok = steps.filter((step) => resultOf(step, receipts) === 'ok');
  const roles = [
    ...openRoles.filter((role) => !isCutOff(role, ok)),
    ...leftOpen(plan, receipts).map(({ arn }) => arn),
  ].map((role) =>
    role === 'unknown'
      ? 'Which role what is accused has could not be read: whoever took its credentials can use them until they expire.'
      : `Whoever took credentials of role ${plain(role, 200)} from what is accused can use them until they expire: nothing has cut them off.`,
  );
  return {
    heading,
    lines: [
      ...lost,
      ...roles,
      ...firstOf(wanted, mostHeld, 600).map((why) => `Decide: ${why}`),
      ...firstOf([...new Set(remainsOf(plan, ok, receipts))], mostSteps, 600),
    ],
  };
}

export const where = (
  about: About,
  owner: string,
  responsible?: Responsible,
  earlier?: EarlierIncident | null,
): Section => ({
  heading: 'Where',
  lines: [
    `Account ${plain(about.account, 50)}, Region ${plain(about.region, 50)}`,
    ...about.lines,
    `Owner ${plain(owner, 200)}`,
    ...(responsible === undefined ? [] : [`Team ${responsible.team ?? 'none'}: ${plain(responsible.how, 200)}`]),
    ...(earlier == null
      ? []
      : [
          `Before that, an incident of the same, opened ${earlier.openedAt}, closed ${earlier.closedAt} (${earlier.outcome ?? 'no outcome'})`,
        ]),
  ],
});

function stepLines(step: Step, receipts: readonly Receipt[]): readonly string[] {
  const receipt = receipts.find(({ key }) => key === step.key);
  const head = `${step.action}: ${plain(receipt?.did ?? step.sentence, 600)}`;
  const verified = receipt?.verified;
  const result = resultOf(step, receipts);
  const gone = foundGone(step, receipts);
  const proof =
    verified === undefined
      ? []
      : [
          `   Read back ${plain(verified.at, 40)} (${gone ? 'gone' : plain(verified.state, 20)}): ${plain(verified.seen, 600)}`,
        ];
  if (gone) return [`GONE ${step.action}: it is not there any more, so nothing could be put back.`, ...proof];
  if (result === 'ok') return [head, ...proof];
  const word = receipt?.state === 'skipped' ? 'SKIPPED' : result === 'held' ? 'HELD' : 'FAILED';
  return [`${word} ${step.action}: ${whyNot(step, receipt)}`, ...proof];
}

/** Why a step that was planned did not end well, from its receipt. */
function whyNot({ sentence }: Step, receipt: Receipt | undefined): string {
  const said = receipt?.failed === undefined ? '' : ` ${plain(receipt.failed, 600)}`;
  switch (receipt?.state) {
    case undefined:
      return 'it was never started.';
    case 'started':
      return `it was started at ${receipt.startedAt ?? 'an unknown time'} and never heard of again: it may or may not have happened.${said}`;
    case 'skipped':
      return `${plain(sentence, 600)} Not tried:${said}`;
    case 'stale':
      return `what it was planned for had changed, so it was not done.${said}`;
    case 'held':
      return `it was not done.${said}`;
    case 'failed':
      return said === '' ? 'it failed.' : said.trim();
    default: {
      const { state = 'unread' } = receipt?.verified ?? {};
      const but = state === 'unread' ? 'it could not be read back' : 'what was read back does not show it';
      return `it was done, but ${but}.${said}`;
    }
  }
}

const isDone = (step: Step, receipts: readonly Receipt[]): boolean =>
  resultOf(step, receipts) === 'ok' && !foundGone(step, receipts);

export function whatWasDone(plan: Plan, receipts: readonly Receipt[]): Section {
  const well = plan.steps.filter((step) => isDone(step, receipts));
  const lines = well.slice(0, mostSteps).flatMap((step) => stepLines(step, receipts));
  const more = well.length - Math.min(well.length, mostSteps);
  return {
    heading: 'What was done',
    lines:
      lines.length === 0
        ? [plan.steps.length === 0 ? 'Nothing.' : 'Nothing that is known to hold.']
        : more > 0
          ? [...lines, `and ${more} more`]
          : lines,
  };
}

/** Steps that did not end well first, then what the plan left out, then what it would have done. */
export function whatWasNotDone(plan: Plan, receipts: readonly Receipt[]): Section {
  const bad = plan.steps.filter((step) => !isDone(step, receipts));
  const lines = bad.slice(0, mostSteps).flatMap((step) => stepLines(step, receipts));
  const more = bad.length - Math.min(bad.length, mostSteps);
  return {
    heading: 'What was not done, and why',
    lines: [
      ...lines,
      ...(more > 0 ? [`and ${more} more`] : []),
      ...firstOf(plan.notDone, mostNotDone, 600),
      ...firstOf(
        plan.proposed.map((step) => `Would do: ${step.action}: ${step.sentence}`),
        mostNotDone,
        600,
      ),
      ...whatItWouldLeave(plan),
    ],
  };
}

/** What somebody who is asked has to know besides what would be done: what stays as it is all the same, and what the way back is. */
export function whatItWouldLeave({ asks, proposed }: Pick<Plan, 'asks' | 'proposed'>): readonly string[] {
  if (asks === undefined) return [];
  const left = new Set(proposed.flatMap(({ remains }) => remains ?? []));
  return [
    ...firstOf([...left], mostNotDone, 600).map((remains) => `It would leave: ${remains}`),
    ...firstOf(undoLines(proposed.filter(({ facts }) => facts.changes)), mostNotDone).map(
      (line) => `Way back: ${line}`,
    ),
  ];
}

/** What the undo of each action promises, each once; what has none says why. */
export const undoLines = (steps: readonly Pick<Step, 'action' | 'undo'>[]): readonly string[] => [
  ...new Set(
    steps.map(({ action, undo }) =>
      undo.possible ? `${action}: ${undo.sentence}` : `${action} cannot be undone: ${undo.why}`,
    ),
  ),
];

export const whatWasSeen = (plan: Plan): Section => ({
  heading: 'What was seen',
  lines: firstOf(plan.seen, mostSeen, 300),
});
