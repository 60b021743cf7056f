import type { Reads } from './reads.ts';

/** How Application Auto Scaling may change a service's desired count. Plain JSON. */
export type Scaling = {
  readonly min: number;
  readonly max: number;
  readonly suspended: { readonly in: boolean; readonly out: boolean; readonly scheduled: boolean };
};

/** AWS's own names for what is scaled. */
export const scalableDimension = 'ecs:service:DesiredCount';
export const scalableNamespace = 'ecs';
export const scalableId = (cluster: string, service: string): string => `service/${cluster}/${service}`;

/** Null when the service has no scalable target: then none may be registered. Throws the SDK's own error. */
export async function readScaling(read: Reads, cluster: string, service: string): Promise<Scaling | null> {
  const { client, DescribeScalableTargetsCommand } = await read.aws.applicationAutoScaling();
  const answer = await client.send(
    new DescribeScalableTargetsCommand({
      ServiceNamespace: scalableNamespace,
      ResourceIds: [scalableId(cluster, service)],
      ScalableDimension: scalableDimension,
    }),
    read.call,
  );
  const [target] = answer.ScalableTargets ?? [];
  if (target === undefined) return null;
  const { MinCapacity = 0, MaxCapacity = 0, SuspendedState: state } = target;
  return {
    min: MinCapacity,
    max: MaxCapacity,
    suspended: {
      in: state?.DynamicScalingInSuspended === true,
      out: state?.DynamicScalingOutSuspended === true,
      scheduled: state?.ScheduledScalingSuspended === true,
    },
  };
}

/** Whether it changes the count by itself at present. */
export const scales = (scaling: Scaling | null): boolean =>
  scaling !== null && !(scaling.suspended.in && scaling.suspended.out && scaling.suspended.scheduled);

/** A count within the limits of today: what was right then may not be allowed any more. */
export const clamped = (count: number, scaling: Scaling | null): number =>
  scaling === null ? count : Math.min(Math.max(count, scaling.min), scaling.max);
