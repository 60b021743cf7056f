import type { RegisterTargetsInput, RegisterTargetsOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { operation } from '../../account.ts';
import { targetsAsked } from './request.ts';
import { register } from './targets.ts';

/** Addresses get requests, once the health checks find them well. */
export const registerTargets = operation<RegisterTargetsInput, RegisterTargetsOutput>(
  ({ TargetGroupArn = '' }) => [{ action: 'elasticloadbalancing:RegisterTargets', resource: TargetGroupArn }],
  (input, { account }) => {
    const { group, targets } = targetsAsked(account, input);
    register(account, group, targets);
    return {};
  },
);
