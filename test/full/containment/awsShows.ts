import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  type ScalableTarget,
} from '@aws-sdk/client-application-auto-scaling';
import { DescribeImagesCommand, DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListServicesCommand,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
  type Service,
  type Task,
} from '@aws-sdk/client-ecs';
import { rootCredentials } from '../../../sandbox/iam/credentials.ts';
import type { Stage } from '../../system/stage.ts';
import { cluster, repository, service } from './world.ts';

/** What an undo is to bring back, in AWS's own words. */
export interface Declared {
  readonly taskDefinition: string;
  /** By container, of the revision that the service runs. */
  readonly version: { readonly [container: string]: string };
  readonly desired: number;
  readonly scaling: { readonly min: number; readonly max: number; readonly suspended: string } | null;
  readonly breaker: { readonly enable: boolean; readonly rollback: boolean };
}

/** Where each field that the action declares to restore is shown. */
export const shownAs = {
  taskDefinition: 'taskDefinition',
  version: 'version',
  count: 'desired',
  scaling: 'scaling',
  breaker: 'breaker',
} as const satisfies { readonly [field: string]: keyof Declared };

export interface TaskShown {
  readonly arn: string;
  /** Of each container that has pulled its image. */
  readonly digests: readonly string[];
  readonly running: boolean;
  readonly definition: string;
  readonly containers: readonly { readonly name: string; readonly image: string }[];
}

/** The account, as its administrator reads it. */
export interface Shown {
  readonly declared: Declared;
  /** Tasks of the service in any state but STOPPED. */
  readonly tasks: readonly TaskShown[];
  /** Digest -> status of the service's own repository. */
  readonly images: { readonly [digest: string]: string };
  /** Everything else: what a containment of the service must not touch. */
  readonly others: unknown;
}

const lastPart = (arn = ''): string => arn.slice(arn.lastIndexOf('/') + 1);

export const clientOf = ({ account, sandbox }: Stage) => ({
  region: account.region,
  endpoint: sandbox.door.endpoint,
  credentials: rootCredentials(account),
});

const resourceId = `service/${cluster}/${service}`;

function scalingOf(targets: readonly ScalableTarget[]): Declared['scaling'] {
  const target = targets.find(({ ResourceId }) => ResourceId === resourceId);
  if (target === undefined) return null;
  const { DynamicScalingInSuspended, DynamicScalingOutSuspended, ScheduledScalingSuspended } =
    target.SuspendedState ?? {};
  const switches = {
    in: DynamicScalingInSuspended,
    out: DynamicScalingOutSuspended,
    scheduled: ScheduledScalingSuspended,
  };
  const on = Object.entries(switches).flatMap(([name, value]) => (value === true ? [name] : []));
  return { min: target.MinCapacity ?? -1, max: target.MaxCapacity ?? -1, suspended: on.join(' ') };
}

/** Every task that is not STOPPED; those that are being stopped are listed under STOPPED. */
async function liveTasks(ecs: ECSClient): Promise<readonly Task[]> {
  const arns = new Set<string>();
  for (const desiredStatus of ['RUNNING', 'STOPPED'] as const) {
    const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster, desiredStatus }));
    for (const arn of taskArns) arns.add(arn);
  }
  const { tasks = [] } = arns.size === 0 ? {} : await ecs.send(new DescribeTasksCommand({ cluster, tasks: [...arns] }));
  return tasks
    .filter(({ lastStatus }) => lastStatus !== 'STOPPED')
    .toSorted((a, b) => (String(a.taskArn) < String(b.taskArn) ? -1 : 1));
}

const taskShown = ({
  taskArn = '',
  taskDefinitionArn = '',
  containers = [],
  lastStatus,
  desiredStatus,
}: Task): TaskShown => ({
  arn: taskArn,
  digests: containers.flatMap(({ imageDigest }) => imageDigest ?? []),
  running: lastStatus === 'RUNNING' && desiredStatus === 'RUNNING',
  definition: taskDefinitionArn,
  containers: containers.map(({ name = '', image = '' }) => ({ name, image })),
});

/** Digests of the revision that is, or is being, deployed; none where ECS deploys nothing (CODE_DEPLOY, EXTERNAL). */
async function versionOf(ecs: ECSClient, shown: Service | undefined): Promise<Declared['version']> {
  const arns = (shown?.currentServiceRevisions ?? []).flatMap(({ arn }) => arn ?? []);
  if (arns.length === 0) return {};
  const { serviceRevisions = [] } = await ecs.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns: arns }));
  const [latest] = serviceRevisions
    .filter(({ taskDefinition }) => taskDefinition === shown?.taskDefinition)
    .toSorted((a, b) => Number(b.createdAt) - Number(a.createdAt));
  return Object.fromEntries(
    (latest?.containerImages ?? []).map(({ containerName = '', imageDigest = '' }) => [containerName, imageDigest]),
  );
}

async function imagesIn(ecr: ECRClient, repositoryName: string) {
  const { imageDetails = [] } = await ecr.send(
    new DescribeImagesCommand({ repositoryName, filter: { imageStatus: 'ANY' } }),
  );
  // A service that comes back pulls its other images again.
  return imageDetails
    .map(({ lastRecordedPullTime: _pulled, ...image }) => image)
    .toSorted((a, b) => (String(a.imageDigest) < String(b.imageDigest) ? -1 : 1));
}

/** Reads all of it with the administrator's key. */
export async function look(stage: Stage): Promise<Shown> {
  const client = clientOf(stage);
  const ecs = new ECSClient(client);
  const ecr = new ECRClient(client);
  const scaling = new ApplicationAutoScalingClient(client);
  const { serviceArns = [] } = await ecs.send(new ListServicesCommand({ cluster, maxResults: 10 }));
  const { services = [] } = await ecs.send(
    new DescribeServicesCommand({ cluster, services: serviceArns, include: ['TAGS'] }),
  );
  const shown = services.find(({ serviceName }) => serviceName === service);
  const { ScalableTargets: targets = [] } = await scaling.send(
    new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs' }),
  );
  const tasks = await liveTasks(ecs);
  const isOurs = ({ group }: Task): boolean => group === `service:${service}`;
  const { repositories = [] } = await ecr.send(new DescribeRepositoriesCommand({}));
  const elsewhere: unknown[] = [];
  for (const { repositoryName = '' } of repositories) {
    if (repositoryName !== repository) elsewhere.push(await imagesIn(ecr, repositoryName));
  }
  const { taskDefinitionArns = [] } = await ecs.send(new ListTaskDefinitionsCommand({}));
  const { enable = false, rollback = false } = shown?.deploymentConfiguration?.deploymentCircuitBreaker ?? {};
  return {
    declared: {
      taskDefinition: lastPart(shown?.taskDefinition),
      version: await versionOf(ecs, shown),
      desired: shown?.desiredCount ?? -1,
      scaling: scalingOf(targets),
      breaker: { enable, rollback },
    },
    tasks: tasks.filter(isOurs).map(taskShown),
    images: Object.fromEntries(
      (await imagesIn(ecr, repository)).map(({ imageDigest = '', imageStatus = '' }) => [imageDigest, imageStatus]),
    ),
    others: {
      services: services.filter(({ serviceName }) => serviceName !== service),
      tasks: tasks.filter((task) => !isOurs(task)),
      targets: targets.filter(({ ResourceId }) => ResourceId !== resourceId),
      images: elsewhere,
      definitions: taskDefinitionArns.filter((arn) => !lastPart(arn).startsWith(service)),
    },
  };
}
