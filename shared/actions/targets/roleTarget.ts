import { describes } from '../../account/workloadPermissions.ts';
import { roleName } from '../../finding/role.ts';
import { ActionFailed } from '../../platform/errors.ts';
import type { Permission, Target } from '../contract.ts';

export type RoleTarget = Target<'role'>;

const place = /^arn:(aws(?:-[a-z]+)*):iam::(\d{12}):role\//;
const region = /^[a-z]{2,}(?:-[a-z0-9]+)+$/;

/** The partition of a role, whose name, account and Region are sound. Throws ActionFailed: a `*` in one of them would widen a policy. */
export function partitionOfRole({ id, arn, account, region: its }: RoleTarget): string {
  const [, partition, owner] = place.exec(arn) ?? [];
  if (partition !== undefined && owner === account && roleName.test(id) && region.test(its)) return partition;
  throw new ActionFailed('There is no valid account and role, so no permission is given for it', {
    evidence: { id, arn, account, region: its },
  });
}

/**
 * Grants on one role. GuardDuty gives a role's name without its path; but a name is unique in an account whatever the path, and has no slash,
 * so that both forms together mean that one role.
 */
export function onRole(target: RoleTarget, ...actions: readonly string[]): readonly Permission[] {
  const roles = `arn:${partitionOfRole(target)}:iam::${target.account}:role`;
  return actions.flatMap((action) => [
    { action, resource: `${roles}/${target.id}` },
    { action, resource: `${roles}/*/${target.id}` },
  ]);
}

/** What `readRoleUsers` needs. */
export function roleUsersPermissions(target: RoleTarget): readonly Permission[] {
  const ecs = `arn:${partitionOfRole(target)}:ecs:${target.region}:${target.account}:`;
  return [
    describes('ecs:ListClusters'),
    describes('ecs:ListServices'),
    describes('ecs:DescribeTaskDefinition'),
    describes('lambda:ListFunctions'),
    describes('ec2:DescribeInstances'),
    { action: 'ecs:DescribeServices', resource: `${ecs}service/*` },
    // AWS authorises ListTasks on the container instances of the cluster, on Fargate too.
    { action: 'ecs:ListTasks', resource: `${ecs}container-instance/*` },
    { action: 'ecs:DescribeTasks', resource: `${ecs}task/*` },
    ...onRole(target, 'iam:ListInstanceProfilesForRole'),
  ];
}

/** What `readRoleAccounts` needs, and reading which pods run. */
export function roleAccountsPermissions(target: RoleTarget): readonly Permission[] {
  const eks = `arn:${partitionOfRole(target)}:eks:${target.region}:${target.account}:`;
  return [
    describes('eks:ListClusters'),
    { action: 'eks:DescribeCluster', resource: `${eks}cluster/*` },
    { action: 'eks:ListPodIdentityAssociations', resource: `${eks}cluster/*` },
    { action: 'eks:DescribePodIdentityAssociation', resource: `${eks}podidentityassociation/*` },
  ];
}

/** Where what IAM is asked is written down: it is a global service, whose calls CloudTrail shows in one Region. */
export const globalRegion = (target: RoleTarget): string =>
  ({ 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1' })[partitionOfRole(target)] ?? 'us-east-1';
