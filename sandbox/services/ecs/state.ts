import type {
  ContainerDefinition,
  RegisterTaskDefinitionRequest,
  ServiceEvent,
  TaskStopCode,
} from '@aws-sdk/client-ecs';
import { type Account, AwsError, slice } from '../../account.ts';
import type { MetadataService } from '../ec2/metadataService.ts';
import type { HostVolume } from './hostVolume.ts';
import type { DeploymentLimits } from './limits.ts';
import type { PortBinding } from './portBinding.ts';
import type { ServiceDeployment, ServiceRevision, StoredDeployment } from './revisions.ts';

export interface Tags {
  readonly [key: string]: string;
}

/** A container as it was registered. */
export interface DefinedContainer extends ContainerDefinition {
  readonly name: string;
  readonly image: string;
}

export interface StoredTaskDefinition {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  readonly registeredAt: number;
  /** ARN of who registered it; absent for one of the account file. */
  readonly registeredBy?: string;
  readonly containers: readonly DefinedContainer[];
  /** Everything else that was registered, as AWS shows it. */
  readonly settings: Omit<RegisterTaskDefinitionRequest, 'family' | 'containerDefinitions' | 'tags'>;
  /** INACTIVE: it was deregistered. */
  readonly status: 'ACTIVE' | 'INACTIVE';
  tags: Tags;
}

/** A container as it was resolved: ECS pins a tag to a digest at deployment. */
export interface ResolvedContainer {
  readonly name: string;
  readonly image: string;
  /** Digest of the index for an image of several platforms; undefined before a deployment, and for registries elsewhere. */
  readonly digest: string | undefined;
  /** Once it has stopped. */
  readonly exitCode?: number;
  /** Why it never started. */
  readonly reason?: string;
}

export type TaskStatus =
  | 'PROVISIONING'
  | 'PENDING'
  | 'RUNNING'
  | 'DEACTIVATING'
  | 'STOPPING'
  | 'DEPROVISIONING'
  | 'STOPPED';

/** The network interface of a task in the network mode `awsvpc`. */
export interface TaskNetwork {
  readonly attachmentId: string;
  readonly eniId: string;
  readonly privateIp: string;
  readonly subnetId: string;
  readonly macAddress: string;
  /** Ids. */
  readonly securityGroups: readonly string[];
}

/** Times are milliseconds since the epoch. */
export interface StoredTask {
  readonly id: string;
  readonly arn: string;
  readonly definition: StoredTaskDefinition;
  /** `service:NAME`, `family:NAME` or as it was asked for */
  readonly group: string;
  /** The deployment or task set that started it, or what RunTask was told; undefined for other tasks of no service. */
  readonly startedBy: string | undefined;
  readonly createdAt: number;
  containers: readonly ResolvedContainer[];
  status: TaskStatus;
  /** The container instance that it was placed on; absent on Fargate. */
  readonly host?: ContainerInstance;
  /** The platform version of Fargate that it was started on; absent on a host. */
  readonly platform?: string;
  readonly network?: TaskNetwork;
  /** In the network modes `bridge` and `host`. */
  readonly ports?: readonly PortBinding[];
  tags?: Tags;
  /** Counts its changes of state. */
  version?: number;
  pullStartedAt?: number;
  pullStoppedAt?: number;
  startedAt?: number;
  stoppingAt?: number;
  executionStoppedAt?: number;
  stoppedAt?: number;
  stopCode?: TaskStopCode;
  stoppedReason?: string;
  /** Protected from scale-in and deployments until then. */
  protectedUntil?: number;
  /** False until its target group finds it healthy; absent without one. */
  targetHealthy?: boolean;
  /** Lists show it from then on. */
  listedAt?: number;
  /** Lists show it as one that is wanted until then, although it is being stopped. */
  wantedInListsUntil?: number;
  /** Number of the clock event that takes it on. */
  step?: number;
}

export interface StoredService {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: number;
  tags: Tags;
  /** INACTIVE: it was deleted, and is still described. */
  readonly status: 'ACTIVE' | 'INACTIVE';
  readonly launchType: 'FARGATE' | 'EC2';
  readonly schedulingStrategy: 'REPLICA' | 'DAEMON';
  readonly controller: 'ECS' | 'CODE_DEPLOY' | 'EXTERNAL';
  /** Name of the target group that its tasks are registered with. */
  readonly targetGroup?: string;
  /** It registers a task again that a call takes out of that. */
  readonly registersAgain?: true;
  /** Ids of the security groups that the interfaces of its tasks are in; without it, the default one. */
  readonly securityGroups?: readonly string[];
  limits: DeploymentLimits;
  /** Of the primary deployment: `ecs-svc/` and 19 digits. */
  readonly deploymentId: string;
  /** What the primary deployment runs. */
  definition: StoredTaskDefinition;
  revision: ServiceRevision;
  /** Of a REPLICA service; a DAEMON has one task for each active container instance. */
  desiredCount: number;
  /** The primary one, then those whose tasks are being replaced. */
  deployments: readonly [StoredDeployment, ...StoredDeployment[]];
  /** What a rollback goes back to. */
  lastCompleted?: StoredDeployment;
  /** Newest first. */
  serviceDeployments: readonly ServiceDeployment[];
  /** The last 100, newest first. */
  events: readonly ServiceEvent[];
  isSteady: boolean;
  /** How many tasks in a row never came to run. */
  startFailures: number;
  /** No task is started before. */
  retryAt?: number;
  /** For which of these times a look is queued. */
  retryQueued?: number;
  /** When the first protection ends that keeps a task which is no longer wanted. */
  heldUntil?: number;
  /** Number of the clock event at which the scheduler looks next. */
  look?: number;
}

/** An EC2 instance, whether tasks are placed on it or not. */
export interface Ec2Instance {
  readonly ec2InstanceId: string;
  /** When it was registered in its cluster, or the account began. */
  readonly registeredAt: number;
  /** Of its one network interface. */
  readonly privateIp: string;
  /** Ids of the groups that this interface is in. */
  securityGroups: readonly string[];
  /** Its root volume first; none: it has instance store alone. */
  readonly volumes: readonly HostVolume[];
  /** As EC2 shows them, that of its Auto Scaling group among them. */
  instanceTags: Tags;
  /** The service that manages it, e.g. ecs.amazonaws.com; absent for one that its owner manages. */
  readonly operator?: string;
  /** The role of its instance profile; absent for one that has none. */
  readonly roleArn?: string;
  /** When it was started; absent: when it was registered. */
  readonly launchedAt?: number;
  /** What its metadata service asks for. */
  metadata: MetadataService;
}

/** An EC2 instance that tasks are placed on. */
export interface ContainerInstance extends Ec2Instance {
  readonly id: string;
  readonly arn: string;
  tags: Tags;
  status: 'ACTIVE' | 'DRAINING';
  /** Since when it is down, and its agent not connected; absent while it is up. */
  downSince?: number;
  /** What tasks can reserve on it, in CPU units and MiB; without end where it is not known. */
  readonly cpu?: number;
  readonly memory?: number;
  /** Counts its changes of state. */
  version: number;
  /** Images that were pulled, by the reference or `NAME@DIGEST` that they were pulled by. */
  readonly cache: Map<string, string | undefined>;
}

/** What the setting of a cluster may be (ECS API reference, "ClusterSetting"). */
export const INSIGHTS = ['disabled', 'enabled', 'enhanced'] as const;
export type ContainerInsights = (typeof INSIGHTS)[number];

export interface Cluster {
  readonly arn: string;
  readonly name: string;
  tags: Tags;
  /** Whether there is room for new tasks on Fargate. */
  fargate: 'available' | 'unavailable';
  /** As its setting says: what CloudWatch collects of it. */
  containerInsights: ContainerInsights;
  readonly services: Map<string, StoredService>;
  readonly tasks: Map<string, StoredTask>;
  readonly instances: Map<string, ContainerInstance>;
}

export const clusters = slice('ecs.clusters', () => new Map<string, Cluster>());

/** Those that are hosts of no cluster, by id. */
export const otherInstances = slice('ecs.otherInstances', () => new Map<string, Ec2Instance>());

/** By `family:revision`. */
export const taskDefinitions = slice('ecs.taskDefinitions', () => new Map<string, StoredTaskDefinition>());

export const ecsArn = (account: Account, rest: string): string => `arn:aws:ecs:${account.region}:${account.id}:${rest}`;

/** The name in a name or ARN, for the resource that IAM is asked about. */
export const lastPart = (nameOrArn: string): string => nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);

/** Finds by name or full ARN; an ARN of another account, Region or cluster finds nothing. */
export const named = <T extends { readonly arn: string }>(
  things: ReadonlyMap<string, T>,
  nameOrArn: string,
): T | undefined =>
  nameOrArn.startsWith('arn:')
    ? [...things.values()].find(({ arn }) => arn === nameOrArn)
    : things.get(lastPart(nameOrArn));

/** Throws AwsError ClusterNotFoundException. Without a name, the cluster is `default`. */
export function clusterNamed(account: Account, nameOrArn = 'default'): Cluster {
  const found = named(clusters(account), nameOrArn);
  if (found !== undefined) return found;
  throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
}

/** Throws AwsError ServiceNotFoundException. */
export function serviceNamed(cluster: Cluster, nameOrArn: string | undefined): StoredService {
  const found = named(cluster.services, nameOrArn ?? '');
  if (found !== undefined) return found;
  throw new AwsError('ServiceNotFoundException', 'Service not found.');
}

/** `family` (its latest ACTIVE revision), `family:revision` or an ARN. */
export function definitionNamed(account: Account, asked: string): StoredTaskDefinition | undefined {
  const all = taskDefinitions(account);
  if (asked.includes(':')) return named(all, asked);
  return [...all.values()]
    .filter(({ family, status }) => family === asked && status === 'ACTIVE')
    .sort((a, b) => b.revision - a.revision)[0];
}

/**
 * What a task or a deployment can be started from. Throws AwsError: ClientException for one that is not there,
 * InvalidParameterException for one that was deregistered.
 */
export function startableDefinition(account: Account, asked = ''): StoredTaskDefinition {
  const found = definitionNamed(account, asked);
  if (found === undefined) throw new AwsError('ClientException', 'TaskDefinition not found.');
  if (found.status === 'INACTIVE') throw new AwsError('InvalidParameterException', 'TaskDefinition is inactive');
  return found;
}

/** What one call may name: from one up to `most`. Throws AwsError InvalidParameterException. */
export function upTo(most: number, what: string, asked: readonly string[] | undefined): readonly string[] {
  if (asked === undefined || asked.length === 0) {
    throw new AwsError('InvalidParameterException', `${what} cannot be empty.`);
  }
  if (asked.length > most) {
    throw new AwsError('InvalidParameterException', `${what} cannot have more than ${most} elements.`);
  }
  return asked;
}

const STOPPING: readonly TaskStatus[] = ['DEACTIVATING', 'STOPPING', 'DEPROVISIONING', 'STOPPED'];

/** What ECS wants a task to become: one that is being stopped counts as STOPPED although it still runs. */
export const desiredStatus = ({ status }: StoredTask): 'RUNNING' | 'STOPPED' =>
  STOPPING.includes(status) ? 'STOPPED' : 'RUNNING';
