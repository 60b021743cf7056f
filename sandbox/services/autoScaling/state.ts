import { type Account, AwsError, slice } from '../../account.ts';
import { hosts } from '../ec2/interfaces.ts';
import type { Ec2Instance } from '../ecs/state.ts';

/** Where an instance is between two states, and until when. */
interface OnItsWay {
  readonly to: 'Standby' | 'InService';
  readonly until: number;
}

/** By the id of the instance; what is not here has always been in service. */
export const moves = slice('autoscaling.moves', () => new Map<string, OnItsWay>());

/** A load balancer lets go of it, or finds it healthy: AWS does not say how long that takes, and here it is the same each time. */
export const movesMs = 10_000;

export type Lifecycle = 'InService' | 'EnteringStandby' | 'Standby' | 'Pending';

/** Its group is one of the tags of an instance ("Tag Auto Scaling groups and instances"). */
export const groupOf = ({ instanceTags }: Ec2Instance): string | undefined => instanceTags['aws:autoscaling:groupName'];

export const members = (account: Account): readonly (Ec2Instance & { readonly group: string })[] =>
  hosts(account).flatMap((host) => {
    const group = groupOf(host);
    return group === undefined ? [] : [{ ...host, group }];
  });

export function lifecycleOf(account: Account, id: string): Lifecycle {
  const move = moves(account).get(id);
  if (move === undefined) return 'InService';
  if (account.clock.now() >= move.until) return move.to;
  return move.to === 'Standby' ? 'EnteringStandby' : 'Pending';
}

export const refused = (message: string): AwsError => new AwsError('ValidationError', message);

/** Of a group only its name is known; the id before it follows from nothing that is asked. */
export const groupArn = ({ id, region }: Account, name: string): string =>
  `arn:aws:autoscaling:${region}:${id}:autoScalingGroup:*:autoScalingGroupName/${name}`;
