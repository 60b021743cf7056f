import type { Service } from '../../account.ts';
import { describeTargetGroups } from './describeTargetGroups.ts';
import { describeTargetHealth } from './describeTargetHealth.ts';

/** Version 2 of Elastic Load Balancing: what the services of ECS have registered. */
export const elbv2Service: Service = {
  name: 'elasticloadbalancing',
  protocol: 'query',
  target: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
  operations: {
    DescribeTargetGroups: describeTargetGroups,
    DescribeTargetHealth: describeTargetHealth,
  },
};
