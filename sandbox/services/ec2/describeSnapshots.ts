import type { DescribeSnapshotsRequest, DescribeSnapshotsResult } from '@aws-sdk/client-ec2';
import { AwsError, operation } from '../../account.ts';
import { refuseDryRun } from './dryRun.ts';
import { matcherOf } from './filters.ts';
import { page } from './page.ts';
import { describedSnapshot, type StoredSnapshot, snapshots, snapshotsNamed, stateOf } from './snapshots.ts';
import { refuseOthers } from './unsupported.ts';

/** Those of the account alone: without `OwnerIds`, AWS would list public ones as well. IAM does not scope it. */
export const describeSnapshots = operation<DescribeSnapshotsRequest, DescribeSnapshotsResult>(
  () => [{ action: 'ec2:DescribeSnapshots', resource: '*' }],
  (input, { account }) => {
    refuseDryRun(input);
    refuseOthers(input, ['SnapshotIds', 'OwnerIds', 'Filters', 'MaxResults', 'NextToken', 'DryRun']);
    const { SnapshotIds: ids, OwnerIds: owners = ['self'] } = input;
    if (owners.some((owner) => owner !== 'self' && owner !== account.id)) {
      throw new AwsError('UnsupportedOperation', 'The sandbox has no snapshots of other accounts.');
    }
    const isWanted = matcherOf<StoredSnapshot>(
      input.Filters ?? [],
      {
        description: ({ description }) => description,
        encrypted: ({ kmsKey }) => String(kmsKey !== undefined),
        'owner-id': () => account.id,
        'snapshot-id': ({ id }) => id,
        status: (one) => stateOf(account, one),
        'volume-id': ({ volumeId }) => volumeId,
        'volume-size': ({ size }) => String(size),
      },
      ({ tags }) => tags,
    );
    const found = ids === undefined ? [...snapshots(account).values()] : snapshotsNamed(account, ids);
    const { items, rest } = page(found.filter(isWanted), input, ids && 'SnapshotIds');
    return {
      Snapshots: items.map((one) => ({
        ...describedSnapshot(account, one),
        StorageTier: 'standard' as const,
        ...(one.kmsKey === undefined ? {} : { KmsKeyId: one.kmsKey }),
        ...(stateOf(account, one) === 'error' ? { StateMessage: 'The snapshot could not be completed.' } : {}),
      })),
      ...rest,
    };
  },
);
