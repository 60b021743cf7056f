import type {
  AuthorizeSecurityGroupIngressResult,
  CreateSecurityGroupResult,
  DescribeSecurityGroupRulesResult,
  DescribeSecurityGroupsResult,
  RevokeSecurityGroupIngressResult,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../../sandbox/account.ts';
import { authorizeSecurityGroupEgress } from '../../../../sandbox/services/ec2/authorizeSecurityGroupEgress.ts';
import { authorizeSecurityGroupIngress } from '../../../../sandbox/services/ec2/authorizeSecurityGroupIngress.ts';
import { createSecurityGroup } from '../../../../sandbox/services/ec2/createSecurityGroup.ts';
import { createTags } from '../../../../sandbox/services/ec2/createTags.ts';
import { deleteSecurityGroup } from '../../../../sandbox/services/ec2/deleteSecurityGroup.ts';
import { describeSecurityGroupRules } from '../../../../sandbox/services/ec2/describeSecurityGroupRules.ts';
import { describeSecurityGroups } from '../../../../sandbox/services/ec2/describeSecurityGroups.ts';
import { revokeSecurityGroupEgress } from '../../../../sandbox/services/ec2/revokeSecurityGroupEgress.ts';
import { revokeSecurityGroupIngress } from '../../../../sandbox/services/ec2/revokeSecurityGroupIngress.ts';
import { DEFAULT_GROUP, VPC } from '../../../../sandbox/services/ec2/vpc.ts';
import { fakeAccount } from '../../fakeAccount.ts';
import { runOn } from '../runOn.ts';

const arn = (rest: string) => `arn:aws:ec2:eu-west-1:123456789012:${rest}`;
const absent = 'sg-0123456789abcdef0';
const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
const quarantine = { GroupName: 'quarantine', Description: 'nothing in, nothing out', VpcId: VPC };

async function withGroup() {
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

describe('a VPC', () => {
  it('has one group from the beginning, whose members reach each other', async () => {
    const run = runOn(fakeAccount());
    const { SecurityGroups } = await run<DescribeSecurityGroupsResult>(describeSecurityGroups, {});
    expect(SecurityGroups).toMatchObject([
      {
        GroupId: DEFAULT_GROUP,
        GroupName: 'default',
        VpcId: VPC,
        IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: DEFAULT_GROUP, UserId: '123456789012' }] }],
        IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      },
    ]);
  });
});

describe('a new security group', () => {
  it('lets everything out and nothing in', async () => {
    const { described, id } = await withGroup();
    expect(id).toMatch(/^sg-[0-9a-f]{17}$/);
    expect(await described()).toMatchObject({
      ...quarantine,
      OwnerId: '123456789012',
      SecurityGroupArn: arn(`security-group/${id}`),
      IpPermissions: [],
      IpPermissionsEgress: [
        {
          IpProtocol: '-1',
          IpRanges: [{ CidrIp: '0.0.0.0/0' }],
          Ipv6Ranges: [],
          PrefixListIds: [],
          UserIdGroupPairs: [],
        },
      ],
    });
  });

  it('is tagged as it is made, and found by its tags', async () => {
    const run = runOn(fakeAccount());
    const TagSpecifications = [{ ResourceType: 'security-group', Tags: [{ Key: 'for', Value: 'incidents' }] }];
    const made = await run<CreateSecurityGroupResult>(createSecurityGroup, { ...quarantine, TagSpecifications });
    expect(made.Tags).toEqual([{ Key: 'for', Value: 'incidents' }]);
    const found = async (Name: string, ...Values: string[]) =>
      (await run<DescribeSecurityGroupsResult>(describeSecurityGroups, { Filters: [{ Name, Values }] })).SecurityGroups
        ?.length;
    expect(await found('tag:for', 'inc*')).toBe(1);
    expect(await found('tag:for', 'else')).toBe(0);
    expect(await found('tag-key', 'for')).toBe(1);
    expect(await found('group-name', 'quarantine')).toBe(1);
    expect(await found('vpc-id', VPC)).toBe(2);
  });

  it.each([
    ['MissingParameter', { GroupName: undefined }],
    ['MissingParameter', { Description: undefined }],
    ['VPCIdNotSpecified', { VpcId: undefined }],
    ['InvalidVpcID.NotFound', { VpcId: 'vpc-0123456789abcdef0' }],
    ['InvalidParameterValue', { GroupName: 'default' }],
    ['InvalidParameterValue', { GroupName: 'sg-mine' }],
    ['InvalidParameterValue', { GroupName: 'naïve' }],
    ['InvalidParameterValue', { Description: 'x'.repeat(256) }],
    ['InvalidParameterValue', { TagSpecifications: [{ ResourceType: 'vpc', Tags: [] }] }],
    ['InvalidParameterValue', { TagSpecifications: [{ ResourceType: 'security-group', Tags: [{ Key: 'aws:x' }] }] }],
    ['DryRunOperation', { DryRun: 'true' }],
  ])('is refused with %s for %o', async (code, more) => {
    const refused = runOn(fakeAccount())(createSecurityGroup, { ...quarantine, ...more });
    await expect(refused).rejects.toMatchObject({ code });
  });

  it('has a name that no other has', async () => {
    const { run } = await withGroup();
    await expect(run(createSecurityGroup, quarantine)).rejects.toMatchObject({
      code: 'InvalidGroup.Duplicate',
      message: `The security group 'quarantine' already exists for VPC '${VPC}'`,
    });
  });

  it('needs the right to make one in the VPC, and to tag it', () => {
    const TagSpecifications = [{ ResourceType: 'security-group', Tags: [{ Key: 'a', Value: 'b' }] }];
    const needs = (input: object) => createSecurityGroup.needs(input as never, fakeAccount().account);
    expect(needs(quarantine)).toEqual([
      { action: 'ec2:CreateSecurityGroup', resource: arn('security-group/*') },
      { action: 'ec2:CreateSecurityGroup', resource: arn(`vpc/${VPC}`) },
    ]);
    expect(needs({ ...quarantine, TagSpecifications })[2]).toEqual({
      action: 'ec2:CreateTags',
      resource: arn('security-group/*'),
      context: { 'ec2:CreateAction': 'CreateSecurityGroup' },
    });
  });
});

describe('rules', () => {
  it('are added one for each peer, and shown together and one by one', async () => {
    const { run, id, described, rules } = await withGroup();
    const IpPermissions = [
      {
        ...https,
        IpRanges: [{ CidrIp: '10.1.2.3/8', Description: 'the office' }, { CidrIp: '192.168.0.0/16' }],
        Ipv6Ranges: [{ CidrIpv6: '2001:DB8::/32' }],
        UserIdGroupPairs: [{ GroupId: DEFAULT_GROUP }],
      },
    ];
    const { Return, SecurityGroupRules } = await run<AuthorizeSecurityGroupIngressResult>(
      authorizeSecurityGroupIngress,
      { GroupId: id, IpPermissions },
    );
    expect(Return).toBe(true);
    expect(SecurityGroupRules).toMatchObject([
      { GroupId: id, IsEgress: false, ...https, CidrIpv4: '10.0.0.0/8', Description: 'the office' },
      { CidrIpv4: '192.168.0.0/16' },
      { CidrIpv6: '2001:db8::/32' },
      { ReferencedGroupInfo: { GroupId: DEFAULT_GROUP } },
    ]);
    expect((await described())?.IpPermissions).toEqual([
      {
        ...https,
        IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'the office' }, { CidrIp: '192.168.0.0/16' }],
        Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
        PrefixListIds: [],
        UserIdGroupPairs: [{ GroupId: DEFAULT_GROUP, UserId: '123456789012' }],
      },
    ]);
    expect((await rules()).map(({ IsEgress }) => IsEgress)).toEqual([true, false, false, false, false]);
  });

  it('are all taken or none: what is there already is refused', async () => {
    const { run, id, rules } = await withGroup();
    const add = (...cidrs: string[]) =>
      run(authorizeSecurityGroupIngress, {
        GroupId: id,
        IpPermissions: [{ ...https, IpRanges: cidrs.map((CidrIp) => ({ CidrIp })) }],
      });
    await add('10.0.0.0/8');
    await expect(add('192.168.0.0/16', '10.9.9.9/8')).rejects.toMatchObject({
      code: 'InvalidPermission.Duplicate',
      message: 'the specified rule "peer: 10.0.0.0/8, TCP, from port: 443, to port: 443, ALLOW" already exists',
    });
    await expect(add('172.16.0.0/12', '172.16.0.0/12')).rejects.toMatchObject({ code: 'InvalidPermission.Duplicate' });
    expect(await rules()).toHaveLength(2);
  });

  it('are at most sixty in one direction', async () => {
    const { run, id } = await withGroup();
    const IpRanges = Array.from({ length: 60 }, (_, at) => ({ CidrIp: `10.0.0.${at}/32` }));
    await run(authorizeSecurityGroupIngress, { GroupId: id, IpPermissions: [{ ...https, IpRanges }] });
    const one = { GroupId: id, IpPermissions: [{ ...https, IpRanges: [{ CidrIp: '10.1.0.0/16' }] }] };
    await expect(run(authorizeSecurityGroupIngress, one)).rejects.toMatchObject({
      code: 'RulesPerSecurityGroupLimitExceeded',
    });
    await run(authorizeSecurityGroupEgress, one);
  });

  it('are taken in the short form as well, for one range', async () => {
    const { run, id, rules } = await withGroup();
    const short = { GroupId: id, IpProtocol: 'UDP', FromPort: '53', ToPort: '54', CidrIp: '10.0.0.2/32' };
    await run(authorizeSecurityGroupIngress, short);
    expect((await rules())[1]).toMatchObject({ IpProtocol: 'udp', FromPort: 53, ToPort: 54, CidrIpv4: '10.0.0.2/32' });
    await run(revokeSecurityGroupIngress, short);
    expect(await rules()).toHaveLength(1);
  });

  it('go by what they say, or by id, in their own direction', async () => {
    const { run, id, described, rules } = await withGroup();
    const everything = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
    const [rule] = await rules();
    const gone = await run<RevokeSecurityGroupIngressResult>(revokeSecurityGroupEgress, {
      GroupId: id,
      IpPermissions: [everything],
    });
    expect(gone).toMatchObject({
      Return: true,
      RevokedSecurityGroupRules: [{ SecurityGroupRuleId: rule?.SecurityGroupRuleId, CidrIpv4: '0.0.0.0/0' }],
    });
    expect((await described())?.IpPermissionsEgress).toEqual([]);
    await run(authorizeSecurityGroupIngress, { GroupId: id, IpPermissions: [everything] });
    const [{ SecurityGroupRuleId } = {}] = await rules();
    const byId = { GroupId: id, SecurityGroupRuleIds: [SecurityGroupRuleId] };
    await expect(run(revokeSecurityGroupEgress, byId)).rejects.toMatchObject({
      code: 'InvalidSecurityGroupRuleId.NotFound',
    });
    await run(revokeSecurityGroupIngress, byId);
    expect(await rules()).toEqual([]);
  });

  it('that are not there are missed, and then none goes', async () => {
    const { run, id, rules } = await withGroup();
    const IpPermissions = [
      { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
      { ...https, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
    ];
    await expect(run(revokeSecurityGroupEgress, { GroupId: id, IpPermissions })).rejects.toMatchObject({
      code: 'InvalidPermission.NotFound',
      message: 'The specified rule does not exist in this security group.',
    });
    expect(await rules()).toHaveLength(1);
  });

  const range = { IpRanges: [{ CidrIp: '10.0.0.0/8' }] };
  it.each([
    ['no group', { GroupId: undefined }, 'MissingParameter'],
    ['no rule', { IpPermissions: undefined }, 'MissingParameter'],
    ['a group that is none', { GroupId: 'sg-x' }, 'InvalidGroupId.Malformed'],
    ['a group that is not there', { GroupId: absent }, 'InvalidGroup.NotFound'],
    ['a protocol that is none', { IpPermissions: [{ ...range, IpProtocol: 'http' }] }, 'InvalidParameterValue'],
    ['no ports', { IpPermissions: [{ ...range, IpProtocol: 'tcp' }] }, 'InvalidParameterValue'],
    ['a port that is none', { IpPermissions: [{ ...range, ...https, ToPort: 65536 }] }, 'InvalidParameterValue'],
    ['ports the wrong way', { IpPermissions: [{ ...range, ...https, FromPort: 444 }] }, 'InvalidParameterValue'],
    ['nobody', { IpPermissions: [https] }, 'InvalidParameterValue'],
    [
      'a range that is none',
      { IpPermissions: [{ ...https, IpRanges: [{ CidrIp: '10.0.0.0' }] }] },
      'InvalidParameterValue',
    ],
    [
      'a peer that is not there',
      { IpPermissions: [{ ...https, UserIdGroupPairs: [{ GroupId: absent }] }] },
      'InvalidGroup.NotFound',
    ],
    ['a name', { GroupName: 'quarantine' }, 'UnsupportedOperation'],
    ['a dry run', { DryRun: true }, 'DryRunOperation'],
  ])('are refused for %s', async (_what, more, code) => {
    const { run, id } = await withGroup();
    const input = { GroupId: id, IpPermissions: [{ ...https, ...range }], ...more };
    await expect(run(authorizeSecurityGroupIngress, input)).rejects.toMatchObject({ code });
  });

  it.each<readonly [string, Operation]>([
    ['ec2:AuthorizeSecurityGroupIngress', authorizeSecurityGroupIngress],
    ['ec2:AuthorizeSecurityGroupEgress', authorizeSecurityGroupEgress],
    ['ec2:RevokeSecurityGroupIngress', revokeSecurityGroupIngress],
    ['ec2:RevokeSecurityGroupEgress', revokeSecurityGroupEgress],
    ['ec2:DeleteSecurityGroup', deleteSecurityGroup],
  ])('need %s on their group', (action, operation) => {
    expect(operation.needs({ GroupId: absent } as never, fakeAccount().account)).toEqual([
      { action, resource: arn(`security-group/${absent}`) },
    ]);
  });
});

describe('DeleteSecurityGroup', () => {
  it('takes one that nothing needs', async () => {
    const { run, id, described } = await withGroup();
    expect(await run(deleteSecurityGroup, { GroupId: id })).toEqual({ Return: true, GroupId: id });
    await expect(described()).rejects.toMatchObject({
      code: 'InvalidGroup.NotFound',
      message: `The security group '${id}' does not exist`,
    });
  });

  it('refuses one that a rule of another names', async () => {
    const { run, id } = await withGroup();
    const IpPermissions = [{ ...https, UserIdGroupPairs: [{ GroupId: id }] }];
    await run(authorizeSecurityGroupIngress, { GroupId: id, IpPermissions });
    await run(authorizeSecurityGroupIngress, { GroupId: DEFAULT_GROUP, IpPermissions });
    await expect(run(deleteSecurityGroup, { GroupId: id })).rejects.toMatchObject({
      code: 'DependencyViolation',
      message: `resource ${id} has a dependent object`,
    });
    await run(revokeSecurityGroupIngress, { GroupId: DEFAULT_GROUP, IpPermissions });
    await run(deleteSecurityGroup, { GroupId: id });
  });

  it.each([
    [{ GroupId: DEFAULT_GROUP }, 'CannotDelete'],
    [{ GroupId: absent }, 'InvalidGroup.NotFound'],
    [{}, 'MissingParameter'],
    [{ GroupId: DEFAULT_GROUP, DryRun: true }, 'DryRunOperation'],
  ])('answers %o with %s', async (input, code) => {
    await expect(runOn(fakeAccount())(deleteSecurityGroup, input)).rejects.toMatchObject({ code });
  });
});

describe('CreateTags', () => {
  it('adds tags to groups and rules, and writes over those that are there', async () => {
    const { run, id, described, rules } = await withGroup();
    const [rule] = await rules();
    const tag = (Value: string, ...Resources: unknown[]) =>
      run(createTags, { Resources, Tags: [{ Key: 'incident', Value }] });
    await tag('1', id, rule?.SecurityGroupRuleId);
    await tag('2', id);
    expect((await described())?.Tags).toEqual([{ Key: 'incident', Value: '2' }]);
    expect((await rules())[0]?.Tags).toEqual([{ Key: 'incident', Value: '1' }]);
  });

  it.each([
    [{ Tags: [{ Key: 'a' }] }, 'MissingParameter'],
    [{ Resources: [DEFAULT_GROUP] }, 'MissingParameter'],
    [{ Resources: [absent], Tags: [{ Key: 'a' }] }, 'InvalidGroup.NotFound'],
    [{ Resources: ['i-0123456789abcdef0'], Tags: [{ Key: 'a' }] }, 'InvalidID'],
    [
      { Resources: [DEFAULT_GROUP], Tags: Array.from({ length: 51 }, (_, at) => ({ Key: `k${at}` })) },
      'TagLimitExceeded',
    ],
  ])('answers %o with %s', async (input, code) => {
    await expect(runOn(fakeAccount())(createTags, input)).rejects.toMatchObject({ code });
  });

  it('needs the right to tag each', () => {
    expect(createTags.needs({ Resources: [absent, 'sgr-1'] } as never, fakeAccount().account)).toEqual([
      { action: 'ec2:CreateTags', resource: arn(`security-group/${absent}`) },
      { action: 'ec2:CreateTags', resource: arn('security-group-rule/sgr-1') },
    ]);
  });
});
