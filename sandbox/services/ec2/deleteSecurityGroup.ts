import type { DeleteSecurityGroupRequest, DeleteSecurityGroupResult } from '@aws-sdk/client-ec2';
import { AwsError, operation } from '../../account.ts';
import { refuseDryRun } from './dryRun.ts';
import { groupAsked, isInUse } from './groups.ts';
import { onGroup } from './tagging.ts';
import { DEFAULT_GROUP, securityGroups } from './vpc.ts';

/** One that nothing is in and that no rule of another names. */
export const deleteSecurityGroup = operation<DeleteSecurityGroupRequest, DeleteSecurityGroupResult>(
  (input, account) => [onGroup(account, 'ec2:DeleteSecurityGroup', input.GroupId)],
  (input, { account }) => {
    refuseDryRun(input);
    const group = groupAsked(account, input);
    if (group.id === DEFAULT_GROUP) {
      const message = `the specified group: "${group.id}" name: "default" cannot be deleted by a user`;
      throw new AwsError('CannotDelete', message);
    }
    if (isInUse(account, group)) {
      throw new AwsError('DependencyViolation', `resource ${group.id} has a dependent object`);
    }
    securityGroups(account).delete(group.id);
    return { Return: true, GroupId: group.id };
  },
);
