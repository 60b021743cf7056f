import type { DescribeNetworkInterfacesRequest, DescribeNetworkInterfacesResult } from '@aws-sdk/client-ec2';
import { type Account, operation } from '../../account.ts';
import { type TaskInterface, taskInterfaces } from '../ecs/network.ts';
import { refuseDryRun } from './dryRun.ts';
import { matcherOf } from './filters.ts';
import { described, interfacesNamed } from './interfaces.ts';
import { page } from './page.ts';

const filtersOf = (account: Account): Readonly<Record<string, (one: TaskInterface) => string>> => ({
  'addresses.private-ip-address': ({ privateIp }) => privateIp,
  'attachment.status': () => 'attached',
  'interface-type': () => 'interface',
  'network-interface-id': ({ eniId }) => eniId,
  'owner-id': () => account.id,
  'private-ip-address': ({ privateIp }) => privateIp,
  'requester-managed': () => 'true',
  status: () => 'in-use',
  'subnet-id': ({ subnetId }) => subnetId,
});

/** Those of tasks, which are all that there are here. IAM does not scope it. */
export const describeNetworkInterfaces = operation<DescribeNetworkInterfacesRequest, DescribeNetworkInterfacesResult>(
  () => [{ action: 'ec2:DescribeNetworkInterfaces', resource: '*' }],
  (input, { account }) => {
    refuseDryRun(input);
    const { NetworkInterfaceIds: ids } = input;
    const isWanted = matcherOf(input.Filters ?? [], filtersOf(account));
    const found = (ids === undefined ? taskInterfaces(account) : interfacesNamed(account, ids)).filter(isWanted);
    const { items, rest } = page(found, input, ids && 'NetworkInterfaceIds');
    return { NetworkInterfaces: items.map((one) => described(account, one)), ...rest };
  },
);
