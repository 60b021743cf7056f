import type { DescribeContainerInstancesRequest, DescribeContainerInstancesResponse } from '@aws-sdk/client-ecs';
import { operation } from '../../account.ts';
import { describedInstance } from './describe/containerInstance.ts';
import { instancesNamed, neededOnInstances } from './instances.ts';
import { clusterNamed, upTo } from './state.ts';

/** By id or ARN. */
export const describeContainerInstances = operation<
  DescribeContainerInstancesRequest,
  DescribeContainerInstancesResponse
>(
  (input, account) => neededOnInstances(account, 'ecs:DescribeContainerInstances', input),
  (input, { account }) => {
    const asked = upTo(100, 'Container instances', input.containerInstances);
    const cluster = clusterNamed(account, input.cluster);
    const withTags = input.include?.includes('TAGS') ?? false;
    const { found, failures } = instancesNamed(account, cluster, asked);
    return { containerInstances: found.map((one) => describedInstance(cluster, one, withTags)), failures };
  },
);
