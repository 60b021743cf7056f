import type { CreateSecurityGroupResult, DescribeSecurityGroupsResult } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { authorizeSecurityGroupIngress } from '../../../../sandbox/services/ec2/authorizeSecurityGroupIngress.ts';
import { createSecurityGroup } from '../../../../sandbox/services/ec2/createSecurityGroup.ts';
import { createTags } from '../../../../sandbox/services/ec2/createTags.ts';
import { deleteSecurityGroup } from '../../../../sandbox/services/ec2/deleteSecurityGroup.ts';
import { describeSecurityGroups } from '../../../../sandbox/services/ec2/describeSecurityGroups.ts';
import { revokeSecurityGroupIngress } from '../../../../sandbox/services/ec2/revokeSecurityGroupIngress.ts';
import { DEFAULT_GROUP, VPC } from '../../../../sandbox/services/ec2/vpc.ts';
import { fakeAccount } from '../../fakeAccount.ts';
import { runOn } from '../runOn.ts';

import { absent, arn, https, quarantine, withGroup } from './newGroup.ts';

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
