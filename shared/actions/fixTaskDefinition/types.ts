import * as z from 'zod';
import type { JsonObject } from '../../platform/json.ts';
import { type Fix, fixNames, type Given, type Hardening } from './hardening.ts';
import { type Move, type References, references } from './references.ts';
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
  /** ARN of what it deploys. */
  readonly runs: string;
  /** Of what is deployed, what a fix changes. */
  readonly hardening: Hardening;

  readonly protectedBy: string | null;
  readonly controller: string;
  readonly scheduling: string;
  /** A deployment of somebody else is under way. */
  readonly deploying: boolean;
  /** What the findings on that revision ask for, and, of a copy of ours, those on the copy; what the copy has already stays asked for. */
  readonly asked: readonly Fix[];
  /** Of it, what findings on the copy ask for: a fix that stands is not all that is to be done. */
  readonly more: readonly Fix[];
  /** What the copy of ours that it deploys was made with; null where it deploys none. */
  readonly stood: (Made & { readonly from: string }) | null;
  /** What the rule says; where a copy of ours stands, that it was made with, and what the rule says beside it. */
  readonly given: Params;
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

/** What a copy is made with. */
const made = z.object({
  fixes: z.array(z.enum(fixNames)),
  /** Of the references, those whose secret can take the place of the value. */
  moves: z.array(z.object({ container: z.string(), variable: z.string(), secret: z.string() })).exactOptional(),
});
export type Made = { readonly fixes: readonly Fix[]; readonly moves?: readonly Move[] };

/** What the plan chose. */
export const chosenShape = made.extend({
  definition: z.string(),
  /** ARNs; passed on with the copy, and with the revision that an undo brings back. */
  roles: z.array(z.string()),
  /** ARN of what ran as it was planned, the revision or a copy that stood: what does not come up is put back onto that. */
  from: z.string().exactOptional(),
  /** The parameters, also those of another rule under which the copy before was made. */
  given: written.exactOptional(),
  /** ARNs of all secrets that the rule names for a variable of it: they are looked at again. */
  secrets: z.array(z.string()).exactOptional(),
});
export type Chosen = z.infer<typeof chosenShape>;

/** What a service is put back onto whose copy does not come up. */
export const backTo = ({ chosen }: { readonly chosen?: JsonObject }, { definition }: Before): string =>
  chosenShape.safeParse(chosen).data?.from ?? definition;

/** What is put in place of what was: by what was chosen, whichever rule reads it back later. */
export const putBy = (rule: Params, { given = rule, moves = [] }: Chosen): Params & Pick<Given, 'moves'> => ({
  ...given,
  moves,
});

/** What the copy that stands was made with, and what a rule says beside it: of what both name, what stands stays. Pure. */
export function beside(stands: Params | undefined, rule: Params): Params {
  if (stands === undefined) return rule;
  const { user = rule.user, logGroup, firelens, references = [] } = stands;
  const log = logGroup === undefined ? rule : { logGroup, firelens };
  const isNamed = (one: References[number]): boolean =>
    references.some(({ container, variable }) => variable === one.variable && container === one.container);
  const all = [...references, ...(rule.references ?? []).filter((one) => !isNamed(one))];
  return {
    ...(user === undefined ? {} : { user }),
    ...(log.logGroup === undefined ? {} : { logGroup: log.logGroup }),
    ...(log.firelens === undefined ? {} : { firelens: log.firelens }),
    ...(all.length === 0 ? {} : { references: all }),
  };
}
