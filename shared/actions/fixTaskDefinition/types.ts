import * as z from 'zod';
import { type Fix, fixNames, type Hardening, isRoot } from './hardening.ts';

export const params = z.strictObject({
  /** Whom containers run as that ran as root. */
  user: z
    .string()
    .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,63})?$/, 'must be USER or USER:GROUP')
    .refine((user) => !isRoot(user), 'must be another user than root')
    .exactOptional(),
  /** The group in CloudWatch Logs that containers write to that wrote nowhere. */
  logGroup: z
    .string()
    .regex(/^[.\-_/#A-Za-z0-9]{1,512}$/, 'must be the name of a log group')
    .exactOptional(),
});
export type Params = z.infer<typeof params>;

/** What `ecs.fix-task-definition` reads of its target. */
export type Observed = {
  /** ARN of the revision that the service deploys; of a copy of ours that it deploys, of the one before it. */
  readonly definition: string;
  /** Of what is deployed, what a fix changes. */
  readonly hardening: Hardening;

  readonly protectedBy: string | null;
  readonly controller: string;
  readonly scheduling: string;
  /** A deployment of somebody else is under way. */
  readonly deploying: boolean;
  /** What the findings on that revision ask for. */
  readonly asked: readonly Fix[];
  /** Why it must not be deployed again as it is, one clause each. */
  readonly against: readonly string[];

  readonly networkMode: string | null;
  /** Without an execution role, Fargate cannot write a log. */
  readonly canLog: boolean;
  /** By container, the digests that it runs. */
  readonly version: { readonly [container: string]: string };
  readonly roles: readonly string[];
  readonly desired: number;
  readonly running: number;
  readonly minimumHealthyPercent: number;
  readonly owner: string;
  readonly seen: readonly string[];
};

const hardening = z.object({
  pidMode: z.string().nullable(),
  containers: z.record(
    z.string(),
    z.object({
      privileged: z.boolean(),
      user: z.string().nullable(),
      readOnly: z.boolean(),
      logs: z.string().nullable(),
    }),
  ),
});

/** Of a before-state that was stored. */
export const beforeShape = z.object({
  definition: z.string(),
  hardening,
  version: z.record(z.string(), z.string()),
});
export type Before = z.infer<typeof beforeShape>;

/** What the plan chose. */
export const chosenShape = z.object({
  fixes: z.array(z.enum(fixNames)),
  definition: z.string(),
  /** ARNs; passed on with the copy, and with the revision that an undo brings back. */
  roles: z.array(z.string()),
});
export type Chosen = z.infer<typeof chosenShape>;
