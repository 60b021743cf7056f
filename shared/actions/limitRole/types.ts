import * as z from 'zod';
import type { RoleUse } from '../targets/roleUse.ts';
import { boundaryName, prefix } from './boundary.ts';

export const params = z.strictObject({
  boundary: z
    .string()
    .max(128)
    .regex(
      boundaryName,
      `must be the name of a managed policy that begins with ${prefix}, without a path or ARN, e.g. ${prefix}-logs`,
    )
    .default(prefix),
  maxOtherUsers: z.number().int().min(0).max(1000).default(0),
  /** Whether the role of a host may be limited: its agents call AWS with it. */
  hosts: z.boolean().default(false),
});
export type Params = z.infer<typeof params>;

/** What `iam.limit-role` reads of its target. */
export type Observed = RoleUse & {
  /** ARN of the permissions boundary that the role has; null: none. */
  readonly boundary: string | null;
  /** Of the policy that the rule names: its default version; null: there is no such policy. */
  readonly version: string | null;
  /** Whether that version limits anything. */
  readonly limits: boolean;
};

/** What the plan chose. */
export const chosenShape = z.object({ boundary: z.string('The plan names no boundary').min(1) });
