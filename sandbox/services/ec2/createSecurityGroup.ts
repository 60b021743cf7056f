import type { CreateSecurityGroupRequest, CreateSecurityGroupResult } from '@aws-sdk/client-ec2';
import { type Account, AwsError, operation } from '../../account.ts';
import { refuseDryRun } from './dryRun.ts';
import { asked, shown, tagging, tagsFrom } from './tagging.ts';
import { refuseOthers } from './unsupported.ts';
import { allOut, ec2Arn, groupArn, securityGroups, VPC } from './vpc.ts';

/** "2,500 security groups per Region" (VPC quotas). */
const MOST = 2500;
const LETTERS = /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/;

/** A new group of the VPC, out of which everything may go and into which nothing may come. */
export const createSecurityGroup = operation<CreateSecurityGroupRequest, CreateSecurityGroupResult>(
  (input, account) => [
    {
      action: 'ec2:CreateSecurityGroup',
      resource: ec2Arn(account, 'security-group/*'),
      ...asked(input.TagSpecifications),
    },
    { action: 'ec2:CreateSecurityGroup', resource: ec2Arn(account, `vpc/${input.VpcId ?? ''}`) },
    ...tagging(input.TagSpecifications, 'CreateSecurityGroup', ec2Arn(account, 'security-group/*')),
  ],
  (input, { account }) => {
    refuseDryRun(input);
    refuseOthers(input, ['GroupName', 'Description', 'VpcId', 'TagSpecifications', 'DryRun']);
    const { GroupName: name, Description: description } = checked(account, input);
    const tags = tagsFrom(input.TagSpecifications, 'security-group');
    const id = `sg-${account.random.hex(17)}`;
    const rules = [allOut(`sgr-${account.random.hex(17)}`)];
    securityGroups(account).set(id, { id, name, description, rules, tags });
    return { GroupId: id, Tags: shown(tags), SecurityGroupArn: groupArn(account, id) };
  },
);

/** Throws AwsError. */
function checked(account: Account, { GroupName, Description, VpcId }: CreateSecurityGroupRequest) {
  if (GroupName === undefined || Description === undefined) {
    const what = GroupName === undefined ? 'groupName' : 'groupDescription';
    throw new AwsError('MissingParameter', `The request must contain the parameter ${what}`);
  }
  // Without a VPC it would be of the default one.
  if (VpcId === undefined) throw new AwsError('VPCIdNotSpecified', 'No default VPC for this user');
  if (VpcId !== VPC) throw new AwsError('InvalidVpcID.NotFound', `The vpc ID '${VpcId}' does not exist`);
  if (!LETTERS.test(GroupName) || GroupName === 'default' || GroupName.startsWith('sg-')) {
    throw new AwsError('InvalidParameterValue', `Value (${GroupName}) for parameter groupName is invalid.`);
  }
  if (!LETTERS.test(Description)) {
    throw new AwsError('InvalidParameterValue', `Value (${Description}) for parameter groupDescription is invalid.`);
  }
  const all = [...securityGroups(account).values()];
  if (all.some(({ name }) => name === GroupName)) {
    throw new AwsError('InvalidGroup.Duplicate', `The security group '${GroupName}' already exists for VPC '${VPC}'`);
  }
  if (all.length >= MOST) {
    throw new AwsError('SecurityGroupLimitExceeded', 'The maximum number of security groups has been reached.');
  }
  return { GroupName, Description };
}
