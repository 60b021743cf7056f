import * as z from 'zod';
import { type Fix, fixNames, type Hardening } from './hardening.ts';
import { type Move, references } from './references.ts';
import { firelens } from './router.ts';
import { isRoot, userForm } from './user.ts';

const written = z.strictObject({
  /** Whom containers run as that ran as root. */
  user: z
    .string()
    .regex(userForm, 'must be USER or USER:GROUP')
    .refine((user) => !isRoot(user), 'must be another user than root')
    .exactOptional(),
  /** The group in CloudWatch Logs that containers write to that wrote nowhere. */
  logGroup: z
    .string()
    .regex(/^[.\-_/#A-Za-z0-9]{1,512}$/, 'must be the name of a log group')
    .exactOptional(),
  /** Routes them through FireLens instead, and only the router's own log goes into that group. */
  firelens: firelens.exactOptional(),
  /** For a variable whose value stands in plain text, the secret that its owner has put a new value into. */
  references: references.exactOptional(),
});

export const params = written.check(({ value, issues }) => {
  if (value.firelens === undefined || value.logGroup !== undefined) return;
  const message = 'goes with logGroup alone: what the log router cannot send, it says in its own log';
  issues.push({ code: 'custom', input: value, path: ['firelens'], message });
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
  /** Why its logs cannot be routed as the rule says; null where they can, or it does not say. */
  readonly routing: string | null;
  /** What of the rule's references is in plain text, and why its secret cannot take that place; null where it can. */
  readonly moves: readonly (Move & { readonly why: string | null })[];
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
      router: z.literal(true).exactOptional(),
      variables: z.record(z.string(), z.string().nullable()).exactOptional(),
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
  /** Of the references, those whose secret can take the place of the value. */
  moves: z.array(z.object({ container: z.string(), variable: z.string(), secret: z.string() })).exactOptional(),
  /** ARNs of all secrets that the rule names for a variable of it: they are looked at again. */
  secrets: z.array(z.string()).exactOptional(),
});
export type Chosen = z.infer<typeof chosenShape>;
