import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteSecurityGroupCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
  ModifyInstanceAttributeCommand,
  ModifyNetworkInterfaceAttributeCommand,
  paginateDescribeSecurityGroupRules,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';
import { ec2Service } from '../../../../sandbox/services/ec2/service.ts';
import { DEFAULT_GROUP, SUBNET, VPC } from '../../../../sandbox/services/ec2/vpc.ts';
import { loadWorld } from '../../../../sandbox/world/load.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { clientOptions, throughDoor } from '../throughDoor.ts';

const host = 'i-0aaaaaaaaaaaaaaaa';
const world = worldSchema.parse({
  region: 'eu-west-1',
  clusters: [{ name: 'prod', containerInstances: [{ ec2InstanceId: host }] }],
});

const through = (use: (ec2: EC2Client) => Promise<void>) =>
  throughDoor([ec2Service], async ({ account }) => {
    loadWorld(account, world);
    await use(new EC2Client(clientOptions(account)));
  });

const Tags = [{ Key: 'for', Value: 'incidents' }];

/** In the VPC that the client finds. */
async function newGroup(ec2: EC2Client): Promise<string> {
  const { Vpcs = [] } = await ec2.send(
    new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['false'] }] }),
  );
  const made = await ec2.send(
    new CreateSecurityGroupCommand({
      GroupName: 'quarantine',
      Description: 'nothing in, nothing out',
      VpcId: Vpcs[0]?.VpcId,
      TagSpecifications: [{ ResourceType: 'security-group', Tags }],
    }),
  );
  expect(made).toMatchObject({ Tags, SecurityGroupArn: expect.stringContaining(`:security-group/${made.GroupId}`) });
  return made.GroupId ?? '';
}

it('lets the EC2 client make a group that lets nothing through, and put a host in it', () =>
  through(async (ec2) => {
    const GroupId = await newGroup(ec2);
    const everything = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
    const revoked = await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: everything }));
    expect(revoked).toMatchObject({
      Return: true,
      RevokedSecurityGroupRules: [{ GroupId, IsEgress: true, FromPort: -1 }],
    });
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }));
    expect(SecurityGroups).toMatchObject([
      { GroupId, GroupName: 'quarantine', Description: 'nothing in, nothing out', VpcId: VPC, Tags },
    ]);
    expect(SecurityGroups?.[0]?.IpPermissionsEgress ?? []).toEqual([]);

    const Filters = [{ Name: 'attachment.instance-id', Values: [host] }];
    const found = await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }));
    const NetworkInterfaceId = found.NetworkInterfaces?.[0]?.NetworkInterfaceId;
    await ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, Groups: [GroupId] }));
    const instance = async () =>
      (await ec2.send(new DescribeInstancesCommand({ InstanceIds: [host] }))).Reservations?.[0]?.Instances?.[0];
    const group = { GroupId, GroupName: 'quarantine' };
    expect(await instance()).toMatchObject({
      SecurityGroups: [group],
      NetworkInterfaces: [{ NetworkInterfaceId, Groups: [group], Attachment: { DeviceIndex: 0 } }],
    });
    await expect(ec2.send(new DeleteSecurityGroupCommand({ GroupId }))).rejects.toMatchObject({
      name: 'DependencyViolation',
    });
    await ec2.send(new ModifyInstanceAttributeCommand({ InstanceId: host, Groups: [DEFAULT_GROUP] }));
    expect((await instance())?.SecurityGroups).toEqual([{ GroupId: DEFAULT_GROUP, GroupName: 'default' }]);
    expect(await ec2.send(new DeleteSecurityGroupCommand({ GroupId }))).toMatchObject({ Return: true, GroupId });
  }));

it('spells rules as the EC2 client does', () =>
  through(async (ec2) => {
    const GroupId = await newGroup(ec2);
    const peers = {
      IpRanges: [{ CidrIp: '10.1.0.0/16', Description: 'the office' }],
      Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
      PrefixListIds: [{ PrefixListId: 'pl-12345678' }],
      UserIdGroupPairs: [{ GroupId: DEFAULT_GROUP, Description: 'us' }],
    };
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 444, ...peers }];
    const { SecurityGroupRules, Return } = await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId,
        IpPermissions,
        TagSpecifications: [{ ResourceType: 'security-group-rule', Tags }],
      }),
    );
    expect(Return).toBe(true);
    expect(SecurityGroupRules).toMatchObject([
      { CidrIpv4: '10.1.0.0/16', Description: 'the office', FromPort: 443, ToPort: 444, IsEgress: false, Tags },
      { CidrIpv6: '2001:db8::/32' },
      { PrefixListId: 'pl-12345678' },
      { ReferencedGroupInfo: { GroupId: DEFAULT_GROUP, VpcId: VPC }, GroupOwnerId: '123456789012', Description: 'us' },
    ]);
    const group = async () =>
      (await ec2.send(new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'tag:for', Values: ['incidents'] }] })))
        .SecurityGroups?.[0];
    expect((await group())?.IpPermissions).toMatchObject([{ IpProtocol: 'tcp', FromPort: 443, ToPort: 444, ...peers }]);
    const out = [{ IpProtocol: 'udp', FromPort: 53, ToPort: 53, IpRanges: [{ CidrIp: '10.0.0.2/32' }] }];
    await ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: out }));
    const SecurityGroupRuleIds = SecurityGroupRules?.map(({ SecurityGroupRuleId = '' }) => SecurityGroupRuleId) ?? [];
    await ec2.send(
      new CreateTagsCommand({ Resources: SecurityGroupRuleIds.slice(0, 1), Tags: [{ Key: 'a', Value: 'b' }] }),
    );
    const { SecurityGroupRules: one } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: SecurityGroupRuleIds.slice(0, 1) }),
    );
    expect(one?.[0]?.Tags).toEqual([...Tags, { Key: 'a', Value: 'b' }]);
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds }));
    expect((await group())?.IpPermissions ?? []).toEqual([]);
    const left = [];
    const Filters = [{ Name: 'group-id', Values: [GroupId] }];
    for await (const page of paginateDescribeSecurityGroupRules({ client: ec2, pageSize: 5 }, { Filters })) {
      left.push(...(page.SecurityGroupRules ?? []));
    }
    expect(left.map(({ IsEgress, IpProtocol }) => [IsEgress, IpProtocol])).toEqual([
      [true, '-1'],
      [true, 'udp'],
    ]);
  }));

it('shows the VPC and its subnet', () =>
  through(async (ec2) => {
    expect((await ec2.send(new DescribeVpcsCommand({ VpcIds: [VPC] }))).Vpcs).toMatchObject([
      { VpcId: VPC, CidrBlock: '10.0.0.0/16', State: 'available', IsDefault: false },
    ]);
    const Filters = [{ Name: 'vpc-id', Values: [VPC] }];
    expect((await ec2.send(new DescribeSubnetsCommand({ Filters }))).Subnets).toMatchObject([
      { SubnetId: SUBNET, VpcId: VPC, State: 'available', AvailabilityZone: 'eu-west-1a' },
    ]);
    const missing = ec2.send(new DescribeSubnetsCommand({ SubnetIds: ['subnet-0123456789abcdef0'] }));
    await expect(missing).rejects.toMatchObject({ name: 'InvalidSubnetID.NotFound' });
    const other = ec2.send(new DescribeVpcsCommand({ VpcIds: ['vpc-0123456789abcdef0'] }));
    await expect(other).rejects.toMatchObject({ name: 'InvalidVpcID.NotFound' });
    await expect(ec2.send(new DescribeVpcsCommand({ DryRun: true }))).rejects.toMatchObject({
      name: 'DryRunOperation',
    });
  }));
