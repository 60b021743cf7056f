import * as z from 'zod';
import type { Target } from '../contract.ts';
import { drainTimeoutSeconds, shortestSeconds } from '../targets/containerInstance.ts';

export type HostTarget = Target<'instance'>;

export const params = z.strictObject({
  drainTimeoutSeconds,
  patchTimeoutSeconds: z.int().min(shortestSeconds).max(7200).default(3600),
  reboot: z.enum(['if-needed', 'never']).default('if-needed'),
});
export type Params = z.infer<typeof params>;

/** What the last patch operation on a host has reported. */
export type Patches = {
  readonly operation: string;
  /** When it ended, ISO. */
  readonly endedAt: string;
  readonly missing: number;
  readonly failed: number;
  readonly pendingReboot: number;
};

/** What `ssm.patch-hosts` reads of its target. */
export type Observed = {
  /** Of the container instance: ACTIVE takes tasks, DRAINING does not. Null for a host of no cluster. */
  readonly status: string | null;

  /** Name of the cluster that it is a host of, and the ARN of the container instance; null for a host of none. */
  readonly cluster: string | null;
  readonly container: string | null;
  /** Of Systems Manager's agent: Online, ConnectionLost, Inactive. Null where Systems Manager does not manage it. */
  readonly ping: string | null;
  /** `Linux, Amazon Linux`: kind and name of its system, as the agent says it; null where there is none. */
  readonly platform: string | null;
  /** The service that manages the instance; null for one that its owner manages. */
  readonly operator: string | null;
  readonly protectedBy: string | null;
  /** The ARNs of all container instances that the instance is registered as: one, as a rule. */
  readonly registrations: readonly string[];
  /** Why none of several may be drained, in words; null where there are not several. */
  readonly ambiguous: string | null;

  /** Whether the agent of ECS is connected; null for a host of no cluster. */
  readonly connected: boolean | null;
  /** Tasks that run there or are to, of services and of none. */
  readonly tasks: number;
  /** Null when no patch operation was reported. */
  readonly patches: Patches | null;
  /** Whether that was reported within the last day. */
  readonly recent: boolean;
  /** A command of ours that failed within the last hours, in words; null when none did. */
  readonly failedLately: string | null;
  /** Name of its Auto Scaling group; null for none. */
  readonly group: string | null;
  readonly owner: string;
  readonly seen: readonly string[];
};

/** What the plan chose. */
export const chosenShape = z.object({
  cluster: z.string().nullable(),
  container: z.string().nullable(),
  /** Whether it is for us to drain it, and to give it tasks again. */
  drains: z.boolean(),
  /** When the last patch operation had ended, ISO: what is reported later is of the patch. Null when there was none. */
  after: z.string().nullable(),
});
export type Chosen = z.infer<typeof chosenShape>;
