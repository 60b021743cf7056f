import type { Snapshot, Volume } from '@aws-sdk/client-ec2';
import { everyPage, type Reads } from '../../account/reads.ts';
import { tagNames } from './types.ts';

/** The volumes of EBS that are attached to an instance, in the order of their ids. Instance store is none of them. */
export async function readVolumes(read: Reads, instance: string): Promise<readonly Volume[]> {
  const { client, DescribeVolumesCommand } = await read.aws.ec2();
  const Filters = [{ Name: 'attachment.instance-id', Values: [instance] }];
  const pages = await everyPage(
    (NextToken) => client.send(new DescribeVolumesCommand({ Filters, NextToken }), read.call),
    ({ NextToken }) => NextToken,
  );
  return pages.flatMap(({ Volumes = [] }) => Volumes).toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
}

export const idOf = ({ VolumeId = '' }: Pick<Volume, 'VolumeId'>): string => VolumeId;

/** The snapshots that were made as evidence of an instance, in the order of their volumes, without those that are known. */
export async function readOwnSnapshots(
  read: Reads,
  instance: string,
  known: readonly string[] = [],
): Promise<readonly Snapshot[]> {
  const { client, DescribeSnapshotsCommand } = await read.aws.ec2();
  const asked = { OwnerIds: ['self'], Filters: [{ Name: `tag:${tagNames.of}`, Values: [instance] }] };
  const pages = await everyPage(
    (NextToken) => client.send(new DescribeSnapshotsCommand({ ...asked, NextToken }), read.call),
    ({ NextToken }) => NextToken,
  );
  return pages
    .flatMap(({ Snapshots = [] }) => Snapshots)
    .filter(({ SnapshotId = '' }) => !known.includes(SnapshotId))
    .toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
}
