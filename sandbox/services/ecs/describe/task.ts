import { createHash } from 'node:crypto';
import type { Attachment, Container, Task } from '@aws-sdk/client-ecs';
import type { Account } from '../../../account.ts';
import { platformFamily } from '../platforms.ts';
import { runtimeId } from '../pull.ts';
import {
  type Cluster,
  desiredStatus,
  ecsArn,
  type ResolvedContainer,
  type StoredTask,
  type TaskStatus,
} from '../state.ts';

export const keyed = (tags: { readonly [key: string]: string }): { key: string; value: string }[] =>
  Object.entries(tags).map(([key, value]) => ({ key, value }));

const NOT_PULLED: readonly TaskStatus[] = ['PROVISIONING', 'PENDING'];

function containerStatus(task: StoredTask): string {
  if (NOT_PULLED.includes(task.status)) return 'PENDING';
  return task.status === 'STOPPED' || task.status === 'DEPROVISIONING' ? 'STOPPED' : 'RUNNING';
}

const date = (at: number): Date => new Date(at);

function container(account: Account, cluster: Cluster, task: StoredTask, one: ResolvedContainer): Container {
  const defined = task.definition.containers.find(({ name }) => name === one.name);
  const wasPulled = !NOT_PULLED.includes(task.status) && one.reason === undefined;
  return {
    containerArn: ecsArn(account, `container/${cluster.name}/${task.id}/${containerId(task, one)}`),
    taskArn: task.arn,
    name: one.name,
    image: one.image,
    lastStatus: containerStatus(task),
    cpu: String(defined?.cpu ?? 0),
    ...(defined?.memory === undefined ? {} : { memory: String(defined.memory) }),
    ...(defined?.memoryReservation === undefined ? {} : { memoryReservation: String(defined.memoryReservation) }),
    healthStatus: defined?.healthCheck !== undefined && task.status === 'RUNNING' ? 'HEALTHY' : 'UNKNOWN',
    networkBindings: (task.ports ?? [])
      .filter((binding) => binding.container === one.name && wasPulled)
      .map(({ containerPort, hostPort }) => ({ bindIP: '0.0.0.0', containerPort, hostPort, protocol: 'tcp' as const })),
    networkInterfaces:
      task.network === undefined
        ? []
        : [{ attachmentId: task.network.attachmentId, privateIpv4Address: task.network.privateIp }],
    ...(wasPulled ? { runtimeId: runtimeId(task, one.name) } : {}),
    // The digest is known once the image was pulled.
    ...(one.digest === undefined || !wasPulled ? {} : { imageDigest: one.digest }),
    ...(one.exitCode === undefined ? {} : { exitCode: one.exitCode }),
    ...(one.reason === undefined ? {} : { reason: one.reason }),
  };
}

function containerId(task: StoredTask, { name }: ResolvedContainer): string {
  const hash = createHash('sha256').update(`${task.id}/${name}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

function attachments({ region }: Account, { network, status }: StoredTask): Attachment[] {
  if (network === undefined) return [];
  const domain = region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`;
  const details = [
    { name: 'subnetId', value: network.subnetId },
    { name: 'networkInterfaceId', value: network.eniId },
    { name: 'macAddress', value: network.macAddress },
    { name: 'privateDnsName', value: `ip-${network.privateIp.replaceAll('.', '-')}.${domain}` },
    { name: 'privateIPv4Address', value: network.privateIp },
  ];
  const state = status === 'PROVISIONING' ? 'PRECREATED' : status === 'STOPPED' ? 'DELETED' : 'ATTACHED';
  return [{ id: network.attachmentId, type: 'ElasticNetworkInterface', status: state, details }];
}

/** A task as DescribeTasks, RunTask and StopTask show it. */
export function describedTask(account: Account, cluster: Cluster, task: StoredTask, withTags = false): Task {
  const { settings } = task.definition;
  const connectedAt = task.pullStartedAt ?? (NOT_PULLED.includes(task.status) ? undefined : task.createdAt);
  return {
    taskArn: task.arn,
    clusterArn: cluster.arn,
    taskDefinitionArn: task.definition.arn,
    group: task.group,
    lastStatus: task.status,
    desiredStatus: desiredStatus(task),
    launchType: task.host === undefined ? 'FARGATE' : 'EC2',
    ...(task.host === undefined
      ? { platformVersion: task.platform, platformFamily: platformFamily(task.definition) }
      : { containerInstanceArn: task.host.arn }),
    createdAt: date(task.createdAt),
    version: task.version ?? 1,
    cpu: settings.cpu ?? '256',
    memory: settings.memory ?? '512',
    availabilityZone: `${account.region}a`,
    enableExecuteCommand: false,
    healthStatus: taskHealth(task),
    attachments: attachments(account, task),
    attributes: [{ name: 'ecs.cpu-architecture', value: 'x86_64' }],
    overrides: { containerOverrides: task.containers.map(({ name }) => ({ name })) },
    containers: task.containers.map((one) => container(account, cluster, task, one)),
    ...(task.startedBy === undefined ? {} : { startedBy: task.startedBy }),
    ...(connectedAt === undefined ? {} : { connectivity: 'CONNECTED', connectivityAt: date(connectedAt) }),
    ...times(task),
    ...(task.stopCode === undefined ? {} : { stopCode: task.stopCode }),
    ...(task.stoppedReason === undefined ? {} : { stoppedReason: task.stoppedReason }),
    ...(withTags ? { tags: keyed(task.tags ?? {}) } : {}),
  };
}

function taskHealth(task: StoredTask): 'HEALTHY' | 'UNKNOWN' {
  const isChecked = task.definition.containers.some(({ healthCheck }) => healthCheck !== undefined);
  return isChecked && task.status === 'RUNNING' ? 'HEALTHY' : 'UNKNOWN';
}

const TIMES = [
  'pullStartedAt',
  'pullStoppedAt',
  'startedAt',
  'stoppingAt',
  'executionStoppedAt',
  'stoppedAt',
] as const satisfies readonly (keyof Task & keyof StoredTask)[];

const times = (task: StoredTask): Pick<Task, (typeof TIMES)[number]> =>
  Object.fromEntries(TIMES.flatMap((key) => (task[key] === undefined ? [] : [[key, date(task[key])]])));
