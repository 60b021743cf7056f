import { ApplicationAutoScalingClient, DescribeScalableTargetsCommand } from '@aws-sdk/client-application-auto-scaling';
import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  type Task,
} from '@aws-sdk/client-ecs';
import { rootCredentials } from '../../../sandbox/iam/credentials.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import type { AwsConfig } from '../../../shared/platform/sdk/config.ts';

export interface TaskSeen {
  readonly arn: string;
  readonly taskDefinition: string;
  readonly status: string;
  readonly container: { readonly name: string; readonly image: string };
  readonly digest: string;
}

/** A service as AWS's own API shows it. */
export interface ServiceSeen {
  readonly desired: number;
  /** `family:revision`. */
  readonly taskDefinition: string;
  /** Of the deployment under way or the last one: COMPLETED, IN_PROGRESS, FAILED. */
  readonly rollout: string;
  readonly breaker: { readonly enable: boolean; readonly rollback: boolean } | null;
  /** Those that run. */
  readonly tasks: readonly TaskSeen[];
  /** Digests of the tasks that run, each once. */
  readonly digests: readonly string[];
  readonly scaling: { readonly min: number; readonly max: number; readonly suspended: boolean } | null;
}

const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

const taskSeen = ({
  taskArn = '',
  taskDefinitionArn = '',
  lastStatus = '',
  containers: [one] = [],
}: Task): TaskSeen => ({
  arn: taskArn,
  taskDefinition: taskDefinitionArn,
  status: lastStatus,
  container: { name: one?.name ?? '', image: one?.image ?? '' },
  digest: one?.imageDigest ?? '',
});

/** Of the cluster `prod` of an account. */
export const serviceReaderOf = ({ account, door }: Sandbox): ((name: string) => Promise<ServiceSeen>) =>
  serviceReader({ region: account.region, endpoint: door.endpoint, credentials: rootCredentials(account) }, 'prod');

/** Reads services of a cluster as a person would, with the aws command. */
function serviceReader(config: AwsConfig, cluster: string): (name: string) => Promise<ServiceSeen> {
  const ecs = new ECSClient(config);
  const scaling = new ApplicationAutoScalingClient(config);
  const tasksOf = async (name: string): Promise<readonly TaskSeen[]> => {
    const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster, serviceName: name }));
    if (taskArns.length === 0) return [];
    const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
    return tasks.map(taskSeen).filter(({ status }) => status === 'RUNNING');
  };
  const scalingOf = async (name: string): Promise<ServiceSeen['scaling']> => {
    const ResourceIds = [`service/${cluster}/${name}`];
    const answer = await scaling.send(new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs', ResourceIds }));
    const [target] = answer.ScalableTargets ?? [];
    if (target === undefined) return null;
    const { MinCapacity: min = 0, MaxCapacity: max = 0, SuspendedState: suspended } = target;
    return { min, max, suspended: suspended?.DynamicScalingOutSuspended === true };
  };
  return async (name) => {
    const [service] = (await ecs.send(new DescribeServicesCommand({ cluster, services: [name] }))).services ?? [];
    if (service === undefined) throw new Error(`There is no service ${name}`);
    const tasks = await tasksOf(name);
    const { enable, rollback } = service.deploymentConfiguration?.deploymentCircuitBreaker ?? {};
    return {
      desired: service.desiredCount ?? 0,
      taskDefinition: lastPart(service.taskDefinition ?? ''),
      rollout: service.deployments?.find(({ status }) => status === 'PRIMARY')?.rolloutState ?? '',
      breaker: enable === undefined || rollback === undefined ? null : { enable, rollback },
      tasks,
      digests: [...new Set(tasks.map(({ digest }) => digest))].sort(),
      scaling: await scalingOf(name),
    };
  };
}
