import type {
  CreateSecurityGroupResult,
  DescribeInstancesResult,
  DescribeNetworkInterfacesResult,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { createSecurityGroup } from '../../../../sandbox/services/ec2/createSecurityGroup.ts';
import { deleteSecurityGroup } from '../../../../sandbox/services/ec2/deleteSecurityGroup.ts';
import { describeInstances } from '../../../../sandbox/services/ec2/describeInstances.ts';
import { describeNetworkInterfaces } from '../../../../sandbox/services/ec2/describeNetworkInterfaces.ts';
import { modifyInstanceAttribute } from '../../../../sandbox/services/ec2/modifyInstanceAttribute.ts';
import { modifyNetworkInterfaceAttribute } from '../../../../sandbox/services/ec2/modifyNetworkInterfaceAttribute.ts';
import { DEFAULT_GROUP, VPC } from '../../../../sandbox/services/ec2/vpc.ts';
import { workloads } from '../ecs/workloads.ts';

const host = 'i-0aaaaaaaaaaaaaaaa';
const absent = 'sg-0123456789abcdef0';

async function withHost() {
  const world = workloads({ hosts: [{ ec2InstanceId: host }] });
  const { run } = world;
  const group = async (GroupName: string) =>
    (await run<CreateSecurityGroupResult>(createSecurityGroup, { GroupName, Description: 'x', VpcId: VPC })).GroupId ??
    '';
  const interfaces = async (Name: string, ...Values: readonly string[]) =>
    (await run<DescribeNetworkInterfacesResult>(describeNetworkInterfaces, { Filters: [{ Name, Values }] }))
      .NetworkInterfaces ?? [];
  const [own] = await interfaces('attachment.instance-id', host);
  const [task] = await interfaces('requester-managed', 'true');
  const groups = async () => {
    const { Reservations } = await run<DescribeInstancesResult>(describeInstances, { InstanceIds: [host] });
    const instance = Reservations?.[0]?.Instances?.[0];
    return [instance?.SecurityGroups, instance?.NetworkInterfaces?.[0]?.Groups].map((some) =>
      some?.map(({ GroupId }) => GroupId),
    );
  };
  return { ...world, group, interfaces, groups, own: own?.NetworkInterfaceId, task: task?.NetworkInterfaceId };
}

describe("a host's network interface", () => {
  it('is shown beside those of tasks, as one of the account', async () => {
    const { interfaces, own, task } = await withHost();
    expect(await interfaces('requester-managed', 'false')).toMatchObject([
      {
        NetworkInterfaceId: own,
        RequesterManaged: false,
        Groups: [{ GroupId: DEFAULT_GROUP, GroupName: 'default' }],
        Attachment: { InstanceId: host, InstanceOwnerId: '123456789012', DeviceIndex: 0 },
      },
    ]);
    expect(await interfaces('group-id', DEFAULT_GROUP)).toHaveLength(3);
    expect(task).not.toBe(own);
  });

  it.each([
    ['ModifyNetworkInterfaceAttribute', modifyNetworkInterfaceAttribute],
    ['ModifyInstanceAttribute', modifyInstanceAttribute],
  ])('%s puts it in other groups, and back', async (_name, operation) => {
    const { run, group, groups, own } = await withHost();
    const target = { NetworkInterfaceId: own, InstanceId: host };
    const named = operation === modifyInstanceAttribute ? { InstanceId: host } : { NetworkInterfaceId: own };
    expect(target).toMatchObject(named);
    const [one, two] = [await group('one'), await group('two')];
    await run(operation, { ...named, Groups: [one, two, one] });
    expect(await groups()).toEqual([
      [one, two],
      [one, two],
    ]);
    await run(operation, { ...named, Groups: [DEFAULT_GROUP] });
    expect(await groups()).toEqual([[DEFAULT_GROUP], [DEFAULT_GROUP]]);
  });

  it('keeps a group that it is in', async () => {
    const { run, group, own } = await withHost();
    const GroupId = await group('one');
    await run(modifyNetworkInterfaceAttribute, { NetworkInterfaceId: own, Groups: [GroupId] });
    await expect(run(deleteSecurityGroup, { GroupId })).rejects.toMatchObject({ code: 'DependencyViolation' });
    await run(modifyNetworkInterfaceAttribute, { NetworkInterfaceId: own, Groups: [DEFAULT_GROUP] });
    await run(deleteSecurityGroup, { GroupId });
  });

  it.each([
    ['a group that is not there', { Groups: [absent] }, 'InvalidGroup.NotFound'],
    ['no group', { Groups: [] }, 'InvalidParameterValue'],
    ['six groups', { Groups: Array(6).fill(DEFAULT_GROUP) }, 'SecurityGroupsPerInterfaceLimitExceeded'],
    ['nothing to change', {}, 'InvalidParameterCombination'],
    ['what is not modelled', { Groups: [DEFAULT_GROUP], SourceDestCheck: { Value: false } }, 'UnsupportedOperation'],
    ['a dry run', { Groups: [DEFAULT_GROUP], DryRun: true }, 'DryRunOperation'],
  ])('is not changed for %s', async (_what, input, code) => {
    const { run, groups, own } = await withHost();
    const onInterface = run(modifyNetworkInterfaceAttribute, { NetworkInterfaceId: own, ...input });
    await expect(onInterface).rejects.toMatchObject({ code });
    await expect(run(modifyInstanceAttribute, { InstanceId: host, ...input })).rejects.toMatchObject({ code });
    expect(await groups()).toEqual([[DEFAULT_GROUP], [DEFAULT_GROUP]]);
  });

  it("is another matter than a task's, which refuses the same change", async () => {
    const { run, group, task, interfaces } = await withHost();
    const change = { NetworkInterfaceId: task, Groups: [await group('one')] };
    await expect(run(modifyNetworkInterfaceAttribute, change)).rejects.toMatchObject({ code: 'AuthFailure' });
    expect(await interfaces('group-id', DEFAULT_GROUP)).toHaveLength(3);
  });
});

describe('ModifyInstanceAttribute', () => {
  it.each([
    [{}, 'MissingParameter'],
    [{ InstanceId: 'i-0123456789abcdef0' }, 'InvalidInstanceID.NotFound'],
    [{ InstanceId: 'x' }, 'InvalidInstanceID.Malformed'],
  ])('answers %o with %s', async (input, code) => {
    const { run } = await withHost();
    await expect(run(modifyInstanceAttribute, { Groups: [DEFAULT_GROUP], ...input })).rejects.toMatchObject({ code });
  });

  it('asks IAM for the instance and each security group', () => {
    const arn = (rest: string) => `arn:aws:ec2:eu-west-1:123456789012:${rest}`;
    const input = { InstanceId: host, Groups: [absent] };
    expect(modifyInstanceAttribute.needs(input as never, workloads().account)).toEqual([
      { action: 'ec2:ModifyInstanceAttribute', resource: arn(`instance/${host}`) },
      { action: 'ec2:ModifyInstanceAttribute', resource: arn(`security-group/${absent}`) },
    ]);
  });
});
