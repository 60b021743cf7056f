import type { DescribeVolumesRequest, DescribeVolumesResult } from '@aws-sdk/client-ec2';
import { operation } from '../../account.ts';
import { refuseDryRun } from './dryRun.ts';
import { matcherOf } from './filters.ts';
import { page } from './page.ts';
import { refuseOthers } from './unsupported.ts';
import { type AttachedVolume, describedVolume, volumes, volumesNamed } from './volumes.ts';

/** The volumes of hosts, each in use. IAM does not scope it. */
export const describeVolumes = operation<DescribeVolumesRequest, DescribeVolumesResult>(
  () => [{ action: 'ec2:DescribeVolumes', resource: '*' }],
  (input, { account }) => {
    refuseDryRun(input);
    refuseOthers(input, ['VolumeIds', 'Filters', 'MaxResults', 'NextToken', 'DryRun']);
    const { VolumeIds: ids } = input;
    const isWanted = matcherOf<AttachedVolume>(
      input.Filters ?? [],
      {
        'attachment.device': ({ device }) => device,
        'attachment.instance-id': ({ host }) => host.ec2InstanceId,
        'attachment.status': () => 'attached',
        encrypted: ({ kmsKey }) => String(kmsKey !== undefined),
        status: () => 'in-use',
        'volume-id': ({ id }) => id,
        'volume-type': ({ type }) => type,
      },
      ({ tags }) => tags,
    );
    const found = (ids === undefined ? volumes(account) : volumesNamed(account, ids)).filter(isWanted);
    const { items, rest } = page(found, input, ids && 'VolumeIds');
    return { Volumes: items.map((volume) => describedVolume(account, volume)), ...rest };
  },
);
