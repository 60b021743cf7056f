import * as z from 'zod';
import { blocksPrivate } from '../targets/addressTarget.ts';

export const params = z.strictObject({
  /** Where more network ACLs of the account and Region are marked, a person is asked. A session policy names each of them. */
  maxNetworkAcls: z
    .number()
    .int()
    .min(1, 'must be at least 1')
    .max(8, 'must be at most 8: the policy of a step names each of them')
    .default(5),
  /**
   * How many rules a network ACL may have, each way and of each version of addresses: "20", "can be increased up to a maximum of 40" (VPC user guide,
   * "Amazon VPC quotas"). No call that changes nothing tells which it is.
   */
  quota: z
    .number()
    .int()
    .min(20, 'must be at least 20, which every account has')
    .max(40, 'must be at most 40, the most that AWS gives')
    .default(20),
  ...blocksPrivate,
});
export type Params = z.infer<typeof params>;

/** By the place of an entry: `acl-0a1b2c3d4e5f60718/ingress`. */
type ByPlace<T> = { readonly [place: string]: T };

/** What `vpc.block-address` reads of its target. */
export type Observed = {
  /** Whether an entry denies the address alone, before any that lets it through. Of what stands, of those places that were saved. */
  readonly blocked: ByPlace<boolean>;
  /** Why it is never blocked, in words that follow the address; null where it may be. */
  readonly spared: string | null;
  /** Places where it is denied anyway: by a wider block, or because nothing lets it through. */
  readonly covered: readonly string[];
  /** Places that have as many rules as the quota allows. */
  readonly full: readonly string[];
  /** Places where no number is free before the first entry that lets it through. */
  readonly crowded: readonly string[];
  readonly tooMany: boolean;
  readonly protectedBy: string | null;
  /**
   * The numbers of what stands of ours, and the lowest that are free there and come before every entry that lets it through. A place that was saved
   * and is not among these has lost its mark or its subnets, or is gone.
   */
  readonly free: ByPlace<readonly number[]>;
  /** How many subnets have the network ACL, by its id. */
  readonly subnets: { readonly [acl: string]: number };
  readonly owner: string;
  readonly seen: readonly string[];
};

/**
 * What the plan chose. An entry of a network ACL has neither description nor tags, so that what is ours is told by this alone: at one of these numbers,
 * which were all free, what says exactly what we write.
 */
export const chosenShape = z.object({
  entries: z
    .array(z.object({ place: z.string(), numbers: z.array(z.number().int().min(1).max(32_766)).min(1) }))
    .min(1),
});
export type Chosen = z.infer<typeof chosenShape>;
