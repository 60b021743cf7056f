import type { ExitStandbyAnswer, ExitStandbyQuery } from '@aws-sdk/client-auto-scaling';
import { operation } from '../../account.ts';
import { move } from './move.ts';
import { groupArn } from './state.ts';

/** Back into service, by way of Pending. */
export const exitStandby = operation<ExitStandbyQuery, ExitStandbyAnswer>(
  (input, account) => [
    { action: 'autoscaling:ExitStandby', resource: groupArn(account, input.AutoScalingGroupName ?? '') },
  ],
  (input, { account }) => ({ Activities: move(account, input, { from: 'Standby', to: 'InService' }) }),
);
