import type {
  DescribeScalingPoliciesRequest,
  DescribeScalingPoliciesResponse,
  ScalingPolicy,
} from '@aws-sdk/client-application-auto-scaling';
import { type Account, operation } from '../../../account.ts';
import { asksFor, page, upTo50 } from '../request.ts';
import { DIMENSION } from '../scale.ts';
import { type StoredPolicy, scalingState } from '../state.ts';

const described = (account: Account, policy: StoredPolicy): ScalingPolicy => ({
  PolicyARN: policy.arn,
  PolicyName: policy.name,
  ServiceNamespace: 'ecs',
  ResourceId: policy.resourceId,
  ScalableDimension: DIMENSION,
  PolicyType: 'TargetTrackingScaling',
  TargetTrackingScalingPolicyConfiguration: {
    TargetValue: 75,
    PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
    DisableScaleIn: false,
  },
  Alarms: [policy.alarms.high, policy.alarms.low].map((AlarmName) => ({
    AlarmName,
    AlarmARN: `arn:aws:cloudwatch:${account.region}:${account.id}:alarm:${AlarmName}`,
  })),
  CreationTime: new Date(policy.createdAt),
});

export const describeScalingPolicies = operation<DescribeScalingPoliciesRequest, DescribeScalingPoliciesResponse>(
  () => [{ action: 'application-autoscaling:DescribeScalingPolicies', resource: '*' }],
  (input, { account }) => {
    const names = upTo50('policyNames', input.PolicyNames);
    const isAsked = asksFor(input);
    const found = scalingState(account).policies.filter(
      ({ resourceId, name }) => isAsked(resourceId) && (names?.includes(name) ?? true),
    );
    const { items, ...rest } = page(found, input);
    return { ScalingPolicies: items.map((policy) => described(account, policy)), ...rest };
  },
);
