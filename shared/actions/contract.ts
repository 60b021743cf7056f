import type { z } from 'zod';
import type { Finding, Resource, ResourceKind } from '../finding/finding.ts';
import type { Clock } from '../platform/clock.ts';
import type { Json, JsonObject } from '../platform/json.ts';
import type { Aws } from '../platform/sdk/aws.ts';

/** What an action acts on. Today every target is a resource that a finding can name. */
export type Target = Resource & { readonly account: string; readonly region: string };

/** One IAM grant. `resource` is an ARN made from the target; `*` only where AWS cannot scope the call, with the reason. */
export interface Permission {
  readonly action: string;
  readonly resource: string;
  /** Required where `resource` is `*`: why it cannot be narrower, and what bounds it instead. */
  readonly why?: string;
}

export interface Permissions {
  readonly read: readonly Permission[];
  readonly write: readonly Permission[];
}

/** From which the order of a plan follows; shared code never asks for an action's name. */
export interface ActionFacts {
  /** Position in "evidence, traffic, workload, role, secrets, clean tasks, image, host, hygiene". */
  readonly phase: 'evidence' | 'traffic' | 'workload' | 'role' | 'secrets' | 'start' | 'image' | 'host' | 'hygiene';
  /** False for what only reads the account (evidence): it owns no target and needs no undo. */
  readonly changes: boolean;
  readonly destroysEvidence: boolean;
  readonly needsWorkloadGone: boolean;
  readonly issuesFreshCredentials: boolean;
  /** Whether the incident counts as contained by this action's `verify`; false for evidence and hygiene. */
  readonly contains: boolean;
}

export type UndoPromise =
  | { readonly possible: true; readonly sentence: string }
  | { readonly possible: false; readonly why: string };

/** A step: action + targets + params + key + needs. A pure value that prints as one sentence. */
export interface Step {
  /** `<action> <target key>`; the same in every round, so that a repeat is recognised. */
  readonly key: string;
  readonly action: string;
  readonly target: Target;
  readonly params: JsonObject;
  readonly direction: 'do' | 'undo';
  /** Keys of the steps of this plan that must have succeeded first. */
  readonly needs: readonly string[];
  readonly sentence: string;
  readonly undo: UndoPromise;
  readonly facts: ActionFacts;
  /** What the plan was made from: the observed values of the fields that the action declares as decisive. */
  readonly decisive: JsonObject;
  readonly permissions: readonly string[];
  /** Keys of all targets that are changed with this one, itself included; absent where it is changed alone. */
  readonly members?: readonly string[];
}

/** Where all meet who would change the same things, and what those are. */
export interface Meeting {
  readonly at: Target;
  /** `at` and everything that is changed with it. */
  readonly members: readonly Target[];
}

/** What an action says of one target, before the plan puts it in order. */
export type Planned =
  | { readonly kind: 'step'; readonly sentence: string; readonly undo: UndoPromise }
  /** Nothing to do here (already so, gone), with the reason. */
  | { readonly kind: 'skip'; readonly reason: string }
  /** It must not be done without a person, with the reason and what was seen (the graph, as lines of text). */
  | { readonly kind: 'hold'; readonly reason: string; readonly seen: readonly string[] };

export type Executed =
  | { readonly kind: 'done'; readonly did: string }
  /** AWS goes on by itself; `correlation` names what an event about it would carry. */
  | { readonly kind: 'waiting'; readonly did: string; readonly correlation: string; readonly atMostSeconds: number };

export interface Verified {
  readonly state: 'holds' | 'pending' | 'broken';
  /** What was read, as proof for the message. */
  readonly seen: string;
  /** True when it rests on something not being there: then two reads at least 30 s apart must agree. */
  readonly absence: boolean;
}

/** Sub-steps of one `execute`: `once` runs the call unless this step's journal says that it was done. */
export interface Journal {
  once(name: string, call: () => Promise<Json>): Promise<Json>;
}

/** Evidence as it is stored now, read back to prove it. */
export interface EvidenceReader {
  /** The body of what was put under this name in this round of the incident's run; null when nothing is there. Throws when it cannot be read. */
  get(name: string): Promise<string | null>;
}

/** Where evidence goes; the only thing `evidence.capture` writes. Answers with the stored object's URI. */
export interface EvidenceStore extends EvidenceReader {
  put(name: string, body: string, contentType: string): Promise<{ readonly uri: string; readonly sha256: string }>;
}

export interface ReadContext {
  /** Clients on read-only credentials for this action and target. */
  readonly aws: Aws;
  readonly clock: Clock;
  readonly settings: ActionSettings;
  readonly evidence: EvidenceReader;
  /**
   * What `observe` read before a containment of this target that stands, or has started; absent otherwise. For what AWS does not
   * show any more: an archived index's contents.
   */
  readonly before?: JsonObject;
}

export interface ActContext extends ReadContext {
  /** Clients on credentials scoped to this action's write permissions on this target. */
  readonly aws: Aws;
  readonly incident: string;
  readonly run: string;
  readonly key: string;
  readonly findings: readonly Finding[];
  readonly journal: Journal;
  readonly evidence: EvidenceStore;
}

/** The settings that actions read (see rules/settings.yaml). */
export interface ActionSettings {
  /** Days without a pull after which an image counts as not pulled any more. */
  readonly quietPullDays: number;
}

/**
 * An action: one file that carries all its facts. `O` is what `observe` reads, a JSON object whose top-level fields are
 * named in `decisive`, `restores` and `volatile`.
 */
export interface Action<P extends JsonObject = JsonObject, O extends JsonObject = JsonObject> {
  /** The same string in rules, logs, audit and IAM Sid, e.g. `ecr.quarantine-image`. */
  readonly name: string;
  /** Imperative, one line: "Archive an image so that nothing can pull it". */
  readonly summary: string;
  readonly targets: readonly ResourceKind[];
  readonly params: z.ZodType<P>;
  /** A rule fragment (YAML, the `do:` list's entry), run through the real rule parser by a test. */
  readonly example: string;
  readonly permissions: (target: Target) => Permissions;
  readonly facts: ActionFacts;
  /** Observed fields that decide: when one differs before "started", the plan is stale. */
  readonly decisive: readonly (keyof O & string)[];
  /** Observed fields that undo restores. */
  readonly restores: readonly (keyof O & string)[];
  /** Observed fields that may differ at any time without meaning anything. */
  readonly volatile: readonly (keyof O & string)[];
  /** What undo promises, whatever the target; every step's `undo` is this. */
  readonly reversal: UndoPromise;
  /** What it does not stop or cannot tell, one sentence each, for the documents and the page. */
  readonly limits: readonly string[];
  /**
   * At most this long for one `execute` to be waited for, before Verify reads the truth. Longer than Act itself may run
   * (functions/act/function.yml): else a step that is still at work in a large account is told as failed.
   */
  readonly timeoutSeconds: number;
  /** Reads only. Throws TargetGone when the target is not there. */
  readonly observe: (target: Target, params: P, context: ReadContext) => Promise<O>;
  /** Pure. */
  readonly plan: (target: Target, params: P, observed: O, settings: ActionSettings) => Planned;
  /**
   * Where the action changes more than the target that was accused: the one target on which all meet who would change the same
   * things, whichever of them was accused, so that one incident owns them and an undo asks everybody. Pure.
   */
  readonly meets?: (target: Target, observed: O) => Meeting;
  /** Pure: the values that the restored fields have once the step is done. */
  readonly intended: (target: Target, params: P, before: O) => Partial<O>;
  readonly execute: (target: Target, params: P, before: O, context: ActContext) => Promise<Executed>;
  readonly verify: (target: Target, params: P, before: O, context: ReadContext) => Promise<Verified>;
  /** Absent where nothing is changed or nothing can be put back; then `plan` says why in `undo.why`. */
  readonly undo?: (target: Target, params: P, before: O, context: ActContext) => Promise<Executed>;
  readonly verifyUndone?: (target: Target, params: P, before: O, context: ReadContext) => Promise<Verified>;
}

/** Keeps the type parameters of an action's file while the catalogue sees plain actions. */
export function defineAction<P extends JsonObject, O extends JsonObject>(action: Action<P, O>): Action {
  return action as unknown as Action;
}

/** Stable text for a target: what ownership and keys are made of. */
export const targetKey = (target: Target): string => `${target.kind}/${target.account}/${target.region}/${target.id}`;
