import type { ScalingActivity } from '@aws-sdk/client-application-auto-scaling';
import type { Account } from '../../account.ts';
import { desiredCountOf, setDesiredCount } from '../ecs/desiredCount.ts';
import { clusters, ecsArn } from '../ecs/state.ts';
import type { ScalingState, StoredTarget } from './state.ts';

/** What may be scaled of an ECS service; other services have no scalable targets here. */
export const DIMENSION = 'ecs:service:DesiredCount';

/** Cluster and service of `service/CLUSTER/SERVICE`; undefined for anything else. */
export function serviceOf(resourceId: string): { readonly cluster: string; readonly service: string } | undefined {
  const { cluster, service } = /^service\/(?<cluster>[^/]+)\/(?<service>[^/]+)$/.exec(resourceId)?.groups ?? {};
  return cluster === undefined || service === undefined ? undefined : { cluster, service };
}

/** Whether there is a service with a count, active or deleted. */
export function isScalable(account: Account, resourceId: string): boolean {
  const found = serviceOf(resourceId);
  return found !== undefined && desiredCountOf(account, found.cluster, found.service) !== undefined;
}

/** Undefined for a service that is not active: its count stays as it is. */
export function currentCount(account: Account, resourceId: string): number | undefined {
  const found = serviceOf(resourceId);
  if (found === undefined) return undefined;
  const isActive = clusters(account).get(found.cluster)?.services.get(found.service)?.status === 'ACTIVE';
  return isActive ? desiredCountOf(account, found.cluster, found.service) : undefined;
}

export type Bounds = Pick<StoredTarget, 'minCapacity' | 'maxCapacity'>;

export const within = ({ minCapacity, maxCapacity }: Bounds, count: number): number =>
  Math.min(Math.max(count, minCapacity), maxCapacity);

type Told = Pick<ScalingActivity, 'Description' | 'Cause' | 'StatusMessage' | 'EndTime'>;

/** Enters an activity that went well. */
export function record(account: Account, { activities }: ScalingState, resourceId: string, told: Told): void {
  activities.push({
    ActivityId: account.random.uuid(),
    ServiceNamespace: 'ecs',
    ResourceId: resourceId,
    ScalableDimension: DIMENSION,
    StartTime: new Date(account.clock.now()),
    StatusCode: 'Successful',
    ...told,
  });
}

/** Sets the count as the service-linked role of Application Auto Scaling, and records the activity. */
export function scaleTo(account: Account, state: ScalingState, resourceId: string, count: number, cause: string): void {
  const found = serviceOf(resourceId);
  if (found === undefined) return;
  setDesiredCount(account, found.cluster, found.service, count);
  account.trail.push({
    at: account.clock.now(),
    principal: 'ecs.application-autoscaling.amazonaws.com',
    action: 'ecs:UpdateService',
    resource: ecsArn(account, resourceId),
    result: 'ok',
  });
  record(account, state, resourceId, {
    Description: `Setting desired count to ${count}.`,
    Cause: cause,
    EndTime: new Date(account.clock.now()),
    StatusMessage: `Successfully set desired count to ${count}. Change successfully fulfilled by ecs.`,
  });
}

/** Brings a count that is outside the bounds to the nearer one. */
export function pullInto(account: Account, state: ScalingState, resourceId: string, bounds: Bounds): void {
  const current = currentCount(account, resourceId);
  if (current === undefined) return;
  const wanted = within(bounds, current);
  if (wanted === current) return;
  const bound = wanted > current ? 'minimum' : 'maximum';
  scaleTo(account, state, resourceId, wanted, `${bound} capacity was set to ${wanted}`);
}
