import type { DescribeNetworkInterfacesRequest, DescribeNetworkInterfacesResult } from '@aws-sdk/client-ec2';
import { type Account, AwsError, operation } from '../../account.ts';
import { type TaskInterface, taskInterfaces } from '../ecs/network.ts';
import { pageOf, pageSize } from '../paging.ts';
import { refuseDryRun } from './dryRun.ts';
import { matcherOf } from './filters.ts';
import { described, interfacesNamed } from './interfaces.ts';

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

/** Those of tasks, which are all that there are here. A page holds 5 to 1,000. IAM does not scope it. */
export const describeNetworkInterfaces = operation<DescribeNetworkInterfacesRequest, DescribeNetworkInterfacesResult>(
  () => [{ action: 'ec2:DescribeNetworkInterfaces', resource: '*' }],
  (input, { account }) => {
    refuseDryRun(input);
    const { NetworkInterfaceIds: ids, MaxResults, NextToken } = input;
    if (ids !== undefined && MaxResults !== undefined) {
      throw new AwsError(
        'InvalidParameterCombination',
        'The parameter NetworkInterfaceIds cannot be used with the parameter MaxResults',
      );
    }
    const asked = MaxResults === undefined ? undefined : Number(MaxResults);
    if (asked !== undefined && asked < 5) {
      throw new AwsError('InvalidParameterValue', `Value ( ${MaxResults} ) for parameter maxResults is invalid`);
    }
    const isWanted = matcherOf(input.Filters ?? [], filtersOf(account));
    const found = (ids === undefined ? taskInterfaces(account) : interfacesNamed(account, ids)).filter(isWanted);
    const size = pageSize(asked, 1000, 1000, 'InvalidParameterValue');
    const page = pageOf(found, size, NextToken, 'InvalidParameterValue');
    return {
      NetworkInterfaces: page.items.map((one) => described(account, one)),
      ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
    };
  },
);
