import type { DescribeLogGroupsRequest, DescribeLogGroupsResponse } from '@aws-sdk/client-cloudwatch-logs';
import { operation } from '../../account.ts';
import { logsState } from './groups.ts';
import { limitOf, positionOf } from './page.ts';

/** Groups by name, up to 50 per page. */
export const describeLogGroups = operation<DescribeLogGroupsRequest, DescribeLogGroupsResponse>(
  () => [{ action: 'logs:DescribeLogGroups', resource: '*' }],
  (input, { account }) => {
    const found = [...logsState(account).groups.values()]
      .filter(({ name }) => name.startsWith(input.logGroupNamePrefix ?? ''))
      .filter(({ name }) => name.includes(input.logGroupNamePattern ?? ''))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const start = positionOf(input.nextToken);
    const end = start + limitOf(input.limit, 50, 50);
    return {
      logGroups: found.slice(start, end).map((group) => ({
        logGroupName: group.name,
        creationTime: group.createdAt,
        ...(group.retentionDays === undefined ? {} : { retentionInDays: group.retentionDays }),
        // Metric filters are not modelled: no group has one.
        metricFilterCount: 0,
        arn: `${group.arn}:*`,
        logGroupArn: group.arn,
      })),
      ...(end < found.length ? { nextToken: String(end) } : {}),
    };
  },
);
