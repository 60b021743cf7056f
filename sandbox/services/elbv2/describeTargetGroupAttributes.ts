import type {
  DescribeTargetGroupAttributesInput,
  DescribeTargetGroupAttributesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError, operation } from '../../account.ts';
import { groupNamed } from './groups.ts';
import { DEREGISTRATION_DELAY } from './targets.ts';

/** What a target group of an Application Load Balancer has where nobody has set anything: nothing here sets any. IAM does not scope it. */
export const describeTargetGroupAttributes = operation<
  DescribeTargetGroupAttributesInput,
  DescribeTargetGroupAttributesOutput
>(
  () => [{ action: 'elasticloadbalancing:DescribeTargetGroupAttributes', resource: '*' }],
  ({ TargetGroupArn }, { account }) => {
    if (TargetGroupArn === undefined) throw new AwsError('ValidationError', 'A target group ARN must be specified');
    groupNamed(account, TargetGroupArn);
    return {
      Attributes: [
        { Key: 'stickiness.enabled', Value: 'false' },
        { Key: 'deregistration_delay.timeout_seconds', Value: String(DEREGISTRATION_DELAY) },
        { Key: 'stickiness.type', Value: 'lb_cookie' },
        { Key: 'slow_start.duration_seconds', Value: '0' },
        { Key: 'load_balancing.algorithm.type', Value: 'round_robin' },
      ],
    };
  },
);
