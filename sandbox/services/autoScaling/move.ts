import type { Activity } from '@aws-sdk/client-auto-scaling';
import type { Account } from '../../account.ts';
import { type Lifecycle, lifecycleOf, members, moves, movesMs, refused } from './state.ts';

interface Asked {
  readonly AutoScalingGroupName?: string | undefined;
  readonly InstanceIds?: readonly string[] | undefined;
}

const MOST = 20;

/** Sets members of a group on their way, each of which must be where it begins. Throws AwsError ValidationError. */
export function move(
  account: Account,
  { AutoScalingGroupName: group = '', InstanceIds: ids = [] }: Asked,
  { from, to }: { readonly from: Lifecycle; readonly to: 'Standby' | 'InService' },
): Activity[] {
  const inGroup = members(account).filter((one) => one.group === group);
  if (inGroup.length === 0) throw refused(`AutoScalingGroup name not found - no such group: ${group}`);
  if (ids.length === 0 || ids.length > MOST) throw refused(`Between 1 and ${MOST} instances must be named.`);
  for (const id of ids) {
    if (!inGroup.some(({ ec2InstanceId }) => ec2InstanceId === id))
      throw refused(`The instance ${id} is not part of Auto Scaling group ${group}.`);
    const now = lifecycleOf(account, id);
    if (now !== from) throw refused(`The instance ${id} is in ${now} and not in ${from}.`);
  }
  const at = account.clock.now();
  for (const id of ids) moves(account).set(id, { to, until: at + movesMs });
  return ids.map((id) => ({
    ActivityId: account.random.uuid(),
    AutoScalingGroupName: group,
    Description: `Moving EC2 instance ${to === 'Standby' ? 'to' : 'out of'} Standby: ${id}`,
    Cause: `At ${new Date(at).toISOString()} instance ${id} was moved in response to a user request.`,
    StartTime: new Date(at),
    StatusCode: 'InProgress',
    Progress: 30,
  }));
}
