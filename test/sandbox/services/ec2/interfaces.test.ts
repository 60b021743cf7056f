import type { DescribeNetworkInterfacesResult, NetworkInterface } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { describeNetworkInterfaces } from '../../../../sandbox/services/ec2/describeNetworkInterfaces.ts';
import { modifyNetworkInterfaceAttribute } from '../../../../sandbox/services/ec2/modifyNetworkInterfaceAttribute.ts';
import { taskInterfaces } from '../../../../sandbox/services/ecs/network.ts';
import { workloads } from '../ecs/workloads.ts';

const absent = 'eni-0123456789abcdef0';

describe('DescribeNetworkInterfaces', () => {
  const all = workloads({ tasks: [{ id: 'gone', taskDefinition: 'job:1', status: 'STOPPED' }] });
  const [one, other] = taskInterfaces(all.account);
  const ask = (input: object) => all.run<DescribeNetworkInterfacesResult>(describeNetworkInterfaces, input);
  const ids = async (input: object): Promise<readonly (string | undefined)[]> =>
    ((await ask(input)).NetworkInterfaces ?? []).map(({ NetworkInterfaceId }: NetworkInterface) => NetworkInterfaceId);
  const filter = (Name: string, ...Values: readonly (string | undefined)[]) => ids({ Filters: [{ Name, Values }] });

  it('shows the interface of each task that runs, as one that ECS manages', async () => {
    const { NetworkInterfaces } = await ask({});
    expect(NetworkInterfaces).toHaveLength(2);
    expect(NetworkInterfaces?.[0]).toMatchObject({
      NetworkInterfaceId: one?.eniId,
      OwnerId: '123456789012',
      SubnetId: one?.subnetId,
      PrivateIpAddress: one?.privateIp,
      PrivateIpAddresses: [{ PrivateIpAddress: one?.privateIp, Primary: true }],
      InterfaceType: 'interface',
      RequesterManaged: true,
      Status: 'in-use',
      Attachment: { Status: 'attached' },
    });
  });

  it('finds by id and by filter: any value of each filter', async () => {
    expect(await ids({ NetworkInterfaceIds: [other?.eniId] })).toEqual([other?.eniId]);
    expect(await filter('private-ip-address', one?.privateIp)).toEqual([one?.eniId]);
    expect(await filter('addresses.private-ip-address', one?.privateIp, other?.privateIp)).toHaveLength(2);
    expect(await filter('network-interface-id', 'eni-*')).toHaveLength(2);
    expect(await filter('status', 'available')).toEqual([]);
    const Filters = [
      { Name: 'subnet-id', Values: [one?.subnetId] },
      { Name: 'network-interface-id', Values: [other?.eniId] },
    ];
    expect(await ids({ Filters })).toEqual([other?.eniId]);
    expect(await ids({ NetworkInterfaceIds: [one?.eniId], Filters })).toEqual([]);
  });

  it.each([
    [
      'an interface that is not there',
      { NetworkInterfaceIds: [one?.eniId, absent] },
      'InvalidNetworkInterfaceID.NotFound',
    ],
    ['an id that is none', { NetworkInterfaceIds: ['eni-x'] }, 'InvalidNetworkInterfaceID.Malformed'],
    ['a filter that it does not know', { Filters: [{ Name: 'toString', Values: ['x'] }] }, 'InvalidParameterValue'],
    ['a page of 4', { MaxResults: '4' }, 'InvalidParameterValue'],
    ['a page of 1001', { MaxResults: '1001' }, 'InvalidParameterValue'],
    ['ids and a page size', { NetworkInterfaceIds: [one?.eniId], MaxResults: '5' }, 'InvalidParameterCombination'],
    ['a token that it did not give', { NextToken: 'x' }, 'InvalidParameterValue'],
    ['a dry run', { DryRun: 'true' }, 'DryRunOperation'],
  ])('answers %s with an error', async (_what, input, code) => {
    await expect(ask(input)).rejects.toMatchObject({ code });
  });

  it('answers page by page', async () => {
    const { run } = workloads({
      tasks: Array.from({ length: 6 }, (_, at) => ({ id: `t${at}`, taskDefinition: 'job:1' })),
    });
    const page = (input: object) => run<DescribeNetworkInterfacesResult>(describeNetworkInterfaces, input);
    const first = await page({ MaxResults: '5' });
    expect(first.NetworkInterfaces).toHaveLength(5);
    const second = await page({ MaxResults: '5', NextToken: first.NextToken });
    expect(second.NetworkInterfaces).toHaveLength(3);
    expect(second).not.toHaveProperty('NextToken');
  });
});

describe('ModifyNetworkInterfaceAttribute', () => {
  const { account, run } = workloads();
  const [one] = taskInterfaces(account);
  const modify = (input: object) => run(modifyNetworkInterfaceAttribute, { Groups: ['sg-1'], ...input });

  it("refuses a task's interface, which is ECS's own", async () => {
    await expect(modify({ NetworkInterfaceId: one?.eniId })).rejects.toMatchObject({ code: 'AuthFailure' });
  });

  it.each([
    [{ NetworkInterfaceId: absent }, 'InvalidNetworkInterfaceID.NotFound'],
    [{}, 'MissingParameter'],
    [{ NetworkInterfaceId: one?.eniId, DryRun: 'true' }, 'DryRunOperation'],
  ])('answers %o with %s', async (input, code) => {
    await expect(modify(input)).rejects.toMatchObject({ code });
  });

  it('asks IAM for the interface and each security group', () => {
    const input = { NetworkInterfaceId: absent, Groups: ['sg-1', 'sg-2'] };
    const arn = (rest: string) => `arn:aws:ec2:eu-west-1:123456789012:${rest}`;
    expect(modifyNetworkInterfaceAttribute.needs(input as never, account).map(({ resource }) => resource)).toEqual([
      arn(`network-interface/${absent}`),
      arn('security-group/sg-1'),
      arn('security-group/sg-2'),
    ]);
  });
});
