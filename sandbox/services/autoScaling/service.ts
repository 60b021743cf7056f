import type { Service } from '../../account.ts';
import { describeAutoScalingInstances } from './describeAutoScalingInstances.ts';
import { enterStandby } from './enterStandby.ts';
import { exitStandby } from './exitStandby.ts';

/** EC2 Auto Scaling, as far as it says of which group an instance is, and lets it stand by. */
export const autoScalingService: Service = {
  name: 'autoscaling',
  protocol: 'query',
  target: 'http://autoscaling.amazonaws.com/doc/2011-01-01/',
  operations: {
    DescribeAutoScalingInstances: describeAutoScalingInstances,
    EnterStandby: enterStandby,
    ExitStandby: exitStandby,
  },
};
