import type {
  DescribeTargetGroupsInput,
  DescribeTargetGroupsOutput,
  TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { type Account, AwsError, operation } from '../../account.ts';
import { targetGroupArn } from '../ecs/targets.ts';
import { pageOf, pageSize } from '../paging.ts';
import { groupNamed, groupNames, kindOfGroup } from './groups.ts';

/** Of a target group only what a service says of it is known: its ARN, and what its targets are. */
const described = (account: Account, name: string): TargetGroup => ({
  TargetGroupArn: targetGroupArn(account, name),
  TargetGroupName: name,
  TargetType: kindOfGroup(account, name).type,
});

/** The names of what is asked for. Throws AwsError ValidationError or TargetGroupNotFound. */
function groupsAsked(account: Account, { TargetGroupArns, Names }: DescribeTargetGroupsInput): readonly string[] {
  if (TargetGroupArns !== undefined && Names !== undefined) {
    throw new AwsError('ValidationError', 'Target group names and target group ARNs cannot be specified together');
  }
  if (TargetGroupArns !== undefined) return TargetGroupArns.map((arn) => groupNamed(account, arn));
  const all = groupNames(account);
  const missing = Names?.find((name) => !all.includes(name));
  if (missing !== undefined) throw new AwsError('TargetGroupNotFound', `Target groups '${missing}' not found`);
  return Names ?? all;
}

/** The target groups that services are behind; load balancers themselves are not there. IAM does not scope it. */
export const describeTargetGroups = operation<DescribeTargetGroupsInput, DescribeTargetGroupsOutput>(
  () => [{ action: 'elasticloadbalancing:DescribeTargetGroups', resource: '*' }],
  (input, { account }) => {
    if (input.LoadBalancerArn !== undefined) {
      throw new AwsError('LoadBalancerNotFound', `Load balancers '[${input.LoadBalancerArn}]' not found`);
    }
    const size = pageSize(
      input.PageSize === undefined ? undefined : Number(input.PageSize),
      400,
      400,
      'ValidationError',
    );
    const page = pageOf(groupsAsked(account, input), size, input.Marker, 'ValidationError');
    return {
      TargetGroups: page.items.map((name) => described(account, name)),
      ...(page.nextToken === undefined ? {} : { NextMarker: page.nextToken }),
    };
  },
);
