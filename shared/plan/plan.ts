import type { Cause } from '../actions/accusation.ts';
import type { Step } from '../actions/contract.ts';
import type { Finding } from '../finding/finding.ts';
import type { PodResource } from '../finding/resource.ts';
import type { Exempted } from '../rules/decide.ts';
import type { Mode, OnTimeout, PagedOutcome, Tier } from '../rules/rule.ts';
import type { Stop } from './stop.ts';

export type Decision = 'contain' | 'observe' | 'approve' | 'hold' | 'ignore';
export type FindingClass = 'A' | 'B' | 'C';

/** Whether something is to be contained: it is, it is held, or a person is asked about it. */
export const isMeant = (decision: Decision): boolean =>
  decision === 'contain' || decision === 'hold' || decision === 'approve';

/** What was decided about one finding before anything was observed. */
export interface Matched {
  readonly finding: Finding;
  readonly decision: 'rule' | 'ignore' | 'observe';
  readonly reason: string;
  /** Name of the deciding rule, null when none matched. */
  readonly rule: string | null;
  /** Exemptions that took something of it out; absent where none did. */
  readonly exempted?: readonly Exempted[];
}

/** Nobody is woken: exemptions say so. */
export interface Quiet {
  /** Their names. */
  readonly by: readonly string[];
  /** Until then, ISO: when the first of them ends that is needed for it. */
  readonly until: string;
}

/** A turn that is somebody else's. */
export interface WaitsFor {
  /** Key of what the targets share with what has its turn. */
  readonly turn: string;
  /** Keys of the targets that wait. */
  readonly targets: readonly string[];
}

/** What a person answered to what was asked. */
export interface Answer {
  readonly kind: 'approve' | 'reject';
  /** Of what was approved, the least alone. */
  readonly only?: 'minimum';
  /** The hashes of what was asked about. */
  readonly steps: readonly string[];
  readonly by: string;
  readonly reason: string;
  /** ISO. */
  readonly at: string;
}

/** Why something that a person must decide about is done: somebody said so, or nobody answered and the rule does. */
export interface Approved extends Answer {
  readonly how: 'person' | 'time-out';
}

/** What was asked, and until when. */
export interface Asked {
  /** Of all of it: what an answer is bound to. */
  readonly hash: string;
  /** Of each step. */
  readonly steps: readonly string[];
  /** ISO; null: it waits without an end. */
  readonly until: string | null;
}

/** What a plan asks a person. */
export interface Asks extends Asked {
  /** What becomes of it when nobody answers by then. */
  readonly onTimeout: OnTimeout;
  /** One person alone cannot approve it. */
  readonly twoPeople?: true;
  /** Its time is over, and it still waits. */
  readonly late?: true;
  /** What would be done, one sentence each, and the least of it: empty where there is none. */
  readonly would: readonly string[];
  readonly least: readonly string[];
}

/** How a page goes on that nobody acknowledges. */
export interface Escalates {
  /** After it was sent, and after each time that it went on. */
  readonly afterSeconds: number;
  readonly times: number;
}

/** A pod of a host, and what a finding named it by: once it is stopped, the cluster does not know that any more. */
export interface KnownPod {
  readonly host: string;
  /** Id of its container; null where it was known by its address. */
  readonly container: string | null;
  readonly address: string | null;
  readonly pod: PodResource;
}

/** What a person asked to be let go, and what can be asked of what stands. */
export interface Letting {
  /** The version that they named; null where they named none. */
  readonly to: string | null;
  /** When they said so, ISO. */
  readonly at: string;
  /** Some of it can be put on a version that is named. Absent where none can. */
  readonly takesVersion?: true;
  /** None of it has a release, and an undo puts it back. Absent where that is not so. */
  readonly byUndoAlone?: true;
}

/** The plan of a run: a pure value, stored as it is, hashed for what people decide about. */
export interface Plan {
  readonly decision: Decision;
  /** One sentence a person can act on. */
  readonly reason: string;
  readonly cause: Cause | null;
  /** Why that is the cause, one sentence; null where nobody is at work. */
  readonly causeWhy: string | null;
  /** The rule of the most severe finding, then the others. */
  readonly rule: { readonly name: string; readonly mode: Mode } | null;
  readonly rules: readonly string[];
  readonly findings: readonly Matched[];
  /** Held because a person had it put back: until then, ISO. */
  readonly heldUntil?: string;
  /** Of a plan that is held to the undo of its own incident: nothing was found since, and nobody has a page of it. Absent otherwise. */
  readonly nothingNew?: true;
  /** Digests of the images that are to blame. Absent where none is. */
  readonly blamed?: readonly string[];
  /** Pods of hosts that this incident knows. Absent where it knows none. */
  readonly pods?: readonly KnownPod[];
  /** In the order in which they run. Unless the decision is `contain`, evidence alone; what would be done otherwise is in `proposed`. */
  readonly steps: readonly Step[];
  readonly proposed: readonly Step[];
  /** What was left out and why: skipped, held, owned by another incident. One sentence each. */
  readonly notDone: readonly string[];
  /** Of an undo: the incidents that need what stands, and whose own undo puts it back. Absent where none does. */
  readonly neededBy?: readonly string[];
  /** Of an undo: all that stands is needed by those, and theirs alone from then on, so that there is nothing to ask for again. Absent otherwise. */
  readonly left?: true;
  /** What was seen that led here (the graph of what runs an image), as lines of text. */
  readonly seen: readonly string[];
  readonly class: FindingClass;
  /** Roles whose credentials may be in somebody's hands, and that no step of this plan cuts off. */
  readonly openRoles: readonly string[];
  /** Why a person must decide about something, though the plan acts. One sentence each. */
  readonly wanted: readonly string[];
  /** What is lost unless a person sees to it, because something that goes along with the rest is held. Full sentences. Absent where nothing is. */
  readonly loses?: readonly string[];
  /** What waits for its turn, and gets it without anybody's doing. Absent where nothing does. */
  readonly waits?: readonly WaitsFor[];
  /** What holds some of it, and ends without a finding. Absent where nothing does. */
  readonly stops?: readonly Stop[];
  /** Of a plan that is held: by nothing but those. */
  readonly passes?: true;
  /** What a person is asked. Absent where nobody is. */
  readonly asks?: Asks;
  /** Who approved what is done of it. Absent where nobody had to. */
  readonly approved?: readonly Approved[];
  /** Of a plan that is held: because of nothing but that a person said no. */
  readonly rejected?: Answer;
  /** A person said that it is fixed, and maybe which version is to run: what stands is lifted, and nothing that was accused comes back. */
  readonly release?: Letting;
  /** What the rules say instead of the default tier. */
  readonly page: Partial<Readonly<Record<PagedOutcome, Tier>>>;
  /** Of a drill: nothing was found, and nothing is done. */
  readonly drill?: { readonly id: string; readonly by: string };
  /** All that is to be done is a fix where nobody is inside; absent otherwise. */
  readonly fix?: true;
  /** Absent unless all that is told of is exempted from paging. */
  readonly quiet?: Quiet;
  readonly owner: string;
}
