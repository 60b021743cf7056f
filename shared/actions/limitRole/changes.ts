import { namedFailure } from '../../account/awsFailure.ts';
import { readsWith } from '../../account/reads.ts';
import { ActionFailed } from '../../platform/errors.ts';
import type { ActContext, Executed, ReadContext, Verified } from '../contract.ts';
import { readRole } from '../targets/readRole.ts';
import type { RoleTarget } from '../targets/roleTarget.ts';
import { readBoundary } from './boundary.ts';
import { chosenShape, type Observed } from './types.ts';

/** The policy that was planned. @throws ActionFailed where none was */
function chosenOf({ id }: RoleTarget, { chosen }: ReadContext): string {
  const { success, data } = chosenShape.safeParse(chosen);
  if (success) return data.boundary;
  throw new ActionFailed(`No boundary was chosen for role ${id}`);
}

/** ARN of the boundary that a role has; null: none. @throws TargetGone */
async function standing(target: RoleTarget, context: ReadContext): Promise<string | null> {
  return (await readRole(target, context)).PermissionsBoundary?.PermissionsBoundaryArn ?? null;
}

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** Never puts it in the place of another: IAM would, and the role might do more than before. */
export async function limit(target: RoleTarget, context: ActContext): Promise<Executed> {
  const { id } = target;
  const wanted = chosenOf(target, context);
  const did = `role ${id} has the permissions boundary ${nameOf(wanted)}`;
  const has = await standing(target, context);
  if (has === wanted) return { kind: 'done', did };
  if (has !== null)
    throw new ActionFailed(`Role ${id} has got the permissions boundary ${has} meanwhile: it is left as it is`);
  const read = readsWith(context.aws);
  try {
    const { client, PutRolePermissionsBoundaryCommand } = await read.aws.iam();
    const input = { RoleName: id, PermissionsBoundary: wanted };
    await client.send(new PutRolePermissionsBoundaryCommand(input), read.call);
  } catch (error) {
    throw namedFailure(error, `Limiting role ${id}`);
  }
  return { kind: 'done', did };
}

/** Whether the boundary stands, and its default version still limits something: whoever may change the policy may have opened it. */
export async function verifyLimited(target: RoleTarget, context: ReadContext): Promise<Verified> {
  const wanted = chosenOf(target, context);
  const has = await standing(target, context);
  if (has !== wanted) {
    const seen = `role ${target.id} has ${has === null ? 'no permissions boundary' : `the permissions boundary ${has}`}`;
    // IAM's reads may not show it for some seconds.
    return { state: has === null ? 'pending' : 'broken', seen, absence: false };
  }
  const policy = await readBoundary(wanted, context);
  const seen = `role ${target.id} has the permissions boundary ${nameOf(wanted)}`;
  return policy?.limits === 'something'
    ? { state: 'holds', seen: `${seen} (${policy.version})`, absence: false }
    : { state: 'broken', seen: `${seen}, which lets everything through, or cannot be read`, absence: false };
}

/** Takes away the boundary that we have set, and no other. */
export async function lift(target: RoleTarget, before: Observed, context: ActContext): Promise<Executed> {
  const { id } = target;
  const ours = chosenOf(target, context);
  const has = await standing(target, context);
  if (has === before.boundary) {
    const what = has === null ? 'no permissions boundary' : `the permissions boundary ${nameOf(has)}`;
    return { kind: 'done', did: `role ${id} has ${what}, as before` };
  }
  if (has !== ours)
    throw new ActionFailed(
      `Role ${id} has the permissions boundary ${has}, which Firebreak has not set: it is left as it is`,
    );
  const read = readsWith(context.aws);
  try {
    const { client, DeleteRolePermissionsBoundaryCommand } = await read.aws.iam();
    await client.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: id }), read.call);
  } catch (error) {
    throw namedFailure(error, `Taking the permissions boundary from role ${id}`);
  }
  return { kind: 'done', did: `the permissions boundary ${nameOf(ours)} is taken from role ${id}` };
}

export async function verifyLifted(target: RoleTarget, before: Observed, context: ReadContext): Promise<Verified> {
  const has = await standing(target, context);
  const seen = `role ${target.id} has ${has === null ? 'no permissions boundary' : `the permissions boundary ${has}`}`;
  return { state: has === before.boundary ? 'holds' : 'pending', seen, absence: has === null };
}
