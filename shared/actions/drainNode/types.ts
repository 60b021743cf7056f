import * as z from 'zod';
import type { Target } from '../contract.ts';

export const params = z.strictObject({
  /** Whether pods are evicted that keep something in a directory of the node which ends with them (emptyDir). */
  deleteEmptyDirData: z.boolean().default(false),
});
export type Params = z.infer<typeof params>;

export type NodeHost = Target<'instance'>;

/** `namespace/name`, and its uid: another pod may have its name by now. */
export type NamedPod = { readonly name: string; readonly uid: string };

/** What runs on a node, by what a drain does with it. */
export type Pods = {
  /** They are evicted, those that end already, too. */
  readonly moved: readonly NamedPod[];
  /** A daemon set would start them there again, or the kubelet itself runs them. Names. */
  readonly stay: readonly string[];
  /** Nothing would start them again elsewhere. Names. */
  readonly alone: readonly string[];
  /** What they keep on the node is gone with them. Names of those that are to be moved. */
  readonly local: readonly string[];
};

/** What `eks.drain-node` reads of its target. */
export type Observed = {
  /** Name of the EKS cluster; null for an instance that is no node. */
  readonly cluster: string | null;
  /** Name of the node; null for none. */
  readonly node: string | null;
  readonly uid: string | null;
  /** Why it is no node; null where it is one. */
  readonly none: string | null;
  /** It may be one all the same: what says so does not agree. */
  readonly doubtful: boolean;
  /** Whether new pods may be placed on it: false once it is cordoned. */
  readonly schedulable: boolean;
  readonly ready: boolean;
  readonly pods: Pods;
  /** How many other nodes are ready, and take pods that tolerate nothing. */
  readonly others: number;
  /** How many nodes there are, itself included. */
  readonly nodes: number;
  readonly protectedBy: string | null;
  readonly owner: string;
  readonly seen: readonly string[];
};

/** What the plan chose: which node the steps are about. */
export const chosenShape = z.object({ cluster: z.string(), node: z.string(), uid: z.string() });
export type Chosen = z.infer<typeof chosenShape>;
