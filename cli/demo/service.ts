import { ApplicationAutoScalingClient, DescribeScalableTargetsCommand } from '@aws-sdk/client-application-auto-scaling';
import { DescribeServicesCommand, DescribeTasksCommand, ECSClient, ListTasksCommand } from '@aws-sdk/client-ecs';
import { clientOf } from './client.ts';
import { NotAsTold } from './scenario.ts';
import type { Theatre } from './theatre.ts';

/** A service as AWS's own API shows it. */
export interface ServiceSeen {
  readonly desired: number;
  /** `family:revision`. */
  readonly taskDefinition: string;
  /** Running tasks. */
  readonly tasks: readonly TaskSeen[];
  readonly scaling: { readonly min: number; readonly max: number; readonly suspended: boolean } | null;
}

export interface TaskSeen {
  readonly arn: string;
  readonly taskDefinition: string;
  readonly container: { readonly name: string; readonly image: string };
  readonly digest: string;
}

const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** Asks the embedded account, as a person would with the aws command. */
export async function serviceNow({ sandbox }: Theatre, cluster: string, name: string): Promise<ServiceSeen> {
  const client = clientOf({ sandbox });
  const ecs = new ECSClient(client);
  const scaling = new ApplicationAutoScalingClient(client);
  const [service] = (await ecs.send(new DescribeServicesCommand({ cluster, services: [name] }))).services ?? [];
  if (service === undefined) throw new NotAsTold(`there is no service ${cluster}/${name}`);
  const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster, serviceName: name }));
  const described =
    taskArns.length === 0 ? [] : ((await ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }))).tasks ?? []);
  const [target] =
    (
      await scaling.send(
        new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs', ResourceIds: [`service/${cluster}/${name}`] }),
      )
    ).ScalableTargets ?? [];
  return {
    desired: service.desiredCount ?? 0,
    taskDefinition: lastPart(service.taskDefinition ?? ''),
    tasks: described
      .filter(({ lastStatus }) => lastStatus === 'RUNNING')
      .map(({ taskArn = '', taskDefinitionArn = '', containers: [container] = [] }) => ({
        arn: taskArn,
        taskDefinition: taskDefinitionArn,
        container: { name: container?.name ?? '', image: container?.image ?? '' },
        digest: container?.imageDigest ?? '',
      })),
    scaling:
      target === undefined
        ? null
        : {
            min: target.MinCapacity ?? 0,
            max: target.MaxCapacity ?? 0,
            suspended: target.SuspendedState?.DynamicScalingOutSuspended === true,
          },
  };
}

/** `4 tasks of checkout-api:87 (sha256:2222…)`, one line. */
export function serviceLine(name: string, { tasks, desired, taskDefinition, scaling }: ServiceSeen): string {
  const digests = [...new Set(tasks.map(({ digest }) => digest.slice(0, 19)))].join(', ');
  const scaled =
    scaling === null ? '' : `, autoscaling ${scaling.min} to ${scaling.max}${scaling.suspended ? ' suspended' : ''}`;
  return `${name}: ${tasks.length} of ${desired} tasks run, ${taskDefinition}, ${digests || 'no digest'}${scaled}`;
}
