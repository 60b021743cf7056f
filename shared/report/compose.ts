import type { EarlierIncident } from '../incident/earlier.ts';
import type { Outcome, PersonDecision, Receipt } from '../incident/items.ts';
import type { Lease } from '../incident/leases.ts';
import type { Escalates, Plan } from '../plan/plan.ts';
import type { Responsible } from '../plan/team.ts';
import type { Tier } from '../rules/rule.ts';
import { aboutKey, aboutPlan } from './about.ts';
import { type Section, whatHappened, whatIsOpen, whatWasDone, whatWasNotDone, whatWasSeen, where } from './body.ts';
import { commandFor } from './command.ts';
import { composeDrill } from './drill.ts';
import { goesOnLines } from './escalation.ts';
import { howToUndo, type StandingStep } from './howToUndo.ts';
import { leaseLines } from './lease.ts';
import { foundGone } from './outcome.ts';
import { isSettled } from './settled.ts';
import { situationOf } from './situation.ts';
import { stoppedLines } from './stops.ts';
import { type Gone, smsText, subjectFor, wordsFor } from './subject.ts';
import { cut, plain } from './text.ts';
import { tierOf, unlessQuiet } from './tier.ts';
import { whatYouCanDo } from './todo.ts';
import { type KeptTurn, keptLines } from './turns.ts';

export interface Composed {
  readonly tier: Tier | 'none';
  /** ASCII, at most 99 characters, one line. */
  readonly subject: string;
  /** Plain text, far below the 256 KiB of SNS; its first line is a whole text message. */
  readonly body: string;
  /** Of what is done: all of it is, and it needs nobody. */
  readonly settled?: true;
}

export interface MessageInput {
  readonly incident: string;
  readonly run: string;
  readonly direction: 'do' | 'undo';
  readonly outcome: Outcome;
  readonly plan: Plan;
  readonly receipts: readonly Receipt[];
  /** What an undo of the incident would put back, whichever run changed it; absent: what this one did. */
  readonly standing?: readonly StandingStep[] | undefined;
  /** Until then (ISO) nothing is changed for this incident; null when it is not held. */
  readonly heldUntil: string | null;
  /** Of an undo: who wanted it, and why. */
  readonly decided?: PersonDecision | undefined;
  /** When what was contained had been verified, where the activity went on after that (ISO). */
  readonly breached?: string | null;
  /** All that is new since people were last told is that what was down runs again. */
  readonly upAgain?: boolean;
  /** Rules that are stopped because their containments did not hold, each with why. */
  readonly stopped?: readonly { readonly rule: string; readonly why: string }[];
  /** Turns in which others wait, and that do not pass on. */
  readonly keeps?: readonly KeptTurn[];
  /** How it goes on if it wakes somebody; null where it is sent once. */
  readonly escalates?: Escalates | null;
  /** Absent where no team is named. */
  readonly responsible?: Responsible | undefined;
  /** How long what stands stays contained before a person is asked; null or absent: nobody is. */
  readonly lease?: Lease | null;
  /** Of the same, closed before; null or absent: there was none. */
  readonly earlier?: EarlierIncident | null;
  readonly now: Date;
  readonly stage: string;
}

/** In UTF-16 units, so at most 180,000 bytes of UTF-8; SNS takes 262,144, attributes included. */
const longestBody = 60_000;

const textOf = (first: string, sections: readonly Section[], last: string): string => {
  const shown = sections.filter(({ lines }) => lines.length > 0);
  const parts = shown.map(({ heading, lines }) => [heading, ...lines].join('\n'));
  return [cut([first, ...parts].join('\n\n'), longestBody), last].join('\n\n');
};

const signature = (incident: string, run: string, now: Date, stage: string): string =>
  `Incident ${plain(incident, 600)}\nRun ${plain(run, 100)}, ${now.toISOString()}, Firebreak ${plain(stage, 50)}`;

function goneOf({ steps }: Plan, receipts: readonly Receipt[]): Gone {
  const gone = steps.filter((step) => foundGone(step, receipts)).length;
  const partly = receipts.some(({ partlyGone }) => partlyGone === true);
  return gone === 0 && !partly ? 'none' : gone === steps.length ? 'all' : 'some';
}

/** The one message about a run. Pure: the same run gives the same text, so that a repeat is the same message. */
export function composeMessage(input: MessageInput): Composed {
  const { incident, run, direction, outcome, plan, receipts, decided, now, stage } = input;
  const { drill } = plan;
  if (drill !== undefined) return composeDrill({ ...plan, drill }, { incident, run, now, stage });
  const lasts = (until: string | null | undefined): boolean => (until ?? '') > now.toISOString();
  const heldUntil = [input.heldUntil, plan.heldUntil].find(lasts) ?? null;
  const elsewhere = heldUntil === null || lasts(input.heldUntil) ? {} : ({ elsewhere: true } as const);
  const { breached = null, upAgain = false, keeps = [], stopped = [], escalates = null } = input;
  const situation = situationOf(plan, receipts, breached, upAgain, keeps.length > 0);
  const tier = unlessQuiet(tierOf(outcome, plan, situation), outcome, plan, situation, now);
  const about = aboutPlan(plan, incident);
  const gone = goneOf(plan, receipts);
  const words = wordsFor(outcome, direction, tier, gone, situation);
  const sections = [
    whatHappened(plan, receipts, gone, decided, breached, situation),
    whatIsOpen(plan, receipts, [...stoppedLines(stopped, stage), ...keptLines(keeps, incident, stage)]),
    where(about, plan.owner, input.responsible, input.earlier),
    whatWasDone(plan, receipts),
    whatWasNotDone(plan, receipts),
    ...(direction === 'do' ? [howToUndo(plan, receipts, { incident, stage, standing: input.standing })] : []),
    ...(direction === 'do' ? [{ heading: 'Until when', lines: leaseLines(input.lease ?? null) }] : []),
    ...(tier === 'page' ? [{ heading: 'Who has it in hand', lines: goesOnLines(escalates, incident, stage) }] : []),
    whatYouCanDo({ outcome, direction, tier, plan, receipts, situation, incident, stage, heldUntil, ...elsewhere }),
    whatWasSeen(plan),
  ];
  return {
    tier,
    subject: subjectFor(tier, about, words),
    body: textOf(smsText(tier, about, words), sections, signature(incident, run, now, stage)),
    ...(isSettled(outcome, direction, situation) ? { settled: true } : {}),
  };
}

/** The message of an incident that is held because its runs died: there is no plan, and no receipt that can be trusted. */
export function composeHeld(input: {
  readonly incident: string;
  readonly reason: string;
  readonly now: Date;
  readonly stage: string;
  readonly tier: Tier;
  readonly escalates: Escalates | null;
}): Composed & { readonly tier: Tier } {
  const { incident, reason, now, stage, tier, escalates } = input;
  const about = aboutKey(incident);
  const words = 'held, Firebreak could not finish';
  const sections: readonly Section[] = [
    { heading: 'What happened', lines: [plain(reason, 1000)] },
    where(about, 'unknown'),
    ...(tier === 'page' ? [{ heading: 'Who has it in hand', lines: goesOnLines(escalates, incident, stage) }] : []),
    {
      heading: 'What you can do',
      lines: [
        'What was and was not done is in the receipts; a step that is only "started" may or may not have happened.',
        commandFor('incidents show', incident, stage),
      ],
    },
  ];
  const last = `Incident ${plain(incident, 600)}\n${now.toISOString()}, Firebreak ${plain(stage, 50)}`;
  return { tier, subject: subjectFor(tier, about, words), body: textOf(smsText(tier, about, words), sections, last) };
}
