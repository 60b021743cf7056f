import type { ServiceState } from '../../account/ecsService.ts';
import type { ServiceTask } from '../../account/ecsTasks.ts';
import { shortArn } from '../../account/sightings.ts';
import type { Verified } from '../contract.ts';
import type { ServiceTarget } from './types.ts';

/**
 * That a service is below its count, nothing is on its way, and ECS says that it has no place for it. Nothing where that is not so:
 * what starts and fails, or waits for a capacity provider to grow, is given its time.
 */
export function shortOf(
  { id }: Pick<ServiceTarget, 'id'>,
  {
    desired,
    primary,
    noPlace,
    taskDefinition,
  }: Pick<ServiceState, 'desired' | 'primary' | 'noPlace' | 'taskDefinition'>,
  live: readonly ServiceTask[],
): Pick<Verified, 'short'> {
  // What an earlier deployment has left running takes no place of what this one is to start.
  const coming = live.filter(({ stopping, startedBy }) => !stopping && (primary === null || startedBy === primary));
  const missing = desired - coming.length;
  if (noPlace === null || missing <= 0) return {};
  const { since, words } = noPlace;
  const todo = [
    `Service ${id} is below its count for want of capacity: ${missing} of ${desired} tasks of ${shortArn(taskDefinition)} are missing, and since ${since} ECS says: ${words}`,
    'Add capacity (room on its hosts or more of them, Fargate in another Availability Zone, another capacity provider): ECS starts what is missing by itself when there is room.',
  ].join(' ');
  return { short: { since, todo } };
}
