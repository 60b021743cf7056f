import type { EnterStandbyAnswer, EnterStandbyQuery } from '@aws-sdk/client-auto-scaling';
import { AwsError, operation } from '../../account.ts';
import { move } from './move.ts';
import { groupArn, refused } from './state.ts';

/** Out of service; the group would start another in its place, which it does not do here: sizes of groups are not known. */
export const enterStandby = operation<EnterStandbyQuery, EnterStandbyAnswer>(
  (input, account) => [
    { action: 'autoscaling:EnterStandby', resource: groupArn(account, input.AutoScalingGroupName ?? '') },
  ],
  (input, { account }) => {
    // A form carries it as text.
    const fewer = input.ShouldDecrementDesiredCapacity as boolean | string | undefined;
    if (fewer === undefined) throw refused('ShouldDecrementDesiredCapacity must be given.');
    if (String(fewer) === 'true') {
      throw new AwsError('UnsupportedOperation', 'The sandbox does not know how many a group must have.');
    }
    return { Activities: move(account, input, { from: 'InService', to: 'Standby' }) };
  },
);
