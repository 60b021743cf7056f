import type {
  DescribeTargetHealthInput,
  DescribeTargetHealthOutput,
  TargetHealth,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError, operation } from '../../account.ts';
import { groupNamed } from './groups.ts';
import { addressIn, asked, targetsOf } from './targets.ts';

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
    const group = groupNamed(account, input.TargetGroupArn);
    const targets = targetsOf(account, group);
    const keys = input.Targets?.map((target) => asked(account, group, target)) ?? [...targets.keys()];
    return {
      TargetHealthDescriptions: keys.map((key) => {
        const { id: Id, port: Port } = addressIn(key);
        return { Target: { Id, Port }, HealthCheckPort: String(Port), TargetHealth: targets.get(key) ?? UNUSED };
      }),
    };
  },
);
