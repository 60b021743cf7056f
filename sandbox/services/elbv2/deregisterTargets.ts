import type { DeregisterTargetsInput, DeregisterTargetsOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { operation } from '../../account.ts';
import { targetsAsked } from './request.ts';
import { deregister } from './targets.ts';

/** Addresses get no new requests. ECS does not register a task again: it does so once, when the task comes to run. */
export const deregisterTargets = operation<DeregisterTargetsInput, DeregisterTargetsOutput>(
  ({ TargetGroupArn = '' }) => [{ action: 'elasticloadbalancing:DeregisterTargets', resource: TargetGroupArn }],
  (input, { account }) => {
    const { group, targets } = targetsAsked(account, input);
    deregister(account, group, targets);
    return {};
  },
);
