import type {
  DescribeTargetHealthInput,
  DescribeTargetHealthOutput,
  TargetHealth,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError, operation } from '../../account.ts';
import { groupNamed } from './groups.ts';
import { targetsOf } from './targets.ts';

const UNUSED: TargetHealth = {
  State: 'unused',
  Reason: 'Target.NotRegistered',
  Description: 'Target is not registered',
};

/** Every target of the group, or those that are asked for: one that is not registered is `unused`. */
export const describeTargetHealth = operation<DescribeTargetHealthInput, DescribeTargetHealthOutput>(
  () => [{ action: 'elasticloadbalancing:DescribeTargetHealth', resource: '*' }],
  (input, { account }) => {
    if (input.TargetGroupArn === undefined)
      throw new AwsError('ValidationError', 'A target group ARN must be specified');
    const targets = targetsOf(account, groupNamed(account, input.TargetGroupArn));
    const ids = input.Targets?.map(({ Id = '' }) => Id) ?? [...targets.keys()];
    return {
      TargetHealthDescriptions: ids.map((Id) => ({ Target: { Id }, TargetHealth: targets.get(Id) ?? UNUSED })),
    };
  },
);
