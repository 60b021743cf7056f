import type { Role } from '@aws-sdk/client-iam';
import { namedFailure } from '../../account/awsFailure.ts';
import { readsWith } from '../../account/reads.ts';
import { TargetGone } from '../../platform/errors.ts';
import type { ReadContext } from '../contract.ts';
import type { RoleTarget } from './roleTarget.ts';

/** @throws TargetGone when the role is not there */
export async function readRole(target: RoleTarget, context: ReadContext): Promise<Role> {
  const read = readsWith(context.aws);
  try {
    const { client, GetRoleCommand } = await read.aws.iam();
    const { Role } = await client.send(new GetRoleCommand({ RoleName: target.id }), read.call);
    if (Role === undefined) throw new TargetGone(`Role ${target.id} is not there any more`);
    return Role;
  } catch (error) {
    throw namedFailure(error, `Reading role ${target.id}`);
  }
}
