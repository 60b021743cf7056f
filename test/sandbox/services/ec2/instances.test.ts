import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { ec2Service } from '../../../../sandbox/services/ec2/service.ts';
import { DEFAULT_GROUP, SUBNET, VPC } from '../../../../sandbox/services/ec2/vpc.ts';
import { loadWorld } from '../../../../sandbox/world/load.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { clientOptions, throughDoor } from '../throughDoor.ts';

const ids = Array.from({ length: 6 }, (_, at) => `i-0000000000000000${at}`);
const [first = '', second = ''] = ids;
const world = worldSchema.parse({
  region: 'eu-west-1',
  clusters: [{ name: 'prod', containerInstances: ids.map((ec2InstanceId) => ({ ec2InstanceId })) }],
});

/** Through the door: the wire has names of its own for nearly every member. */
function asking(use: (ask: (input: object) => Promise<unknown>) => Promise<void>): Promise<void> {
  return throughDoor([ec2Service], ({ account }) => {
    loadWorld(account, world);
    const ec2 = new EC2Client(clientOptions(account));
    return use(async (input) => (await ec2.send(new DescribeInstancesCommand(input))).Reservations);
  });
}

describe('DescribeInstances', () => {
  it('shows the hosts of ECS, by id or filter', () =>
    asking(async (ask) => {
      expect(await ask({ InstanceIds: [first] })).toEqual([
        {
          OwnerId: '123456789012',
          Instances: [
            {
              InstanceId: first,
              State: { Code: 16, Name: 'running' },
              LaunchTime: new Date('2026-11-24T08:00:00Z'),
              Placement: { AvailabilityZone: 'eu-west-1a' },
              PrivateIpAddress: '10.0.255.254',
              SubnetId: SUBNET,
              VpcId: VPC,
              Operator: { Managed: false },
              MetadataOptions: {
                ...{ State: 'applied', HttpTokens: 'required', HttpEndpoint: 'enabled', HttpPutResponseHopLimit: 2 },
                ...{ HttpProtocolIpv6: 'disabled', InstanceMetadataTags: 'disabled' },
              },
              RootDeviceType: 'ebs',
              RootDeviceName: '/dev/xvda',
              BlockDeviceMappings: [
                {
                  DeviceName: '/dev/xvda',
                  Ebs: {
                    AttachTime: new Date('2026-11-24T08:00:00Z'),
                    DeleteOnTermination: true,
                    Status: 'attached',
                    VolumeId: expect.stringMatching(/^vol-[0-9a-f]{17}$/),
                  },
                },
              ],
              SecurityGroups: [{ GroupId: DEFAULT_GROUP, GroupName: 'default' }],
              NetworkInterfaces: [
                expect.objectContaining({
                  NetworkInterfaceId: expect.stringMatching(/^eni-[0-9a-f]{17}$/),
                  PrivateIpAddress: '10.0.255.254',
                  Groups: [{ GroupId: DEFAULT_GROUP, GroupName: 'default' }],
                  Attachment: expect.objectContaining({ DeviceIndex: 0, Status: 'attached' }),
                }),
              ],
            },
          ],
        },
      ]);
      expect(await ask({})).toHaveLength(6);
      expect(await ask({ MaxResults: 5 })).toHaveLength(5);
      expect(await ask({ Filters: [{ Name: 'instance-id', Values: [second, first] }] })).toHaveLength(2);
      expect((await ask({ Filters: [{ Name: 'instance-state-name', Values: ['stopped'] }] })) ?? []).toEqual([]);
    }));

  it('shows one of no cluster, its tags with its Auto Scaling group, and who manages it', () =>
    throughDoor([ec2Service], async ({ account }) => {
      const bare = { ec2InstanceId: first, tags: { team: 'data' }, autoScalingGroup: 'web' };
      const managed = { ec2InstanceId: second, operator: 'ecs.amazonaws.com' };
      loadWorld(account, worldSchema.parse({ instances: [bare, managed] }));
      const ec2 = new EC2Client(clientOptions(account));
      const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}));
      expect(Reservations.flatMap(({ Instances = [] }) => Instances)).toMatchObject([
        {
          InstanceId: first,
          Tags: [
            { Key: 'team', Value: 'data' },
            { Key: 'aws:autoscaling:groupName', Value: 'web' },
          ],
          Operator: { Managed: false },
        },
        { InstanceId: second, Operator: { Managed: true, Principal: 'ecs.amazonaws.com' } },
      ]);
    }));

  it.each([
    [{ InstanceIds: ['i-0123456789abcdef0'] }, 'InvalidInstanceID.NotFound'],
    [{ InstanceIds: ['eni-01234567'] }, 'InvalidInstanceID.Malformed'],
    [{ InstanceIds: [first], MaxResults: 5 }, 'InvalidParameterCombination'],
    [{ Filters: [{ Name: 'image-id', Values: ['ami-1'] }] }, 'InvalidParameterValue'],
    [{ DryRun: true }, 'DryRunOperation'],
  ])('answers %o with %s', (input, name) =>
    asking(async (ask) => {
      await expect(ask(input)).rejects.toMatchObject({ name });
    }),
  );
});
