import type { ContainerInstance } from '@aws-sdk/client-ecs';
import type { Command } from '@aws-sdk/client-ssm';
import { everyPage, inPartsOf, type Reads } from '../../account/reads.ts';
import { sha256Hex } from '../../platform/hash.ts';
import { targetKey } from '../contract.ts';
import type { HostTarget, Patches } from './types.ts';

export interface Host {
  /** Name of the cluster. */
  readonly cluster: string;
  readonly instance: ContainerInstance;
}

/** DescribeContainerInstances takes no more. */
const mostDescribed = 100;

/** The host of ECS that an instance is, of whatever cluster; undefined where it is none. */
export async function findHost(read: Reads, id: string): Promise<Host | undefined> {
  const { client, ListClustersCommand, ListContainerInstancesCommand } = await read.aws.ecs();
  const pages = await everyPage(
    (nextToken) =>
      client.send(new ListClustersCommand({ ...(nextToken === undefined ? {} : { nextToken }) }), read.call),
    ({ nextToken }) => nextToken,
  );
  for (const arn of pages.flatMap(({ clusterArns = [] }) => clusterArns)) {
    const cluster = arn.slice(arn.lastIndexOf('/') + 1);
    const listed = await everyPage(
      (nextToken) =>
        client.send(
          new ListContainerInstancesCommand({
            cluster,
            // Cluster query language: one of thousands of hosts is found without describing them.
            filter: `ec2InstanceId in ['${id}']`,
            ...(nextToken === undefined ? {} : { nextToken }),
          }),
          read.call,
        ),
      ({ nextToken }) => nextToken,
    );
    for (const some of inPartsOf(
      mostDescribed,
      listed.flatMap(({ containerInstanceArns = [] }) => containerInstanceArns),
    )) {
      const instance = (await describeHosts(read, cluster, some)).find(({ ec2InstanceId }) => ec2InstanceId === id);
      if (instance !== undefined) return { cluster, instance };
    }
  }
  return undefined;
}

async function describeHosts(
  read: Reads,
  cluster: string,
  arns: readonly string[],
): Promise<readonly ContainerInstance[]> {
  const { client, DescribeContainerInstancesCommand } = await read.aws.ecs();
  const answer = await client.send(
    new DescribeContainerInstancesCommand({ cluster, containerInstances: [...arns] }),
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

/** What the last patch operation has reported; null when there was none. */
export async function readPatches(read: Reads, id: string): Promise<Patches | null> {
  const { client, DescribeInstancePatchStatesCommand } = await read.aws.ssm();
  const { InstancePatchStates: states = [] } = await client.send(
    new DescribeInstancePatchStatesCommand({ InstanceIds: [id] }),
    read.call,
  );
  const state = states.find(({ InstanceId }) => InstanceId === id);
  if (state?.OperationEndTime === undefined) return null;
  return {
    operation: state.Operation ?? 'unknown',
    endedAt: state.OperationEndTime.toISOString(),
    missing: state.MissingCount ?? 0,
    failed: state.FailedCount ?? 0,
    pendingReboot: state.InstalledPendingRebootCount ?? 0,
  };
}

export const isPatched = ({ missing, failed, pendingReboot }: Patches): boolean =>
  missing + failed + pendingReboot === 0;

/** `2 missing, 0 failed, 1 awaits a reboot (Install, ended 2026-…)`. */
export const patchesText = ({ operation, endedAt, missing, failed, pendingReboot }: Patches): string =>
  `patches: ${missing} missing, ${failed} failed, ${pendingReboot} awaiting a reboot (${operation}, ended ${endedAt})`;

export const documentName = 'AWS-RunPatchBaseline';

const commentBegins = 'Firebreak ssm.patch-hosts ';

/**
 * What our command carries, because SendCommand is not idempotent: the same for every try of one patch of one host, whichever run makes it,
 * and another one once a later patch operation was reported. SSM takes 100 characters.
 */
export const commentFor = (target: HostTarget, after: string | null): string =>
  `${commentBegins}${sha256Hex(JSON.stringify([targetKey(target), after])).slice(0, 32)}`;

/** Commands are listed for 30 days; what is older than a day is no try of ours. */
const listedHours = 24;

/** The commands of ours on a host of the last day, newest first. */
export async function readOwnCommands(read: Reads, id: string, now: Date): Promise<readonly Command[]> {
  const { client, ListCommandsCommand } = await read.aws.ssm();
  const since = new Date(now.getTime() - listedHours * 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z');
  const pages = await everyPage(
    (NextToken) =>
      client.send(
        new ListCommandsCommand({
          InstanceId: id,
          Filters: [
            { key: 'DocumentName', value: documentName },
            { key: 'InvokedAfter', value: since },
          ],
          ...(NextToken === undefined ? {} : { NextToken }),
        }),
        read.call,
      ),
    ({ NextToken }) => NextToken,
  );
  const at = ({ RequestedDateTime }: Command): number => RequestedDateTime?.getTime() ?? 0;
  return pages
    .flatMap(({ Commands = [] }) => Commands)
    .filter(({ Comment }) => Comment?.startsWith(commentBegins) === true)
    .toSorted((a, b) => at(b) - at(a));
}

const goingOn: readonly (string | undefined)[] = ['Pending', 'InProgress', 'Delayed', 'Cancelling'];

export const isGoingOn = ({ Status }: Command): boolean => goingOn.includes(Status);

/** `command 0b1f… ended as Failed (Undeliverable)`. */
export function commandText(command: Command): string {
  const { CommandId = 'unknown', Status = 'unknown', StatusDetails = Status } = command;
  const details = StatusDetails === Status ? Status : `${Status} (${StatusDetails})`;
  return `command ${CommandId} ${isGoingOn(command) ? `is ${details}` : `ended as ${details}`}`;
}
