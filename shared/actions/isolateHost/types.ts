import * as z from 'zod';

export const params = z.strictObject({});
export type Params = z.infer<typeof params>;

/** By the id of a network interface. */
export type ByInterface<T> = { readonly [id: string]: T };

/** What `ec2.isolate` reads of its target. */
export type Observed = {
  /**
   * Security groups of each interface, sorted; `isolated` for one that is in a group of ours, whichever: on its way it is in none that was there
   * before, and is still ours to take on or back.
   */
  readonly groups: ByInterface<string>;
  /** Whether it stands by in its Auto Scaling group; null for an instance of none. */
  readonly standby: boolean | null;

  /** The interfaces that can be changed, with the VPC of each. */
  readonly interfaces: ByInterface<string>;
  /** Name of its Auto Scaling group; null for none. */
  readonly scaling: string | null;
  /** The service that manages the instance; null for one that its owner manages. */
  readonly operator: string | null;
  readonly protectedBy: string | null;

  /** The same groups in the order in which EC2 named them. */
  readonly order: ByInterface<readonly string[]>;
  /** Interfaces that a service of AWS has attached, and that nobody else may change: of tasks on ECS. */
  readonly theirs: readonly string[];
  /** Whether it serves in its Auto Scaling group, so that it can stand by there. */
  readonly serves: boolean;
  /** `InService`, `Standby`, as Auto Scaling says it; null for an instance of no group. */
  readonly lifecycle: string | null;
  /** Whether it is isolated already, and what was open was ended. */
  readonly done: boolean;
  readonly owner: string;
  readonly seen: readonly string[];
};

/** What the plan chose: all that permissions follow from. */
export const chosenShape = z.object({
  /** Interface -> VPC. */
  interfaces: z.record(z.string(), z.string()),
  /** Groups that an undo puts interfaces back into. */
  groups: z.array(z.string()),
  /** The Auto Scaling group in which it is to stand by; null where it has none, or does not serve in it. */
  standsBy: z.string().nullable(),
});
export type Chosen = z.infer<typeof chosenShape>;

/** On every security group of ours, with the id of the one instance that it is for: permissions are bound to it. */
export const groupTag = 'firebreak:isolates';
/** On the closed group, once the connections that were open before have been ended. */
export const cutTag = 'firebreak:connections-ended';

/** Without any rule: what is in it alone reaches nothing, and is reached by nothing. */
export const closedName = (id: string): string => `firebreak-quarantine-${id}`;
/** Everything may come in and go out: connections in it are not tracked, and so end with it. Of it nothing is left behind. */
export const openName = (id: string): string => `firebreak-opening-${id}`;

export const isolated = 'isolated';
