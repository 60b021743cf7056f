import {
  AutoScalingClient,
  DescribeAutoScalingInstancesCommand,
  EnterStandbyCommand,
  ExitStandbyCommand,
} from '@aws-sdk/client-auto-scaling';
import { expect, it } from 'vitest';
import { autoScalingService } from '../../../../sandbox/services/autoScaling/service.ts';
import { loadWorld } from '../../../../sandbox/world/load.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { clientOptions, throughDoor } from '../throughDoor.ts';

const [first, second, single] = ['i-0ab12cd34ef567890', 'i-0ab12cd34ef567891', 'i-0ab12cd34ef567892'];
const world = worldSchema.parse({
  region: 'eu-west-1',
  instances: [
    { ec2InstanceId: first, autoScalingGroup: 'web' },
    { ec2InstanceId: second, autoScalingGroup: 'web' },
    { ec2InstanceId: single },
  ],
});

/** A group of two, and an instance of none. */
const withGroup = (
  use: (asked: {
    readonly client: AutoScalingClient;
    readonly state: (id?: string) => Promise<string | undefined>;
    readonly later: (seconds: number) => Promise<void>;
  }) => Promise<void>,
): Promise<void> =>
  throughDoor([autoScalingService], async ({ account, clock }) => {
    loadWorld(account, world);
    const client = new AutoScalingClient(clientOptions(account));
    const state = async (id = first) =>
      (await client.send(new DescribeAutoScalingInstancesCommand({ InstanceIds: [id ?? ''] })))
        .AutoScalingInstances?.[0]?.LifecycleState;
    await use({ client, state, later: async (seconds) => void (await clock.advance(seconds * 1000)) });
  });

const enter = (more: object = {}) =>
  new EnterStandbyCommand({
    AutoScalingGroupName: 'web',
    InstanceIds: [first ?? ''],
    ShouldDecrementDesiredCapacity: false,
    ...more,
  });
const leave = (id = first) => new ExitStandbyCommand({ AutoScalingGroupName: 'web', InstanceIds: [id ?? ''] });

it('lists the instances of groups, page by page, and none of no group', () =>
  withGroup(async ({ client }) => {
    const one = await client.send(new DescribeAutoScalingInstancesCommand({ MaxRecords: 1 }));
    expect(one.AutoScalingInstances).toEqual([
      {
        InstanceId: first,
        AutoScalingGroupName: 'web',
        AvailabilityZone: 'eu-west-1a',
        LifecycleState: 'InService',
        HealthStatus: 'HEALTHY',
        ProtectedFromScaleIn: false,
      },
    ]);
    const rest = await client.send(new DescribeAutoScalingInstancesCommand({ NextToken: one.NextToken }));
    expect(rest.AutoScalingInstances?.map(({ InstanceId }) => InstanceId)).toEqual([second]);
    const none = await client.send(new DescribeAutoScalingInstancesCommand({ InstanceIds: [single ?? ''] }));
    expect(none.AutoScalingInstances).toEqual([]);
  }));

it('lets an instance stand by and serve again, each by way of a state between', () =>
  withGroup(async ({ client, state, later }) => {
    const { Activities } = await client.send(enter());
    expect(Activities).toMatchObject([{ AutoScalingGroupName: 'web', StatusCode: 'InProgress' }]);
    expect([await state(), await state(second)]).toEqual(['EnteringStandby', 'InService']);
    await expect(client.send(leave())).rejects.toMatchObject({ name: 'ValidationError' });
    await later(20);
    expect(await state()).toBe('Standby');
    await client.send(leave());
    expect(await state()).toBe('Pending');
    await later(20);
    expect(await state()).toBe('InService');
  }));

it.each([
  ['that is of another group', enter({ AutoScalingGroupName: 'none' }), 'ValidationError'],
  ['that is of no group', enter({ InstanceIds: [single] }), 'ValidationError'],
  ['that is not named', enter({ InstanceIds: [] }), 'ValidationError'],
  ['that serves, out of standby', leave(), 'ValidationError'],
  ['with fewer wanted', enter({ ShouldDecrementDesiredCapacity: true }), 'UnsupportedOperation'],
])('refuses one %s', (_what, command, name) =>
  withGroup(async ({ client }) => {
    await expect(client.send(command as EnterStandbyCommand)).rejects.toMatchObject({ name });
  }),
);

it('refuses one that stands by already, and does nothing to those beside it', () =>
  withGroup(async ({ client, state, later }) => {
    await client.send(enter());
    await later(20);
    await expect(client.send(enter({ InstanceIds: [second, first] }))).rejects.toThrow('is in Standby');
    expect(await state(second)).toBe('InService');
  }));
