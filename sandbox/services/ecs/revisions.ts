import { createHash } from 'node:crypto';
import type { DeploymentRolloutState, ServiceDeploymentStatus } from '@aws-sdk/client-ecs';
import type { Account } from '../../account.ts';
import type { Platform } from './platforms.ts';
import {
  type Cluster,
  ecsArn,
  type ResolvedContainer,
  type StoredService,
  type StoredTaskDefinition,
} from './state.ts';

/** What one deployment rolls out. Its digests are those that the tags had when it began, or when its first task started. */
export interface ServiceRevision {
  readonly arn: string;
  readonly definition: StoredTaskDefinition;
  readonly createdAt: number;
  readonly containers: readonly ResolvedContainer[];
  /** Absent on hosts. */
  readonly platform?: Platform;
}

/** What DescribeServices calls a deployment: the tasks of one revision. A task set is kept as one, too. */
export interface StoredDeployment {
  /** `ecs-svc/` and 19 digits: the `startedBy` of its tasks. */
  readonly id: string;
  readonly createdAt: number;
  updatedAt: number;
  revision: ServiceRevision;
  rolloutState: DeploymentRolloutState;
  rolloutStateReason: string;
  failedTasks: number;
}

/** What DescribeServiceDeployments shows: one change from a revision to another, and back where that failed. */
export interface ServiceDeployment {
  readonly arn: string;
  /** The StoredDeployment that it began with. */
  readonly deploymentId: string;
  readonly createdAt: number;
  readonly target: ServiceRevision;
  readonly sources: readonly ServiceRevision[];
  status: ServiceDeploymentStatus;
  statusReason?: string;
  updatedAt: number;
  startedAt?: number;
  finishedAt?: number;
  stoppedAt?: number;
  /** How often a task did not start, as the circuit breaker counts. */
  failureCount: number;
  /** The circuit breaker ended it. */
  isBroken?: boolean;
  rollback?: { readonly reason: string; readonly startedAt: number; readonly serviceRevisionArn: string };
}

const UNDER_WAY: readonly ServiceDeploymentStatus[] = [
  'PENDING',
  'IN_PROGRESS',
  'STOP_REQUESTED',
  'ROLLBACK_REQUESTED',
  'ROLLBACK_IN_PROGRESS',
];

export const isUnderWay = ({ status }: ServiceDeployment): boolean => UNDER_WAY.includes(status);

/** The one that is not over yet; there is one at the most. */
export const underWay = ({ serviceDeployments }: StoredService): ServiceDeployment | undefined =>
  serviceDeployments.find(isUnderWay);

/** By ARN, among those of every service that ECS deploys. */
export function findServiceDeployment(clusters: ReadonlyMap<string, Cluster>, arn: string) {
  for (const cluster of clusters.values()) {
    for (const service of cluster.services.values()) {
      const deployment = service.serviceDeployments.find((each) => each.arn === arn);
      if (deployment !== undefined && service.controller === 'ECS') return { cluster, service, deployment };
    }
  }
  return undefined;
}

/** Every revision that is known, the current one first, each once. */
export function revisionsOf(service: StoredService): readonly ServiceRevision[] {
  const all = new Map<string, ServiceRevision>();
  const known = [
    ...service.deployments.map(({ revision }) => revision),
    ...service.serviceDeployments.flatMap(({ target, sources }) => [target, ...sources]),
  ];
  for (const revision of known) if (!all.has(revision.arn)) all.set(revision.arn, revision);
  return [...all.values()];
}

/** 19 digits: how ECS numbers deployments and revisions. */
export const digits = (account: Account): string =>
  `1${Array.from({ length: 18 }, () => Math.floor(account.random.next() * 10)).join('')}`;

export const newDeploymentId = (account: Account): string => `ecs-svc/${digits(account)}`;

export const newRevisionArn = (account: Account, clusterName: string, serviceName: string): string =>
  ecsArn(account, `service-revision/${clusterName}/${serviceName}/${digits(account)}`);

/** Its id has 21 letters on AWS; here they follow from the deployment's. */
export const serviceDeploymentArn = (
  account: Account,
  clusterName: string,
  serviceName: string,
  deploymentId: string,
): string => {
  const id = createHash('sha256').update(deploymentId).digest('base64url').slice(0, 21);
  return ecsArn(account, `service-deployment/${clusterName}/${serviceName}/${id}`);
};
