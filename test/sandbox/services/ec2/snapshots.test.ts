import {
  CreateSnapshotsCommand,
  type CreateSnapshotsCommandInput,
  CreateTagsCommand,
  DescribeInstancesCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import type { RunningAccount } from '../../../../sandbox/kernel/kernel.ts';
import { createSnapshots } from '../../../../sandbox/services/ec2/createSnapshots.ts';
import { ec2Service } from '../../../../sandbox/services/ec2/service.ts';
import { snapshots } from '../../../../sandbox/services/ec2/snapshots.ts';
import { loadWorld } from '../../../../sandbox/world/load.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { clientOptions, throughDoor } from '../throughDoor.ts';

const host = 'i-00000000000000001';
const bare = 'i-00000000000000002';
const plain = 'i-00000000000000003';
const [root, data] = ['vol-00000000000000001', 'vol-00000000000000002'] as const;
const kmsKey = 'arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555';
const world = worldSchema.parse({
  region: 'eu-west-1',
  instances: [
    {
      ec2InstanceId: host,
      volumes: [
        { device: '/dev/xvda', id: root, size: 8 },
        { device: '/dev/sdf', id: data, size: 100, type: 'st1', kmsKey, tags: { team: 'data' } },
      ],
    },
    { ec2InstanceId: bare, volumes: [] },
    { ec2InstanceId: plain },
  ],
});

/** Through the door: the wire has names of its own for nearly every member. */
const asking = (use: (ec2: EC2Client, running: RunningAccount) => Promise<void>): Promise<void> =>
  throughDoor([ec2Service], (running) => {
    loadWorld(running.account, world);
    return use(new EC2Client(clientOptions(running.account)), running);
  });

const made = async (ec2: EC2Client, more: Partial<CreateSnapshotsCommandInput> = {}) => {
  const asked = { InstanceSpecification: { InstanceId: host }, ...more };
  return (await ec2.send(new CreateSnapshotsCommand(asked))).Snapshots ?? [];
};

const tagged = [{ ResourceType: 'snapshot' as const, Tags: [{ Key: 'for', Value: 'evidence' }] }];

describe('volumes', () => {
  it('are told by the instance and by themselves', () =>
    asking(async (ec2) => {
      const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [host, bare] }));
      expect(Reservations.map(({ Instances: [one] = [] }) => one)).toMatchObject([
        {
          RootDeviceType: 'ebs',
          RootDeviceName: '/dev/xvda',
          BlockDeviceMappings: [
            { DeviceName: '/dev/xvda', Ebs: { VolumeId: root, Status: 'attached', DeleteOnTermination: true } },
            { DeviceName: '/dev/sdf', Ebs: { VolumeId: data, Status: 'attached', DeleteOnTermination: false } },
          ],
        },
        { RootDeviceType: 'instance-store' },
      ]);
      const Filters = [{ Name: 'attachment.instance-id', Values: [host] }];
      const { Volumes } = await ec2.send(new DescribeVolumesCommand({ Filters }));
      expect(Volumes).toMatchObject([
        { VolumeId: root, Size: 8, VolumeType: 'gp3', Encrypted: false, State: 'in-use' },
        {
          ...{ VolumeId: data, Size: 100, VolumeType: 'st1', Encrypted: true, KmsKeyId: kmsKey },
          Tags: [{ Key: 'team', Value: 'data' }],
          Attachments: [{ InstanceId: host, Device: '/dev/sdf', State: 'attached', VolumeId: data }],
        },
      ]);
      expect((await ec2.send(new DescribeVolumesCommand({ VolumeIds: [data] }))).Volumes).toHaveLength(1);
      expect((await ec2.send(new DescribeVolumesCommand({}))).Volumes).toHaveLength(3);
      await expect(ec2.send(new DescribeVolumesCommand({ VolumeIds: ['vol-00000000'] }))).rejects.toThrow(
        expect.objectContaining({ name: 'InvalidVolume.NotFound' }),
      );
    }));
});

describe('CreateSnapshots', () => {
  it('makes one of each volume, of one moment, with the tags that it is given', () =>
    asking(async (ec2, { account }) => {
      const both = await made(ec2, { Description: 'evidence', TagSpecifications: tagged });
      expect(both).toMatchObject([
        { VolumeId: root, VolumeSize: 8, State: 'pending', Progress: '0%', Encrypted: false, Description: 'evidence' },
        { VolumeId: data, VolumeSize: 100, State: 'pending', Encrypted: true, Tags: tagged[0]?.Tags },
      ]);
      const now = new Date(account.clock.now());
      expect(both.every(({ StartTime }) => StartTime !== undefined && +StartTime <= +now)).toBe(true);
      expect(both[0]?.StartTime).toEqual(both[1]?.StartTime);
    }));

  it('leaves out what it is told to, and takes over tags of the volume where it is told to', () =>
    asking(async (ec2, { clock }) => {
      const without = { InstanceId: host, ExcludeBootVolume: true };
      const [copied, ...rest] = await made(ec2, { InstanceSpecification: without, CopyTagsFromSource: 'volume' });
      expect(rest).toEqual([]);
      expect(copied).toMatchObject({ VolumeId: data, Tags: [{ Key: 'team', Value: 'data' }] });
      await clock.advance(16_000);
      const other = { InstanceId: host, ExcludeDataVolumeIds: [data] };
      expect(await made(ec2, { InstanceSpecification: other })).toMatchObject([{ VolumeId: root }]);
    }));

  it('has no memory: a second call makes a second set, after 15 seconds and not before', () =>
    asking(async (ec2, { account, clock }) => {
      const InstanceSpecification = { InstanceId: plain };
      await made(ec2, { InstanceSpecification });
      await clock.advance(14_000);
      await expect(made(ec2, { InstanceSpecification })).rejects.toThrow(
        expect.objectContaining({ name: 'SnapshotCreationPerVolumeRateExceeded' }),
      );
      await clock.advance(2000);
      await made(ec2, { InstanceSpecification });
      expect(snapshots(account).size).toBe(2);
    }));

  it('copies at most five of a volume at a time, and of st1 one; when one is refused none is made', () =>
    asking(async (ec2, { account, clock }) => {
      await made(ec2);
      await clock.advance(16_000);
      const refused = expect.objectContaining({ name: 'ConcurrentSnapshotLimitExceeded' });
      await expect(made(ec2)).rejects.toThrow(refused);
      expect(snapshots(account).size).toBe(2);
      for (let at = 0; at < 5; at += 1) {
        await made(ec2, { InstanceSpecification: { InstanceId: plain } });
        await clock.advance(16_000);
      }
      await expect(made(ec2, { InstanceSpecification: { InstanceId: plain } })).rejects.toThrow(refused);
    }));

  it('refuses what has no volume, what is not there, and tags of something else', () =>
    asking(async (ec2) => {
      const codeOf = (InstanceId: string) =>
        made(ec2, { InstanceSpecification: { InstanceId } }).catch(({ name }) => name);
      expect(await codeOf(bare)).toBe('InvalidParameterValue');
      expect(await codeOf('i-00000000000000009')).toBe('InvalidInstanceID.NotFound');
      expect(await codeOf('host')).toBe('InvalidInstanceID.Malformed');
      const TagSpecifications = [{ ResourceType: 'volume' as const, Tags: [{ Key: 'for', Value: 'x' }] }];
      expect(await made(ec2, { TagSpecifications }).catch(({ name }) => name)).toBe('InvalidParameterValue');
      expect(await made(ec2, { DryRun: true }).catch(({ name }) => name)).toBe('DryRunOperation');
      expect(await made(ec2, { OutpostArn: 'arn:aws:outposts:x' }).catch(({ name }) => name)).toBe(
        'UnsupportedOperation',
      );
    }));

  it('needs the instance, each of its volumes and the snapshots, and with tags to tag what it makes', () =>
    asking(async (_ec2, { account }) => {
      const asked = { InstanceSpecification: { InstanceId: host }, TagSpecifications: tagged };
      const ec2 = 'arn:aws:ec2:eu-west-1:123456789012';
      const any = 'arn:aws:ec2:eu-west-1::snapshot/*';
      expect(createSnapshots.needs(asked as never, account)).toEqual([
        { action: 'ec2:CreateSnapshots', resource: `${ec2}:instance/${host}` },
        { action: 'ec2:CreateSnapshots', resource: `${ec2}:volume/${root}` },
        { action: 'ec2:CreateSnapshots', resource: `${ec2}:volume/${data}` },
        { action: 'ec2:CreateSnapshots', resource: any, context: { 'aws:RequestTag/for': 'evidence' } },
        { action: 'ec2:CreateTags', resource: any, context: { 'ec2:CreateAction': 'CreateSnapshots' } },
      ]);
    }));
});

describe('DescribeSnapshots', () => {
  it('shows how far one is, until it is completed or has failed', () =>
    asking(async (ec2, { account, clock }) => {
      await made(ec2, { TagSpecifications: tagged });
      const Filters = [{ Name: 'tag:for', Values: ['evidence'] }];
      const shown = async () =>
        (await ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'], Filters }))).Snapshots;
      await clock.advance(80_000);
      expect(await shown()).toMatchObject([
        { VolumeId: root, State: 'pending', Progress: '50%', OwnerId: '123456789012', StorageTier: 'standard' },
        { VolumeId: data, State: 'pending', Progress: '4%', KmsKeyId: kmsKey },
      ]);
      for (const one of snapshots(account).values()) if (one.volumeId === data) one.failed = true;
      await clock.advance(3_600_000);
      expect(await shown()).toMatchObject([
        { State: 'completed', Progress: '100%' },
        { State: 'error', StateMessage: expect.stringMatching(/./) },
      ]);
    }));

  it('finds by tag, volume and state, and nothing that is another’s', () =>
    asking(async (ec2) => {
      const [first] = await made(ec2, { TagSpecifications: tagged });
      const count = async (Name: string, ...Values: string[]) => {
        const { Snapshots = [] } = await ec2.send(new DescribeSnapshotsCommand({ Filters: [{ Name, Values }] }));
        return Snapshots.length;
      };
      expect(await count('tag:for', 'nothing')).toBe(0);
      expect(await count('volume-id', root)).toBe(1);
      expect(await count('status', 'pending')).toBe(2);
      expect(await count('status', 'completed', 'error')).toBe(0);
      const SnapshotIds = [first?.SnapshotId ?? ''];
      expect((await ec2.send(new DescribeSnapshotsCommand({ SnapshotIds }))).Snapshots).toHaveLength(1);
      const gone = ec2.send(new DescribeSnapshotsCommand({ SnapshotIds: ['snap-00000000'] }));
      await expect(gone).rejects.toThrow(expect.objectContaining({ name: 'InvalidSnapshot.NotFound' }));
      const others = ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ['amazon'] }));
      await expect(others).rejects.toThrow(expect.objectContaining({ name: 'UnsupportedOperation' }));
    }));
});

describe('CreateTags', () => {
  it('tags a snapshot that is there', () =>
    asking(async (ec2, { account }) => {
      const [first] = await made(ec2);
      const Resources = [first?.SnapshotId ?? ''];
      await ec2.send(new CreateTagsCommand({ Resources, Tags: [{ Key: 'case', Value: '7' }] }));
      expect(snapshots(account).get(Resources[0] ?? '')?.tags).toEqual({ case: '7' });
      const none = ec2.send(new CreateTagsCommand({ Resources: ['snap-00000000'], Tags: [{ Key: 'a', Value: 'b' }] }));
      await expect(none).rejects.toThrow(expect.objectContaining({ name: 'InvalidSnapshot.NotFound' }));
    }));
});
