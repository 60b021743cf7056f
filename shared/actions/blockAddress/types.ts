import * as z from 'zod';
import { blocksPrivate } from '../targets/addressTarget.ts';

/** Of an IP set (AWS WAF API, "EntityName"). */
const setName = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,128}$/, 'must be the name of an IP set: letters, digits, _ and -, at most 128');

export const params = z.strictObject({
  /** Names of IP sets, of either version: which ones are taken follows from the address. */
  ipSets: z
    .array(setName)
    .min(1, 'must name at least one IP set, or be left out')
    .max(6, 'must name at most six IP sets')
    .default(['firebreak-blocked-ipv4', 'firebreak-blocked-ipv6']),
  ...blocksPrivate,
});
export type Params = z.infer<typeof params>;

/** "You can specify up to 10,000 IP addresses or IP address ranges" in one IP set (AWS WAF quotas). */
export const mostInSet = 10_000;

/** What `waf.block-address` reads of its target. */
export type Observed = {
  /** By the ARN of an IP set of the address's version: whether the address stands in it by itself. Of what stands, of those that were saved. */
  readonly blocked: { readonly [set: string]: boolean };
  /** Why it is never blocked, in words that follow the address; null where it may be. */
  readonly spared: string | null;
  /** ARNs of sets in which a wider block that holds the address stands. */
  readonly covered: readonly string[];
  /** ARNs of sets that have no room for another entry. */
  readonly full: readonly string[];
  readonly protectedBy: string | null;
  /** How many entries each set has. */
  readonly sizes: { readonly [set: string]: number };
  readonly owner: string;
  readonly seen: readonly string[];
};

/** What the plan chose: ARNs of the IP sets that the address is put into. */
export const chosenShape = z.object({ sets: z.array(z.string()).min(1) });
