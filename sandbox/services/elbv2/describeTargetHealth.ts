import type {
  DescribeTargetHealthInput,
  DescribeTargetHealthOutput,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError, operation } from '../../account.ts';
import { type ServiceTarget, serviceTargets } from '../ecs/targets.ts';
import { groupNamed } from './groups.ts';

const described = ({ ip, healthy }: ServiceTarget): TargetHealthDescription => ({
  Target: { Id: ip },
  TargetHealth: healthy
    ? { State: 'healthy' }
    : { State: 'initial', Reason: 'Elb.InitialHealthChecking', Description: 'Initial health checks in progress' },
});

const notRegistered = (id: string): TargetHealthDescription => ({
  Target: { Id: id },
  TargetHealth: { State: 'unused', Reason: 'Target.NotRegistered', Description: 'Target is not registered' },
});

/** Every target of the group, or those that are asked for: one that is not registered is `unused`. */
export const describeTargetHealth = operation<DescribeTargetHealthInput, DescribeTargetHealthOutput>(
  () => [{ action: 'elasticloadbalancing:DescribeTargetHealth', resource: '*' }],
  (input, { account }) => {
    if (input.TargetGroupArn === undefined)
      throw new AwsError('ValidationError', 'A target group ARN must be specified');
    const group = groupNamed(account, input.TargetGroupArn);
    const targets = serviceTargets(account).filter(({ targetGroup }) => targetGroup === group);
    if (input.Targets === undefined) return { TargetHealthDescriptions: targets.map(described) };
    return {
      TargetHealthDescriptions: input.Targets.map(({ Id = '' }) => {
        const found = targets.find(({ ip }) => ip === Id);
        return found === undefined ? notRegistered(Id) : described(found);
      }),
    };
  },
);
