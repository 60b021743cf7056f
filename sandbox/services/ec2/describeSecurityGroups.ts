import type { DescribeSecurityGroupsRequest, DescribeSecurityGroupsResult, SecurityGroup } from '@aws-sdk/client-ec2';
import { type Account, AwsError, operation } from '../../account.ts';
import { refuseDryRun } from './dryRun.ts';
import { matcherOf } from './filters.ts';
import { groupWithId } from './groups.ts';
import { page } from './page.ts';
import { permissionsOf } from './rules.ts';
import { shown } from './tagging.ts';
import { groupArn, type StoredGroup, securityGroups, VPC } from './vpc.ts';

const described = (account: Account, { id, name, description, rules, tags }: StoredGroup): SecurityGroup => ({
  GroupId: id,
  GroupName: name,
  Description: description,
  OwnerId: account.id,
  VpcId: VPC,
  SecurityGroupArn: groupArn(account, id),
  IpPermissions: permissionsOf(
    account,
    rules.filter(({ isEgress }) => !isEgress),
  ),
  IpPermissionsEgress: permissionsOf(
    account,
    rules.filter(({ isEgress }) => isEgress),
  ),
  Tags: shown(tags),
});

/** Throws AwsError. By name groups of a default VPC alone can be asked for, and there is none. */
function asked(account: Account, { GroupIds, GroupNames }: DescribeSecurityGroupsRequest): readonly StoredGroup[] {
  if (GroupNames !== undefined) {
    throw new AwsError(
      'InvalidGroup.NotFound',
      `The security group '${GroupNames.join(', ')}' does not exist in default VPC`,
    );
  }
  return GroupIds?.map((id) => groupWithId(account, id)) ?? [...securityGroups(account).values()];
}

/** IAM does not scope it. */
export const describeSecurityGroups = operation<DescribeSecurityGroupsRequest, DescribeSecurityGroupsResult>(
  () => [{ action: 'ec2:DescribeSecurityGroups', resource: '*' }],
  (input, { account }) => {
    refuseDryRun(input);
    const isWanted = matcherOf<StoredGroup>(
      input.Filters ?? [],
      {
        description: ({ description }) => description,
        'group-id': ({ id }) => id,
        'group-name': ({ name }) => name,
        'owner-id': () => account.id,
        'vpc-id': () => VPC,
      },
      ({ tags }) => tags,
    );
    const { items, rest } = page(asked(account, input).filter(isWanted), input, input.GroupIds && 'GroupIds');
    return { SecurityGroups: items.map((group) => described(account, group)), ...rest };
  },
);
