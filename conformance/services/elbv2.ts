import {
  DeregisterTargetsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { type Script, step } from '../script.ts';

const nobody = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/nobody/0123456789abcdef';

/** What a target group is made of differs; what both say of one that is not there is compared. */
export const elbv2: Script = {
  service: 'elasticloadbalancing',
  client: (connection) => new ElasticLoadBalancingV2Client(connection),
  fields: {},
  steps: [
    step('describes no target groups', () => new DescribeTargetGroupsCommand({})),
    step('refuses a group by a name that is not there', () => new DescribeTargetGroupsCommand({ Names: ['nobody'] })),
    step('refuses a group that is not there', () => new DescribeTargetGroupsCommand({ TargetGroupArns: [nobody] })),
    step(
      'refuses the health of a group that is not there',
      () => new DescribeTargetHealthCommand({ TargetGroupArn: nobody }),
    ),
    step(
      'refuses to take into a group that is not there',
      () => new RegisterTargetsCommand({ TargetGroupArn: nobody, Targets: [{ Id: '10.0.0.7' }] }),
    ),
    step(
      'refuses to take out of a group that is not there',
      () => new DeregisterTargetsCommand({ TargetGroupArn: nobody, Targets: [{ Id: '10.0.0.7' }] }),
    ),
  ],
};
