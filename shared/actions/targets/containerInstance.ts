import type { ContainerInstance } from '@aws-sdk/client-ecs';
import * as z from 'zod';
import { type Reads, readsWith } from '../../account/reads.ts';
import { ActionFailed, TargetGone } from '../../platform/errors.ts';
import { type ChangingCall, lastName, textsAt } from '../changingCall.ts';
import type { ActContext, ReadContext, Target, Verified } from '../contract.ts';
import { type InstanceTarget, readInstance } from './instanceTarget.ts';

/** The host of an ECS cluster that an EC2 instance is: how it is read, drained and given tasks again. */

/** Longer than Act may run, so that the wait is never over before the call. */
export const shortestSeconds = 360;
/** An early event leaves Verify about 20 minutes: a host that is given no longer is never given up because of one. */
const longestDrainSeconds = 1200;

/** The parameter of that name: so long a host may take to be empty. */
export const drainTimeoutSeconds = z.int().min(shortestSeconds).max(longestDrainSeconds).default(900);

export interface Host {
  /** Name of the cluster. */
  readonly cluster: string;
  readonly instance: ContainerInstance;
}

/** DescribeContainerInstances takes no more. */
export const mostDescribed = 100;

/** Those of these ARNs that are there, with their tags; no more than `mostDescribed`. */
export async function describeHosts(
  read: Reads,
  cluster: string,
  arns: readonly string[],
): Promise<readonly ContainerInstance[]> {
  const { client, DescribeContainerInstancesCommand } = await read.aws.ecs();
  const answer = await client.send(
    new DescribeContainerInstancesCommand({ cluster, containerInstances: [...arns], include: ['TAGS'] }),
    read.call,
  );
  return answer.containerInstances ?? [];
}

/** A host of a cluster; undefined when it was taken out of it. */
export const readHost = async (read: Reads, cluster: string, arn: string): Promise<ContainerInstance | undefined> =>
  (await describeHosts(read, cluster, [arn]))[0];

/** Tasks that are there, or are to be. */
export const tasksOn = ({ runningTasksCount = 0, pendingTasksCount = 0 }: ContainerInstance): number =>
  runningTasksCount + pendingTasksCount;

type Status = 'ACTIVE' | 'DRAINING';

/** A host of a cluster, as a plan has chosen it: the cluster's name, and the ARN of the container instance. */
export interface OfCluster {
  readonly cluster: string;
  readonly container: string;
}

/** The state that is asked for stays until it is changed, so that a repeat does no harm. Throws TargetGone. */
export async function setStatus(
  { aws }: Pick<ActContext, 'aws'>,
  { cluster, container }: OfCluster,
  status: Status,
): Promise<ContainerInstance> {
  const { client, UpdateContainerInstancesStateCommand } = await aws.ecs();
  const asked = { cluster, containerInstances: [container], status };
  const { containerInstances = [], failures = [] } = await client.send(new UpdateContainerInstancesStateCommand(asked));
  const [instance] = containerInstances;
  if (instance !== undefined) return instance;
  const reason = failures[0]?.reason ?? 'no reason';
  if (reason === 'MISSING') throw new TargetGone('It is not in its cluster any more');
  throw new ActionFailed(`ECS did not set it to ${status} (${reason})`);
}

/** Throws ActionFailed when it was taken out of its cluster. */
export const readListed = async (read: Reads, host: OfCluster): Promise<ContainerInstance> => {
  const instance = await readHost(read, host.cluster, host.container);
  if (instance === undefined) throw new ActionFailed('It is not in its cluster any more');
  return instance;
};

/** Hosts of one cluster take turns: with two of them out, what they ran may have no place. Null for a host of none. */
export function turnOfHost(
  { account, region, arn: host }: InstanceTarget,
  { cluster }: { readonly cluster: string | null },
): Target | null {
  if (cluster === null) return null;
  const [, partition = 'aws'] = host.split(':');
  const arn = `arn:${partition}:ecs:${region}:${account}:cluster/${cluster}`;
  return { kind: 'ecs-cluster', id: cluster, arn, cluster, tasks: [], account, region };
}

/** Whoever lets a host take tasks again, or drains it. Of a host of no cluster nothing stands. */
export const hostCalls = (
  _target: InstanceTarget,
  { container }: { readonly container: string | null },
): readonly ChangingCall[] =>
  container === null
    ? []
    : [
        {
          eventName: 'UpdateContainerInstancesState',
          eventSource: 'ecs.amazonaws.com',
          isOn: (asked) => textsAt(asked, 'containerInstances').some((one) => lastName(one) === lastName(container)),
        },
      ];

/** As it was: of a host that took tasks, that it does. Of a host of no cluster (null) there is nothing to read. Throws TargetGone. */
export async function verifyStatus(
  { id }: InstanceTarget,
  host: OfCluster | null,
  before: string | null,
  { aws }: ReadContext,
): Promise<Verified> {
  const read = readsWith(aws);
  await readInstance(read, id);
  if (host === null) return { state: 'holds', seen: `${id} is a host of no cluster.`, absence: false };
  const instance = await readHost(read, host.cluster, host.container);
  const seen = `${id} is ${instance?.status ?? 'not there any more'} in cluster ${host.cluster}.`;
  return { state: instance?.status === before ? 'holds' : 'broken', seen, absence: false };
}
