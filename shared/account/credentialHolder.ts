import type { FunctionResource, InstanceResource } from '../finding/resource.ts';
import { TargetGone } from '../platform/errors.ts';
import type { Reads } from './reads.ts';
import { nameInArn } from './roleUsers.ts';
import { describes, type ReadPermission } from './workloadPermissions.ts';

/** What has a role, and no task. */
export type Holder = FunctionResource | InstanceResource;

/** How AWS names a session of the role that it gives out: after the function, or the instance. */
export const sessionOf = ({ kind, arn, id }: Holder): string =>
  kind === 'function' ? arn.slice(arn.lastIndexOf(':') + 1) : id;

/**
 * ARN of the role whose credentials it has; null for an instance without a profile, or whose profile has none. Throws the SDK's own error,
 * and TargetGone for an instance that is terminated.
 */
export async function readRoleOf(read: Reads, holder: Holder): Promise<string | null> {
  if (holder.kind === 'function') {
    const { client, GetFunctionConfigurationCommand } = await read.aws.lambda();
    const answer = await client.send(new GetFunctionConfigurationCommand({ FunctionName: holder.arn }), read.call);
    return answer.Role ?? null;
  }
  const { client, DescribeInstancesCommand } = await read.aws.ec2();
  const answer = await client.send(new DescribeInstancesCommand({ InstanceIds: [holder.id] }), read.call);
  const instance = answer.Reservations?.[0]?.Instances?.[0];
  const profile = instance?.IamInstanceProfile?.Arn;
  if (profile === undefined) {
    // What is terminated is listed for an hour yet, without what it had.
    if (instance === undefined || instance.State?.Name === 'terminated') throw new TargetGone(holder.id);
    return null;
  }
  const iam = await read.aws.iam();
  const command = new iam.GetInstanceProfileCommand({ InstanceProfileName: nameInArn(profile) });
  return (await iam.client.send(command, read.call)).InstanceProfile?.Roles?.[0]?.Arn ?? null;
}

/** What that needs. A profile is only known once the instance is read. */
export function rolePermissions(holder: Holder, { account }: { readonly account: string }): readonly ReadPermission[] {
  if (holder.kind === 'function') return [{ action: 'lambda:GetFunctionConfiguration', resource: holder.arn }];
  const [, partition = 'aws'] = holder.arn.split(':');
  return [
    describes('ec2:DescribeInstances'),
    { action: 'iam:GetInstanceProfile', resource: `arn:${partition}:iam::${account}:instance-profile/*` },
  ];
}
