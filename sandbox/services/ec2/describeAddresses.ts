import type { DescribeAddressesRequest, DescribeAddressesResult } from '@aws-sdk/client-ec2';
import { AwsError, operation } from '../../account.ts';
import { refuseDryRun } from './dryRun.ts';
import { type ElasticIp, elasticIps } from './elasticIps.ts';
import { matcherOf } from './filters.ts';
import { shown } from './tagging.ts';
import { refuseOthers } from './unsupported.ts';

/** Elastic IP addresses, all at once: the call has no pages. IAM does not scope it. Throws AwsError InvalidAddress.NotFound for one that is named and not there. */
export const describeAddresses = operation<DescribeAddressesRequest, DescribeAddressesResult>(
  () => [{ action: 'ec2:DescribeAddresses', resource: '*' }],
  (input, { account }) => {
    refuseDryRun(input);
    refuseOthers(input, ['PublicIps', 'Filters', 'DryRun']);
    const { PublicIps: named } = input;
    const all = [...elasticIps(account).values()];
    const missing = named?.find((address) => !elasticIps(account).has(address));
    if (missing !== undefined) throw new AwsError('InvalidAddress.NotFound', `Address '${missing}' not found.`);
    const isWanted = matcherOf<ElasticIp>(
      input.Filters ?? [],
      {
        'allocation-id': ({ allocationId }) => allocationId,
        domain: () => 'vpc',
        'instance-id': ({ instance }) => instance ?? [],
        'public-ip': ({ publicIp }) => publicIp,
      },
      ({ tags }) => tags,
    );
    const found = all.filter((one) => (named === undefined || named.includes(one.publicIp)) && isWanted(one));
    return {
      Addresses: found.map(({ publicIp, allocationId, associationId, instance, tags }) => ({
        PublicIp: publicIp,
        AllocationId: allocationId,
        Domain: 'vpc' as const,
        PublicIpv4Pool: 'amazon',
        NetworkBorderGroup: account.region,
        Tags: shown(tags),
        ...(instance === undefined ? {} : { InstanceId: instance, AssociationId: associationId }),
      })),
    };
  },
);
