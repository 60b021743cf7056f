import type { CreateSnapshotsRequest, CreateSnapshotsResult } from '@aws-sdk/client-ec2';
import { type Account, AwsError, operation } from '../../account.ts';
import { refuseDryRun } from './dryRun.ts';
import { hostsNamed } from './instances.ts';
import { hosts } from './interfaces.ts';
import { describedSnapshot, refuseTooMany, type StoredSnapshot, snapshotArn, snapshots } from './snapshots.ts';
import { asked, tagging, tagsFrom } from './tagging.ts';
import { refuseOthers } from './unsupported.ts';
import { type AttachedVolume, volumeArn, volumesOf } from './volumes.ts';
import { ec2Arn } from './vpc.ts';

type Of = CreateSnapshotsRequest['InstanceSpecification'];

/** Those that are not left out. A form carries `true` as text. */
function wanted(account: Account, of: Of): readonly AttachedVolume[] {
  const host = hosts(account).find(({ ec2InstanceId }) => ec2InstanceId === of?.InstanceId);
  const out = of?.ExcludeDataVolumeIds ?? [];
  const root = host?.volumes[0]?.device;
  return (host === undefined ? [] : volumesOf(host)).filter(
    ({ id, device }) => !out.includes(id) && !(String(of?.ExcludeBootVolume) === 'true' && device === root),
  );
}

/** A first snapshot of everything; AWS gives no time but "several hours" for large ones. */
const msPerGiB = 20_000;

/** One snapshot of each volume of an instance, all of one moment. No client token: a second call makes a second set. */
export const createSnapshots = operation<CreateSnapshotsRequest, CreateSnapshotsResult>(
  (input, account) => [
    { action: 'ec2:CreateSnapshots', resource: ec2Arn(account, `instance/${input.InstanceSpecification?.InstanceId}`) },
    ...wanted(account, input.InstanceSpecification).map(({ id }) => ({
      action: 'ec2:CreateSnapshots',
      resource: volumeArn(account, id),
    })),
    {
      action: 'ec2:CreateSnapshots',
      resource: snapshotArn(account, '*'),
      ...asked(input.TagSpecifications),
    },
    ...tagging(input.TagSpecifications, 'CreateSnapshots', snapshotArn(account, '*')),
  ],
  (input, { account }) => {
    refuseDryRun(input);
    refuseOthers(input, ['InstanceSpecification', 'Description', 'TagSpecifications', 'CopyTagsFromSource', 'DryRun']);
    const { InstanceSpecification: of, Description: description = '', CopyTagsFromSource } = input;
    if (of?.InstanceId === undefined) {
      throw new AwsError('MissingParameter', 'The request must contain the parameter InstanceId');
    }
    hostsNamed(account, [of.InstanceId]);
    const tags = tagsFrom(input.TagSpecifications, 'snapshot');
    const chosen = wanted(account, of);
    if (chosen.length === 0) {
      throw new AwsError('InvalidParameterValue', `Instance ${of.InstanceId} has no volume to make a snapshot of.`);
    }
    for (const volume of chosen) refuseTooMany(account, volume);
    const startedAt = account.clock.now();
    const made = chosen.map(
      (volume): StoredSnapshot => ({
        id: `snap-${account.random.hex(17)}`,
        volumeId: volume.id,
        size: volume.size,
        ...(volume.kmsKey === undefined ? {} : { kmsKey: volume.kmsKey }),
        description,
        startedAt,
        completedAt: startedAt + volume.size * msPerGiB,
        tags: CopyTagsFromSource === 'volume' ? { ...volume.tags, ...tags } : tags,
      }),
    );
    for (const one of made) snapshots(account).set(one.id, one);
    return { Snapshots: made.map((one) => describedSnapshot(account, one)) };
  },
);
