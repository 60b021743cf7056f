import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { type Seen, step } from '../script.ts';

/** Of the sandbox's one VPC; moto's is made alike. */
export const CIDR = '10.0.0.0/16';

const nobody = 'sg-0123456789abcdef0';
const group = (seen: Seen): string => seen('makes a security group', 'GroupId');
const https: IpPermission = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.0.0.0/8' }] };
const backwards: IpPermission = { IpProtocol: 'tcp', FromPort: 443, ToPort: 80, IpRanges: [{ CidrIp: '10.0.0.0/8' }] };
const all: IpPermission = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

const admit =
  (...IpPermissions: IpPermission[]) =>
  (seen: Seen) =>
    new AuthorizeSecurityGroupIngressCommand({ GroupId: group(seen), IpPermissions });
const revoke =
  (...IpPermissions: IpPermission[]) =>
  (seen: Seen) =>
    new RevokeSecurityGroupIngressCommand({ GroupId: group(seen), IpPermissions });
const describe = (seen: Seen) => new DescribeSecurityGroupsCommand({ GroupIds: [group(seen)] });

/** A group of its own, from its making to its end: what isolates a host is made so. */
export const securityGroups = [
  step('finds a VPC', () => new DescribeVpcsCommand({ Filters: [{ Name: 'cidr', Values: [CIDR] }] })),
  step('refuses a VPC that is not there', () => new DescribeVpcsCommand({ VpcIds: ['vpc-0123456789abcdef0'] })),
  step(
    'refuses a subnet that is not there',
    () => new DescribeSubnetsCommand({ SubnetIds: ['subnet-0123456789abcdef0'] }),
  ),
  step(
    'makes a security group',
    (seen) =>
      new CreateSecurityGroupCommand({
        GroupName: 'isolated',
        Description: 'nothing in',
        VpcId: seen('finds a VPC', 'Vpcs[0].VpcId'),
      }),
  ),
  step(
    'refuses to make it again',
    (seen) =>
      new CreateSecurityGroupCommand({
        GroupName: 'isolated',
        Description: 'nothing in',
        VpcId: seen('finds a VPC', 'Vpcs[0].VpcId'),
      }),
  ),
  step(
    'refuses a group in a VPC that is not there',
    () => new CreateSecurityGroupCommand({ GroupName: 'other', Description: 'x', VpcId: 'vpc-0123456789abcdef0' }),
  ),
  step('describes the new group', describe),
  step('admits HTTPS', admit(https)),
  step('refuses to admit it again', admit(https)),
  step('describes what it admits', describe),
  step(
    'lists its rules',
    (seen) => new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [group(seen)] }] }),
  ),
  step('revokes HTTPS', revoke(https)),
  step('revokes what is not there', revoke(https)),
  step(
    'revokes what it lets out',
    (seen) => new RevokeSecurityGroupEgressCommand({ GroupId: group(seen), IpPermissions: [all] }),
  ),
  step('describes what is left', describe),
  step('refuses ports the wrong way round', admit(backwards)),
  step(
    'lets all out again',
    (seen) => new AuthorizeSecurityGroupEgressCommand({ GroupId: group(seen), IpPermissions: [all] }),
  ),
  step(
    'refuses to admit to a group that is not there',
    () => new AuthorizeSecurityGroupIngressCommand({ GroupId: nobody, IpPermissions: [https] }),
  ),
  step('deletes the group', (seen) => new DeleteSecurityGroupCommand({ GroupId: group(seen) })),
  step('refuses to delete it again', (seen) => new DeleteSecurityGroupCommand({ GroupId: group(seen) })),
  step('refuses a group that is not there', () => new DescribeSecurityGroupsCommand({ GroupIds: [nobody] })),
];
