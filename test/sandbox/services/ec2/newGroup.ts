import type {
  CreateSecurityGroupResult,
  DescribeSecurityGroupRulesResult,
  DescribeSecurityGroupsResult,
} from '@aws-sdk/client-ec2';
import { createSecurityGroup } from '../../../../sandbox/services/ec2/createSecurityGroup.ts';
import { describeSecurityGroupRules } from '../../../../sandbox/services/ec2/describeSecurityGroupRules.ts';
import { describeSecurityGroups } from '../../../../sandbox/services/ec2/describeSecurityGroups.ts';
import { VPC } from '../../../../sandbox/services/ec2/vpc.ts';
import { fakeAccount } from '../../fakeAccount.ts';
import { runOn } from '../runOn.ts';

export const arn = (rest: string) => `arn:aws:ec2:eu-west-1:123456789012:${rest}`;
export const absent = 'sg-0123456789abcdef0';
export const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
export const quarantine = { GroupName: 'quarantine', Description: 'nothing in, nothing out', VpcId: VPC };

/** An account with a new security group, and what is asked of it. */
export async function withGroup() {
  const fake = fakeAccount();
  const run = runOn(fake);
  const { GroupId = '' } = await run<CreateSecurityGroupResult>(createSecurityGroup, quarantine);
  const described = async (id = GroupId) =>
    (await run<DescribeSecurityGroupsResult>(describeSecurityGroups, { GroupIds: [id] })).SecurityGroups?.[0];
  const rules = async () => {
    const Filters = [{ Name: 'group-id', Values: [GroupId] }];
    return (
      (await run<DescribeSecurityGroupRulesResult>(describeSecurityGroupRules, { Filters })).SecurityGroupRules ?? []
    );
  };
  return { ...fake, run, id: GroupId, described, rules };
}
