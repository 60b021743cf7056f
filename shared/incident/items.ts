import type { Step } from '../actions/contract.ts';
import type { Json, JsonObject } from '../platform/json.ts';
import type { Plan } from '../plan/plan.ts';
import type { Tier } from '../rules/rule.ts';

/** The outcome of a run. */
export type Outcome =
  | 'contained' | 'degraded' | 'not-contained' | 'held' | 'observed' | 'joined' | 'undone' | 'released' | 'ignored';

/** A message to be published: stored before it is sent, with its text, so that a repeat is the same. */
export interface Message {
  /** `<incident hash>/<run>/<state>`: equal for a repeat of the same message. */
  readonly id: string;
  readonly tier: Tier;
  readonly subject: string;
  readonly body: string;
  readonly sent: boolean;
}

/** The head of an incident. One item; every protocol step is a conditional write on it. */
export interface Head {
  readonly incident: string;
  readonly state: 'running' | 'resting' | 'closed';
  readonly run: string;
  /** Raised by every finding (or decision, or passed-on ownership) that counts. */
  readonly seq: number;
  /** Up to where the last report has read. */
  readonly reportedSeq: number;
  readonly direction: 'do' | 'undo';
  readonly outcome: Outcome | null;
  /** Consecutive runs that died without a report and without a new finding in between. */
  readonly deadRuns: number;
  /** Until then (ISO) nothing is changed for this incident; null when not held. */
  readonly heldUntil: string | null;
  readonly outbox: readonly Message[];
  readonly openedAt: string;
  /** Latest activity of a finding, ISO. */
  readonly lastFindingAt: string;
}

/** A step's receipt. `before` is written once, in the same write as `startedAt`. */
export interface Receipt {
  readonly step: number;
  readonly key: string;
  readonly state: 'started' | 'done' | 'waiting' | 'failed' | 'gone' | 'held' | 'stale' | 'skipped';
  readonly before?: JsonObject;
  readonly did?: string;
  readonly failed?: string;
  readonly verified?: { readonly state: string; readonly seen: string; readonly at: string };
  readonly firstAbsenceAt?: string;
  readonly journal?: { readonly [name: string]: Json };
  readonly startedAt?: string;
  readonly endedAt?: string;
}

/** A target: who owns it, what it was and what it is meant to be. */
export interface TargetRecord {
  readonly target: string;
  readonly owner: { readonly incident: string; readonly run: string } | null;
  readonly interested: readonly string[];
  readonly contained: boolean;
  readonly before?: JsonObject;
  readonly intended?: JsonObject;
  /** The step that changed it: what undo reverses. */
  readonly step?: Step;
  readonly verifiedAt?: string;
}

/** What became of one delivered event. */
export interface EventRecord {
  readonly id: string;
  readonly result: 'invalid' | 'duplicate' | 'ignored' | 'accepted';
  readonly reason: string;
  readonly path?: string;
  readonly incident?: string;
  readonly run?: string;
  readonly at: string;
}

export interface StoredPlan {
  readonly hash: string;
  readonly round: number;
  readonly seq: number;
  readonly ruleset: { readonly hash: string; readonly number: number };
  readonly plan: Plan;
}
