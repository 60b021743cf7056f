import type { Service } from '../../account.ts';
import { describeScalableTargets } from './operations/describeScalableTargets.ts';
import { describeScalingActivities } from './operations/describeScalingActivities.ts';
import { describeScalingPolicies } from './operations/describeScalingPolicies.ts';
import { describeScheduledActions } from './operations/describeScheduledActions.ts';
import { registerScalableTarget } from './operations/registerScalableTarget.ts';

/** Application Auto Scaling of ECS services. Policies and scheduled actions come from the account file. */
export const applicationAutoScalingService: Service = {
  name: 'application-autoscaling',
  protocol: 'json-1.1',
  target: 'AnyScaleFrontendService',
  operations: {
    DescribeScalableTargets: describeScalableTargets,
    DescribeScalingActivities: describeScalingActivities,
    DescribeScalingPolicies: describeScalingPolicies,
    DescribeScheduledActions: describeScheduledActions,
    RegisterScalableTarget: registerScalableTarget,
  },
};
