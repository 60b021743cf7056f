import type { Short, Step } from '../actions/contract.ts';
import type { Finding } from '../finding/finding.ts';
import type { FindingClass, Plan, WaitsFor } from '../plan/plan.ts';
import type { Stop } from '../plan/stop.ts';
import type { Json, JsonObject } from '../platform/json.ts';
import type { Tier } from '../rules/rule.ts';
import type { ChangedBy } from './changedBy.ts';
import type { EarlierIncident } from './earlier.ts';
import type { Foldable, Gathering } from './gatherings.ts';
import type { Hold } from './holds.ts';
import type { Lease } from './leases.ts';
import type { MessageLink } from './links.ts';
import type { OpenPage } from './openPage.ts';
import type { PersonDecision } from './personDecision.ts';
import type { PlanSettings } from './planSettings.ts';

export type { PersonAnswer, PersonDecision } from './personDecision.ts';

/** The outcome of a run. */
export type Outcome =
  | 'contained'
  | 'degraded'
  | 'not-contained'
  | 'held'
  | 'observed'
  | 'joined'
  | 'undone'
  | 'released'
  | 'ignored';

export type Direction = 'do' | 'undo';

/** A message to be published: stored before it is sent, with its text, so that a repeat is the same. */
export interface Message extends Foldable {
  /** `<incident hash>/<run>/<state>`: equal for a repeat of the same message. */
  readonly id: string;
  readonly tier: Tier;
  readonly subject: string;
  readonly body: string;
  readonly sent: boolean;
  /** Of the run that it tells of, and how bad what was found is; absent of what was stored before there were channels. */
  readonly outcome?: Outcome | 'acknowledged';
  readonly class?: FindingClass;
  /** Whose it is; absent where nobody knows, or no team is named. */
  readonly team?: string;
  /** When it goes out, ISO: nobody is at work before. Absent: at once. */
  readonly notBefore?: string;
  /** It is told in the digest that goes out then, and not by itself. */
  readonly collected?: true;
  /** Id of the digest that told it. */
  readonly toldIn?: string;
  /** Id of the message that tells what this one was to tell, and more: it was never sent. */
  readonly replacedBy?: string;
  /** How often the page that it repeats has gone on; absent of any other. */
  readonly level?: number;
  /** It repeats a page that went out before. */
  readonly goesOn?: true;
  /** What opens the incident in a browser, until it is sent. */
  readonly link?: MessageLink;
  /** When it was written, ISO. */
  readonly at: string;
}

/** What was planned, without the plan itself: what the head points at. */
export interface PlanRef {
  readonly hash: string;
  readonly run: string;
  readonly round: number;
  /** The head's `seq` up to which findings were read. */
  readonly seq: number;
  readonly direction: Direction;
  readonly ruleset: {
    readonly hash: string;
    readonly number: number;
    /** Of the rules that asked for it: the version of each one's parameter. None for a rule that is in no parameter. */
    readonly versions?: { readonly [rule: string]: number };
  };
  /** The head's `lastFindingAt` when they were read. */
  readonly activity: string;
  /** When it was decided, ISO. */
  readonly at: string;
  /** The containment after which there was activity again, ISO; null when none was breached. */
  readonly breached: string | null;
  /** Of an undo: who decided it, and when (ISO). */
  readonly decided?: Pick<PersonDecision, 'by' | 'at'>;
  /** Read once, by Decide: what was planned under these is acted on and verified under these. */
  readonly settings: PlanSettings;
}

export interface StoredPlan extends PlanRef {
  readonly plan: Plan;
}

/** The head of an incident. One item; every protocol step is a conditional write on it. */
export interface Head {
  readonly incident: string;
  readonly state: 'running' | 'resting' | 'closed';
  readonly run: string;
  /** Begins at 1 with each run; raised by a report that sends the run back to Decide. */
  readonly round: number;
  /** Raised by every finding (or decision, or passed-on ownership) that counts. */
  readonly seq: number;
  /** Up to where the last report has read. */
  readonly reportedSeq: number;
  /** Findings counted up to here belong to an earlier incident of this key, closed since. */
  readonly closedSeq: number;
  readonly direction: Direction;
  readonly outcome: Outcome | null;
  /** Consecutive runs that died without a report and without a new finding in between. */
  readonly deadRuns: number;
  /** The state machine has paged for a run of that streak. */
  readonly machinePaged: boolean;
  /** Since an undo: until then (ISO) nothing is changed for this incident; null when not held. */
  readonly heldUntil: string | null;
  /** A person's hold, for as long as it lasts; it may be over. Null when nobody holds it. */
  readonly hold: Hold | null;
  /** Fingerprint of the state that people were last told of. */
  readonly told: string | null;
  /** Keys of the steps of which people were told in the middle of the run that there is no place for what they start; null when none is. */
  readonly downTold: readonly string[] | null;
  /** Class that an incident which joined this one brought along; null when none did. */
  readonly raisedClass: FindingClass | null;
  /** The last verified containment, ISO; null when none stands. */
  readonly containedAt: string | null;
  /** The plan of the latest Decide. */
  readonly plan: PlanRef | null;
  /** Of the latest round that was to change something and was sent back to Decide, in whichever run; null when there was none. */
  readonly acted: PlanRef | null;
  /** Messages that are not known to be sent. */
  readonly outbox: readonly Message[];
  /** The incident of this key that was closed before this one was opened; null when there was none. */
  readonly earlier: EarlierIncident | null;
  /** The page that is not over; null when there is none. */
  readonly page: OpenPage | null;
  /** Where its page tells of others, too: what was told of them. Absent where nothing was ever folded into it. */
  readonly gathering?: Gathering;
  readonly openedAt: string;
  /** The turns that its last run had to wait for; null when it waits for none. */
  readonly waits: readonly WaitsFor[] | null;
  /** What held its last run, and ends without a finding: then it is decided again. Null where nothing did. */
  readonly stops: readonly Stop[] | null;
  /** When the current run was opened, ISO. */
  readonly runAt: string;
  /** When the head last went to rest, ISO. */
  readonly restedAt: string | null;
  /** Latest activity of a finding, ISO. */
  readonly lastFindingAt: string;
  /** How long what it has contained stays so before a person is asked; null: nothing is contained, or nobody is asked. */
  readonly lease: Lease | null;
}

/** A finding of an incident, as the protocol keeps it. */
export interface StoredFinding {
  readonly id: string;
  /** Content without the fields that its source lists as volatile. */
  readonly hash: string;
  readonly finding: Finding;
  /** Latest activity, ISO: the newest `observedAt` that was delivered. */
  readonly activity: string;
  /** False until the head's `seq` was raised for it. */
  readonly counted: boolean;
  /** It counts again, with later activity, and says what it said before. */
  readonly unchanged: boolean;
  /** The `seq` it was raised to; absent until counted. */
  readonly seq?: number;
  /** Id of the event that brought this version: its redelivery is no duplicate. */
  readonly event: string;
  /** Ids of those that brought the versions before it, latest first, ten at most: nor is theirs. */
  readonly before?: readonly string[];
}

/** A step's receipt. `before` repeats what the target's record holds, for the audit. */
export interface Receipt {
  readonly step: number;
  readonly key: string;
  readonly state: 'started' | 'done' | 'waiting' | 'failed' | 'gone' | 'held' | 'stale' | 'skipped';
  readonly before?: JsonObject;
  readonly did?: string;
  readonly failed?: string;
  /** Of what is held: a person has decided otherwise, or it comes back however often it is contained. */
  readonly against?: 'person' | 'comes-back';
  /** Of what is held because somebody else has changed it: who, as far as CloudTrail tells. */
  readonly changedBy?: ChangedBy;
  readonly verified?: {
    readonly state: string;
    readonly seen: string;
    readonly at: string;
    /** Why nothing stands, where what it has read is as it was before. */
    readonly closes?: string;
  };
  /** Of what came back and was contained again: see `StandingChange`. */
  readonly again?: { readonly times: number; readonly most: number; readonly why: string };
  /** What it is held for that ends without a finding. */
  readonly stops?: readonly Stop[];
  /** Of an undo that holds: a part of what was to be put back is not there any more. */
  readonly partlyGone?: true;
  /** Of an absence: when it was read first; a second read that agrees, 30 s later, proves it. */
  readonly firstAbsenceAt?: string;
  /** What was read right after the change did not show it, and was read once more. */
  readonly doubtedAt?: string;
  /** There is no place for what it started. */
  readonly short?: ShortReceipt;
  /** The last pull by any task that it stopped, ISO; absent where it stops none, or has not been read back as holding. */
  readonly pulledUntil?: string;
  /** While waiting: what an event about it would carry. */
  readonly correlation?: string;
  readonly journal?: { readonly [name: string]: Json };
  readonly startedAt?: string;
  readonly endedAt?: string;
}

export interface ShortReceipt extends Short {
  /** When it was read first, ISO. */
  readonly readAt: string;
  /** It ended its step for this round, so that people are told; the next round looks at it again. */
  readonly cut?: true;
}

/** What one action changed on a target, from its "started" until it is undone. */
export interface StandingChange {
  readonly action: string;
  /** All that was observed before the first changing call. Written once, in the same write as `startedAt`. */
  readonly before: JsonObject;
  /** What those of the restored fields that it changes are meant to be. */
  readonly intended: JsonObject;
  /** What they were meant to be before that, where it goes on from a step of its own: seen until it is done. */
  readonly from?: JsonObject;
  /** The step that changed it: what undo reverses. */
  readonly step: Step;
  readonly startedAt: string;
  readonly startedBy: { readonly incident: string; readonly run: string };
  /** How often it came back because it was delivered again, and was contained again; of how often it may be; and what came last. */
  readonly again?: { readonly times: number; readonly most: number; readonly why: string };
  /** When it was first read back as holding, ISO; absent again while what came back is contained anew. */
  readonly verifiedAt?: string;
  /** The run that is putting it back. */
  readonly undoingBy?: string;
  /** The turn in which it was begun, until it is read back as done: for so long nobody else has that turn. */
  readonly turn?: string;
}

/** A person's undo, for as long as it is held to. */
export interface UndoneByPerson {
  /** Until then (ISO) nothing is changed there, whichever incident asks for it. */
  readonly until: string;
  /** When it was read back as put back, ISO. */
  readonly since: string;
  /** Who decided, and when (ISO). */
  readonly by: string;
  readonly at: string;
  /** Of which incident it was the undo, and which run put it back. */
  readonly incident: string;
  readonly run: string;
}

/** A target: who owns it, who needs it as it is, and what was changed on it. */
export interface TargetRecord {
  readonly target: string;
  /** What was put back there last by a person's decision; null when nothing was. The hold may be over. */
  readonly undone: UndoneByPerson | null;
  readonly owner: { readonly incident: string; readonly run: string } | null;
  /** Open incidents that want it contained, in the order in which they came. */
  readonly interested: readonly string[];
  /** One per action that changed it. */
  readonly changes: readonly StandingChange[];
  /** Whether an action whose verification means containment is verified. */
  readonly contained: boolean;
  /** Raised by every write: what a write of an interested incident is conditional on. */
  readonly version: number;
}

/** What several targets share, of which one may be changed at a time: whose turn it is, and who has asked for it. */
export interface TurnRecord {
  readonly turn: string;
  /** The run that has it, and the keys of the targets for which it was taken. */
  readonly owner: { readonly incident: string; readonly run: string; readonly targets: readonly string[] } | null;
  /** Incidents, in the order in which they asked. Whether one still waits, its head says. */
  readonly waiting: readonly string[];
  /** Raised by every write. */
  readonly version: number;
}

/** What became of one delivered event. */
export interface EventRecord {
  readonly id: string;
  readonly result: 'invalid' | 'duplicate' | 'ignored' | 'accepted';
  readonly reason: string;
  /** Of an invalid event: the offending field. */
  readonly path?: string;
  readonly incident?: string;
  readonly run?: string;
  /** All incidents, where the findings of one event belong to several. */
  readonly incidents?: readonly string[];
  readonly at: string;
}
