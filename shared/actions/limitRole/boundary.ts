import * as z from 'zod';
import { failureOf, namedFailure } from '../../account/awsFailure.ts';
import { readsWith } from '../../account/reads.ts';
import { parsedJson } from '../../platform/json.ts';
import type { Permission, ReadContext } from '../contract.ts';
import { partitionOfRole, type RoleTarget } from '../targets/roleTarget.ts';

/** What the name of a policy begins with that may be set: the responder role can set no other, so that it can give a role no wider one. */
export const prefix = 'firebreak-boundary';

/** As IAM takes the name of a policy. */
export const boundaryName = new RegExp(`^${prefix}[\\w+=,.@-]*$`);

/** The policy that a rule names, in the account of the role: a boundary is of the role's own account, or of AWS. */
export const boundaryArn = (target: RoleTarget, name: string): string =>
  `arn:${partitionOfRole(target)}:iam::${target.account}:policy/${name}`;

/** Grants on the policies that may be set, or on the one that was chosen. */
export const onBoundary = (arn: string, ...actions: readonly string[]): readonly Permission[] =>
  actions.map((action) => ({ action, resource: arn }));

/** What a boundary lets through, at most. */
export type Limits =
  /** Nobody reads it as one that lets everything through. */
  | 'something'
  /** It allows all actions on all resources, and denies none. */
  | 'nothing';

/** The policy of that ARN as it stands. */
export interface Boundary {
  /** Its default version, which is in force: `v3`. */
  readonly version: string;
  readonly limits: Limits;
}

/** Null: there is no such policy. @throws ActionFailed, Throttled */
export async function readBoundary(PolicyArn: string, context: ReadContext): Promise<Boundary | null> {
  const read = readsWith(context.aws);
  try {
    const { client, GetPolicyCommand, GetPolicyVersionCommand } = await read.aws.iam();
    const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn }), read.call);
    const VersionId = Policy?.DefaultVersionId;
    if (VersionId === undefined) return null;
    const { PolicyVersion } = await client.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }), read.call);
    return { version: VersionId, limits: limitsOf(decodeURIComponent(PolicyVersion?.Document ?? '')) };
  } catch (error) {
    if (failureOf(error)?.kind === 'gone') return null;
    throw namedFailure(error, `Reading policy ${PolicyArn}`);
  }
}

const texts = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const shape = z.object({
  Statement: z.preprocess(
    (value) => [value].flat(),
    z.array(
      z.object({
        Effect: z.enum(['Allow', 'Deny']),
        Action: texts.optional(),
        Resource: texts.optional(),
        Condition: z.record(z.string(), z.unknown()).optional(),
      }),
    ),
  ),
});

/** `*`, `**` and `*:*` are every action. */
const isAll = (text: string): boolean => /^\*+(?::\*+)?$/.test(text);

/** Whether a boundary limits anything, from its text. One that cannot be read passes for one that does not: it is not set. Pure. */
export function limitsOf(document: string): Limits {
  const read = shape.safeParse(parsedJson(document));
  if (!read.success) return 'nothing';
  const statements = read.data.Statement;
  const denies = statements.some(({ Effect }) => Effect === 'Deny');
  const allowsAll = statements.some(
    ({ Effect, Action = [], Resource = [], Condition = {} }) =>
      Effect === 'Allow' && Action.some(isAll) && Resource.some(isAll) && Object.keys(Condition).length === 0,
  );
  return allowsAll && !denies ? 'nothing' : 'something';
}
