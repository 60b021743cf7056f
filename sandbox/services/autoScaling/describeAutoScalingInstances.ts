import type { AutoScalingInstancesType, DescribeAutoScalingInstancesType } from '@aws-sdk/client-auto-scaling';
import { operation } from '../../account.ts';
import { pageOf, pageSize } from '../paging.ts';
import { lifecycleOf, members } from './state.ts';

/** Instances of all groups, or those that are named; one that is of none is left out. IAM does not scope it. */
export const describeAutoScalingInstances = operation<DescribeAutoScalingInstancesType, AutoScalingInstancesType>(
  () => [{ action: 'autoscaling:DescribeAutoScalingInstances', resource: '*' }],
  ({ InstanceIds, MaxRecords, NextToken }, { account }) => {
    const found = members(account).filter(({ ec2InstanceId }) => InstanceIds?.includes(ec2InstanceId) ?? true);
    const size = pageSize(MaxRecords === undefined ? undefined : Number(MaxRecords), 50, 50, 'ValidationError');
    const { items, nextToken } = pageOf(found, size, NextToken, 'InvalidNextToken');
    return {
      AutoScalingInstances: items.map(({ ec2InstanceId, group }) => ({
        InstanceId: ec2InstanceId,
        AutoScalingGroupName: group,
        AvailabilityZone: `${account.region}a`,
        LifecycleState: lifecycleOf(account, ec2InstanceId),
        HealthStatus: 'HEALTHY',
        ProtectedFromScaleIn: false,
      })),
      ...(nextToken === undefined ? {} : { NextToken: nextToken }),
    };
  },
);
