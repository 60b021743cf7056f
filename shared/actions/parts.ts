import type { ResourceKind } from '../finding/resource.ts';
import type { JsonObject } from '../platform/json.ts';
import type {
  ActContext,
  Action,
  ActionFacts,
  Executed,
  ReadContext,
  Target,
  UndoPromise,
  Verified,
} from './contract.ts';

/** A later step of an action in several. */
export interface StepPart {
  /** See `LaterPart`. */
  readonly name: string;
  /** Its place among the steps of its action on this target; the first step has 0. */
  readonly at: number;
  readonly needsEarlier: boolean;
  readonly closes?: string;
}

/** Seconds, of all targets the same or as the parameters say. */
export type Wait<P> = number | ((params: P) => number);

export const secondsOf = <P>(wait: Wait<P>, params: P): number => (typeof wait === 'number' ? wait : wait(params));

/** What differs in a later step of an action. Its target, parameters and before-state are those of the first. */
export interface LaterPart<P extends JsonObject, O extends JsonObject, K extends ResourceKind> {
  /** The name of the step's `part`, e.g. `start`. */
  readonly name: string;
  readonly facts: ActionFacts;
  /** Whether it is skipped unless the parts before it have succeeded. What puts back what they changed needs none of them. */
  readonly needsEarlier: boolean;
  /** What undo promises of this part alone, where that is not what it promises of the first. */
  readonly reversal?: UndoPromise;
  /** Once it holds, nothing stands any more that an undo would put back; why, in one sentence for whoever asks for one. */
  readonly closes?: string;
  /** As of the action; absent: the same. */
  readonly timeoutSeconds?: Wait<P>;
  readonly intended: (target: Target<K>, params: P, before: O, chosen: JsonObject) => Partial<O>;
  readonly execute: (target: Target<K>, params: P, before: O, context: ActContext) => Promise<Executed>;
  readonly verify: (target: Target<K>, params: P, before: O, context: ReadContext) => Promise<Verified>;
}

/** The part of an action that a step is; the action itself for the first. Undefined for a part that this version does not know. */
export const partOf = (action: Action, part: StepPart | undefined): Action | Later | undefined =>
  part === undefined ? action : action.parts?.find(({ name }) => name === part.name);

export type Later = LaterPart<JsonObject, JsonObject, ResourceKind>;

/** At most so long its one `execute` is waited for, in seconds. */
export const waitOf = (action: Action, part: StepPart | undefined, params: JsonObject): number =>
  secondsOf(partOf(action, part)?.timeoutSeconds ?? action.timeoutSeconds, params);
