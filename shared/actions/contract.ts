import type { z } from 'zod';
import type { Finding } from '../finding/finding.ts';
import type { Resource, ResourceKind } from '../finding/resource.ts';
import type { Clock } from '../platform/clock.ts';
import type { Json, JsonObject } from '../platform/json.ts';
import type { Aws } from '../platform/sdk/aws.ts';
import type { Accusation } from './accusation.ts';
import type { Bounds, Healthy } from './bounds.ts';
import type { ChangingCall } from './changingCall.ts';
import type { ClusterPermissions } from './clusterPermissions.ts';
import type { EvidenceReader, EvidenceStore } from './evidenceStore.ts';
import type { ActionFacts } from './facts.ts';
import type { Leaving } from './leaving.ts';
import type { LaterPart, StepPart, Wait } from './parts.ts';
import type { Release } from './release.ts';

export type { Budget, Healthy } from './bounds.ts';
export type { EvidenceReader, EvidenceStore } from './evidenceStore.ts';
export type { ActionFacts } from './facts.ts';
export type { Leaving } from './leaving.ts';

/** What an action acts on: a resource that a finding names, or that was found to belong to it (a task's service, its image). */
export type Target<K extends ResourceKind = ResourceKind> = Extract<Resource, { readonly kind: K }> & {
  readonly account: string;
  readonly region: string;
};

/** One IAM grant. `resource` is an ARN made from the target; `*` only where AWS cannot scope the call, with the reason. */
export interface Permission {
  readonly action: string;
  readonly resource: string;
  /** Required where `resource` is `*`: why it cannot be narrower, and what bounds it instead. */
  readonly why?: string;
  /** In IAM's own form, where a condition narrows what the resource cannot. */
  readonly condition?: { readonly [operator: string]: { readonly [key: string]: string } };
}

export interface Permissions {
  readonly read: readonly Permission[];
  readonly write: readonly Permission[];
}

export type UndoPromise =
  | { readonly possible: true; readonly sentence: string }
  | { readonly possible: false; readonly why: string };

/** A step: action + targets + params + key + needs. A pure value that prints as one sentence. */
export interface Step extends Bounds {
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
  /** What the plan was made against. */
  readonly accusation: Accusation;
  /** What the action chose when it planned (which version to go back to), so that what is done is what was decided. */
  readonly chosen?: JsonObject;
  /** Of an action in several steps, which of the later ones it is: it goes on with what the first has changed. */
  readonly part?: StepPart;
  /** Of the first of several steps, the sentences of the later ones, by the name of the part. */
  readonly afterwards?: Afterwards;
  /** What it leaves as it is, and a person should know: one sentence. */
  readonly remains?: string;
  /** What it cuts off can be had anew with what was taken, as `remains` says: somebody has to see to that. */
  readonly reopens?: true;
  /** It lifts the containment because it is fixed, and does not bring back what was accused. */
  readonly release?: true;
  /** Key of what its target shares with others of which one may be changed at a time; absent where it shares nothing. */
  readonly turn?: string;
}

/** By the name of a part, what it will do; a part that is not named is not needed. */
export type Afterwards = { readonly [part: string]: string };

/** Where all meet who would change the same things, and what those are. */
export interface Meeting {
  readonly at: Target;
  /** `at` and everything that is changed with it. */
  readonly members: readonly Target[];
}

/** What an action says of one target, before the plan puts it in order. */
export type Planned =
  | {
      readonly kind: 'step';
      readonly sentence: string;
      readonly undo: UndoPromise;
      readonly chosen?: JsonObject;
      /** What does not run the accused digests any more once this is done. */
      readonly leaves?: Leaving;
      /** All that it stops is replaced at once by something that stays healthy meanwhile: allowed on what is protected. */
      readonly sparing?: boolean;
      /** The sentences of those later steps of the action that the plan needs. */
      readonly afterwards?: Afterwards;
      /** What it leaves as it is, and a person should know: one sentence. */
      readonly remains?: string;
      /** See `Step`. */
      readonly reopens?: true;
      /** It empties its host by itself, and lets it take work again: no other step of the plan has to. */
      readonly emptiesItself?: true;
      /** Where it takes capacity away: what is left, counting what is clean and takes its place. Absent where it takes none. */
      readonly leavesHealthy?: Healthy;
    }
  /** Nothing to do here (already so, gone), with the reason. `expected`: the rule asks for it elsewhere, and nobody has to hear of it. */
  | { readonly kind: 'skip'; readonly reason: string; readonly expected?: boolean }
  /** It must not be done without a person, with the reason and what was seen (the graph, as lines of text). */
  | {
      readonly kind: 'hold';
      readonly reason: string;
      readonly seen: readonly string[];
      /** What is lost though the rest of the plan acts, unless a person sees to it, in full sentences: it is told as a notice at least. */
      readonly loses?: string;
      /** Until then (ISO) a person's undo is held to: nothing else is in the way, and nobody is to be asked. */
      readonly until?: string;
    };

export type Executed =
  | { readonly kind: 'done'; readonly did: string }
  /** AWS goes on by itself; `correlation` names what an event about it would carry. */
  | { readonly kind: 'waiting'; readonly did: string; readonly correlation: string; readonly atMostSeconds: number };

export interface Verified {
  readonly state: 'holds' | 'pending' | 'broken';
  /** What was read, as proof for the message. */
  readonly seen: string;
  /** Broken, because more of what it is for has come meanwhile: the plan is made again. */
  readonly again?: boolean;
  /** True when it rests on something not being there: then two reads at least 30 s apart must agree. */
  readonly absence: boolean;
  /** Of an undo that holds: some of what was to be put back is not there any more, which whoever asked for it is told. */
  readonly partlyGone?: boolean;
  /** Pending only because AWS has nowhere to run what is missing, or a cluster does not start it in its time: all that the action can do is done. */
  readonly short?: Short;
  /** Of a step that stops tasks: the last pull by any of them, ISO. Known when it holds, for what comes after it. */
  readonly pulledUntil?: string | null;
  /** Holds, and all is as an earlier change of the same action had left it: that goes on standing. */
  readonly goesOn?: true;
  /** Holds, and all is as it was before: why nothing stands that an undo would put back, in one sentence. */
  readonly closes?: string;
}

/** What does not run though it is meant to. */
export interface Short {
  /** Since when AWS says so, or since it was asked for, ISO. */
  readonly since: string;
  /** What is missing and what a person should do, in full sentences. */
  readonly todo: string;
}

/** Sub-steps of one `execute`: `once` runs the call unless this step's journal says that it was done. */
export interface Journal {
  once(name: string, call: () => Promise<Json>): Promise<Json>;
}

export interface ReadContext {
  /** Clients on read-only credentials for this action and target. */
  readonly aws: Aws;
  readonly clock: Clock;
  readonly settings: ActionSettings;
  readonly evidence: EvidenceReader;
  /** What `observe` read before a containment of this target that stands or has started: AWS shows no archived index's contents any more. */
  readonly before?: JsonObject;
  readonly accusation: Accusation;
  /** Of the step at hand; absent while it is being planned. */
  readonly chosen?: JsonObject;
  /** When the step at hand was begun, ISO, where it is read back. */
  readonly begunAt?: string;
  /** The step is decided and has its turn: what will be known shortly is waited for, where a plan says that it is not known. */
  readonly atItsTurn?: true;
}

export interface ActContext extends ReadContext {
  /** Clients on credentials scoped to this action's write permissions on this target. */
  readonly aws: Aws;
  readonly incident: string;
  readonly run: string;
  readonly key: string;
  readonly findings: readonly Finding[];
  readonly journal: Journal;
  /** Whether Throttled ends the step: what can be done though one call is throttled must be done now. */
  readonly lastTry: boolean;
  /** How many steps of its phase the plan has, itself included: they share what time the phase may take. */
  readonly shares: number;
  readonly evidence: EvidenceStore;
}

/** The settings that actions read (see rules/settings.yaml). */
export interface ActionSettings {
  /** Days without a pull after which an image counts as not pulled any more. */
  readonly quietPullDays: number;
  /** Blocks of addresses that are our own wherever they come from, and are never blocked. Absent: none is named. */
  readonly ownAddresses?: readonly string[];
  /** Where else images are used, `ACCOUNT/REGION`: each but the image's own is not read. Absent: nowhere. */
  readonly inUse?: readonly string[];
  /** Where an image may come from that is started. Absent: from anywhere. */
  readonly images?: { readonly registries?: readonly string[] };
}

/**
 * An action: one file that carries all its facts. `O` is what `observe` reads, a JSON object whose top-level fields are
 * named in `decisive`, `restores` and `volatile`; `K` the kinds of target that it takes.
 */
export interface Action<
  P extends JsonObject = JsonObject,
  O extends JsonObject = JsonObject,
  K extends ResourceKind = ResourceKind,
> {
  /** The same string in rules, logs, audit and IAM Sid, e.g. `ecr.quarantine-image`. */
  readonly name: string;
  /** Imperative, one line: "Archive an image so that nothing can pull it". */
  readonly summary: string;
  readonly targets: readonly K[];
  readonly params: z.ZodType<P>;
  /** A rule fragment (YAML, the `do:` list's entry), run through the real rule parser by a test. */
  readonly example: string;
  /** Without `chosen`, whatever a plan might choose; with it, what this one needs. */
  readonly permissions: (target: Target<K>, chosen?: JsonObject) => Permissions;
  /** What it asks of a Kubernetes cluster, besides; absent: nothing. */
  readonly inCluster?: ClusterPermissions;
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
  readonly timeoutSeconds: Wait<P>;
  /** Reads only. Throws TargetGone when the target is not there, nor, with `before`, anything that was changed with it. */
  readonly observe: (target: Target<K>, params: P, context: ReadContext) => Promise<O>;
  /** Pure. */
  readonly plan: (target: Target<K>, params: P, observed: O, settings: ActionSettings) => Planned;
  /** The parameters under which it does the least that still stops something: what a rule may have done while nobody answers. Pure; absent: none. */
  readonly minimum?: (params: P) => P;
  /**
   * Where the action changes more than the target that was accused: the one target on which all meet who would change the same
   * things, whichever of them was accused, so that one incident owns them and an undo asks everybody. Pure.
   */
  readonly meets?: (target: Target<K>, observed: O) => Meeting;
  /**
   * What several targets share, of which one may be changed at a time: of a host, its cluster. Null where this one shares nothing. A run
   * has the turn until it ends, and then for as long as what it began there has not been read back as done. Pure.
   */
  readonly turn?: (target: Target<K>, observed: O) => Target | null;
  /** Of restored fields as they were or are meant to be, what has not gone since: what has gone nobody has changed. Pure; absent: all of it. */
  readonly stillThere?: (fields: Partial<O>, observed: O) => Partial<O>;
  /**
   * Of what was contained and is not any more: what was delivered again, in words, where nothing but that brought it back. That is no
   * decision about it, so it is contained again. Undefined where a person may have decided it. Pure.
   */
  readonly deliveredAgain?: (before: O, observed: O) => string | undefined;
  /** Whether what stands is less than what is asked for: then a hold is told, and nothing taken for done. Pure; absent: never. */
  readonly asksMore?: (observed: O) => boolean;
  /** The calls by which somebody can change back what it changed: CloudTrail is asked who made one. Pure; absent where nothing stands. */
  readonly changedBy?: (target: Target<K>, before: O) => readonly ChangingCall[];
  /** Pure: the values of those restored fields that the step changes, once it is done. */
  readonly intended: (target: Target<K>, params: P, before: O, chosen: JsonObject) => Partial<O>;
  readonly execute: (target: Target<K>, params: P, before: O, context: ActContext) => Promise<Executed>;
  readonly verify: (target: Target<K>, params: P, before: O, context: ReadContext) => Promise<Verified>;
  /** Why what stands cannot be put back yet, one sentence without its full stop; null when it can. Reads only. Absent: at any time. */
  readonly staysYet?: (target: Target<K>, before: O, context: ReadContext) => Promise<string | null>;
  /** Absent where nothing is changed or nothing can be put back; then `plan` says why in `undo.why`. */
  readonly undo?: (target: Target<K>, params: P, before: O, context: ActContext) => Promise<Executed>;
  readonly verifyUndone?: (target: Target<K>, params: P, before: O, context: ReadContext) => Promise<Verified>;
  /** Absent where nothing stands that could be lifted otherwise than by an undo. */
  readonly release?: Release<P, O, K>;
  /** Work in several steps, in their order, each read back before the next, maybe with others of the plan between: stop what is bad, then start what is clean. */
  readonly parts?: readonly LaterPart<P, O, K>[];
  /** Kinds that a rule may name for it though it never acts on them, each with the reason that people are told. */
  readonly declines?: { readonly [kind in ResourceKind]?: string };
}

/** Keeps the type parameters of an action's file while the catalogue sees plain actions. */
export function defineAction<P extends JsonObject, O extends JsonObject, K extends ResourceKind = ResourceKind>(
  action: Action<P, O, K>,
): Action {
  return action as unknown as Action;
}

/** Stable text for a target: what ownership and keys are made of. */
export const targetKey = (target: Target): string => `${target.kind}/${target.account}/${target.region}/${target.id}`;
