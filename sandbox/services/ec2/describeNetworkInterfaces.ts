import type { DescribeNetworkInterfacesRequest, DescribeNetworkInterfacesResult } from '@aws-sdk/client-ec2';
import { type Account, operation } from '../../account.ts';
import { writtenOn } from './balancers.ts';
import { refuseDryRun } from './dryRun.ts';
import { elasticOf } from './elasticIps.ts';
import { type Known, matcherOf } from './filters.ts';
import { described, type Interface, interfaces, interfacesNamed } from './interfaces.ts';
import { page } from './page.ts';
import { VPC } from './vpc.ts';

const filtersOf = (account: Account): Known<Interface> => ({
  'association.public-ip': (one) => elasticOf(account, one)?.publicIp ?? [],
  'addresses.private-ip-address': ({ privateIp }) => privateIp,
  'attachment.instance-id': ({ host }) => host?.ec2InstanceId ?? [],
  'attachment.status': () => 'attached',
  'group-id': ({ securityGroups }) => securityGroups,
  // None of them has an address of IPv6.
  'ipv6-addresses.ipv6-address': () => [],
  'interface-type': ({ balancer }) => (balancer === undefined ? 'interface' : writtenOn(balancer).InterfaceType),
  'network-interface-id': ({ eniId }) => eniId,
  'owner-id': () => account.id,
  'private-ip-address': ({ privateIp }) => privateIp,
  'requester-managed': ({ host }) => String(host === undefined),
  status: () => 'in-use',
  'subnet-id': ({ subnetId }) => subnetId,
  'vpc-id': () => VPC,
});

/** Those of tasks, hosts and load balancers, which are all that there are here. IAM does not scope it. */
export const describeNetworkInterfaces = operation<DescribeNetworkInterfacesRequest, DescribeNetworkInterfacesResult>(
  () => [{ action: 'ec2:DescribeNetworkInterfaces', resource: '*' }],
  (input, { account }) => {
    refuseDryRun(input);
    const { NetworkInterfaceIds: ids } = input;
    const isWanted = matcherOf(input.Filters ?? [], filtersOf(account));
    const found = (ids === undefined ? interfaces(account) : interfacesNamed(account, ids)).filter(isWanted);
    const { items, rest } = page(found, input, ids && 'NetworkInterfaceIds');
    return { NetworkInterfaces: items.map((one) => described(account, one)), ...rest };
  },
);
