import type { Service } from '../../account.ts';
import { deregisterTargets } from './deregisterTargets.ts';
import { describeTargetGroupAttributes } from './describeTargetGroupAttributes.ts';
import { describeTargetGroups } from './describeTargetGroups.ts';
import { describeTargetHealth } from './describeTargetHealth.ts';
import { registerTargets } from './registerTargets.ts';

/** Version 2 of Elastic Load Balancing: what the services of ECS have registered, and what calls change of that. */
export const elbv2Service: Service = {
  name: 'elasticloadbalancing',
  protocol: 'query',
  target: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
  operations: {
    DeregisterTargets: deregisterTargets,
    DescribeTargetGroupAttributes: describeTargetGroupAttributes,
    DescribeTargetGroups: describeTargetGroups,
    DescribeTargetHealth: describeTargetHealth,
    RegisterTargets: registerTargets,
  },
};
