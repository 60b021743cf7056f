import type { ResourceKind } from '../finding/resource.ts';
import type { JsonObject } from '../platform/json.ts';
import type { ActContext, Action, Executed, ReadContext, Step, Target, Verified } from './contract.ts';

/** What lifting one containment would come to. */
export type ReleasePlanned =
  | {
      readonly kind: 'release';
      readonly sentence: string;
      /** What the containment chose, with what is chosen now: permissions follow from both. */
      readonly chosen: JsonObject;
      /** Of the images in ECR that run then, the keys of the incidents that would accuse them. */
      readonly runs: readonly string[];
      /** Whether it is put on what a person named. */
      readonly named: boolean;
    }
  /** The reason why nothing is done. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** What was named has nothing to do with this target. */
  | { readonly kind: 'elsewhere'; readonly reason: string };

/** It is fixed: how an action lifts its containment without bringing back what was accused. */
export interface Release<P, O, K extends ResourceKind> {
  /** Whether what stands can be put on a version that a person names; absent where there is none to name. */
  readonly takesVersion?: true;
  /** Reads only, with the containment's `before`, `chosen` and accusation. `to`: the version that a person named; null where none was. */
  readonly plan: (
    target: Target<K>,
    params: P,
    before: O,
    to: string | null,
    context: ReadContext,
  ) => Promise<ReleasePlanned>;
  /** Pure: what the restored fields are meant to be then. What is so already, nobody else has changed. */
  readonly intended: (target: Target<K>, before: O, chosen: JsonObject) => Partial<O>;
  readonly execute: (target: Target<K>, params: P, before: O, context: ActContext) => Promise<Executed>;
  readonly verify: (target: Target<K>, params: P, before: O, context: ReadContext) => Promise<Verified>;
}

/** How what a step changed is let go; undefined where that has no release. */
export const releaseOf = (catalogue: readonly Action[], { action }: Pick<Step, 'action'>): Action['release'] =>
  catalogue.find(({ name }) => name === action)?.release;
