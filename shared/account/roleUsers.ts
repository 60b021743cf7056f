import type { Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { definitionsOf, servicesOf } from './ecsServiceUsers.ts';
import { readClusters, tasksOf } from './ecsUsers.ts';
import { attempt, everyPage, type Reads, type Unread } from './reads.ts';

/** A task that runs under a role, or with it as the role that pulls its images and writes its logs. */
export interface RoleTask {
  readonly arn: string;
  /** `cluster/service`; null for a task of none. */
  readonly service: string | null;
  readonly stopped: boolean;
}

/** What uses a role in this account and Region, as far as it is looked at. Names are `cluster/service`, of functions, and `i-…`. */
export interface RoleUsers {
  readonly services: readonly string[];
  /** Those that are not stopped; of those that are, the accused. */
  readonly tasks: readonly RoleTask[];
  readonly functions: readonly string[];
  readonly instances: readonly string[];
  readonly unread: readonly Unread[];
}

/** The name at the end of `arn:aws:iam::ID:role/path/NAME`, or of an instance profile's ARN. */
export const nameInArn = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** Whether a task, by its ARN, is accused: its service is its own, and no other user, though it has stopped. */
type IsAccused = (arn: string) => boolean;

/** Who uses a role: ECS tasks and services, Lambda functions, EC2 instances. What cannot be read is in `unread`. */
export async function readRoleUsers(read: Reads, role: string, isAccused: IsAccused): Promise<RoleUsers> {
  const unread: Unread[] = [];
  const ecs = await readEcs(read, role, isAccused, unread);
  const functions = await readFunctions(read, role, unread);
  const instances = await readInstances(read, role, unread);
  return { ...ecs, functions, instances, unread };
}

type Roles = Pick<TaskDefinition, 'taskRoleArn' | 'executionRoleArn'>;

const isIn = ({ taskRoleArn, executionRoleArn }: Roles, role: string): boolean =>
  [taskRoleArn, executionRoleArn].some((arn) => arn !== undefined && nameInArn(arn) === role);

/** What a task overrides counts instead of what its definition says. */
const rolesOf = ({ overrides }: Task, definition: Roles): Roles => {
  const taskRoleArn = overrides?.taskRoleArn ?? definition.taskRoleArn;
  const executionRoleArn = overrides?.executionRoleArn ?? definition.executionRoleArn;
  return {
    ...(taskRoleArn === undefined ? {} : { taskRoleArn }),
    ...(executionRoleArn === undefined ? {} : { executionRoleArn }),
  };
};

async function readEcs(
  read: Reads,
  role: string,
  isAccused: IsAccused,
  unread: Unread[],
): Promise<Pick<RoleUsers, 'services' | 'tasks'>> {
  const definitions = new Map<string, Roles | null>();
  const usesIt = async (definition: string | undefined, task?: Task): Promise<boolean> => {
    if (definition === undefined) return false;
    if (!definitions.has(definition)) definitions.set(definition, await readRoles(read, definition, unread));
    const roles = definitions.get(definition) ?? {};
    return isIn(task === undefined ? roles : rolesOf(task, roles), role);
  };
  const services: string[] = [];
  const tasks: RoleTask[] = [];
  for (const cluster of (await readClusters(read, { unread })) ?? []) {
    const name = nameInArn(cluster);
    await attempt(unread, `ECS services of ${name}`, async () => {
      for (const service of await servicesOf(read, cluster, { unread })) {
        if (service.status === 'INACTIVE') continue;
        for (const definition of definitionsOf(service)) {
          const id = `${name}/${service.serviceName}`;
          if (!services.includes(id) && (await usesIt(definition))) services.push(id);
        }
      }
    });
    await attempt(unread, `ECS tasks of ${name}`, async () => {
      for (const task of await tasksOf(read, cluster, { unread })) {
        const { taskArn: arn, lastStatus, taskDefinitionArn, group = '' } = task;
        const stopped = lastStatus === 'STOPPED';
        if (arn === undefined || (stopped && !isAccused(arn)) || !(await usesIt(taskDefinitionArn, task))) continue;
        const service = group.startsWith('service:') ? `${name}/${group.slice('service:'.length)}` : null;
        tasks.push({ arn, service, stopped });
      }
    });
  }
  return { services: services.sort(), tasks };
}

async function readRoles(read: Reads, taskDefinition: string, unread: Unread[]): Promise<Roles | null> {
  const { client, DescribeTaskDefinitionCommand } = await read.aws.ecs();
  const answer = await attempt(unread, nameInArn(taskDefinition), () =>
    client.send(new DescribeTaskDefinitionCommand({ taskDefinition }), read.call),
  );
  return answer?.taskDefinition ?? null;
}

async function readFunctions(read: Reads, role: string, unread: Unread[]): Promise<readonly string[]> {
  const { client, ListFunctionsCommand } = await read.aws.lambda();
  const pages = await attempt(unread, 'Lambda functions', () =>
    everyPage(
      (Marker) => client.send(new ListFunctionsCommand({ MaxItems: 50, Marker }), read.call),
      (page) => page.NextMarker,
    ),
  );
  const functions = pages?.flatMap((page) => page.Functions ?? []) ?? [];
  return functions.flatMap(({ Role, FunctionName }) =>
    Role !== undefined && nameInArn(Role) === role ? (FunctionName ?? []) : [],
  );
}

/** An instance has a role by a profile, which may have another name. */
async function readInstances(read: Reads, role: string, unread: Unread[]): Promise<readonly string[]> {
  const profiles = await attempt(unread, `instance profiles of ${role}`, () => readProfiles(read, role));
  if (profiles === null || profiles.length === 0) return [];
  const { client, DescribeInstancesCommand } = await read.aws.ec2();
  const Filters = [{ Name: 'iam-instance-profile.arn', Values: profiles }];
  const pages = await attempt(unread, `EC2 instances with role ${role}`, () =>
    everyPage(
      (NextToken) => client.send(new DescribeInstancesCommand({ Filters, NextToken }), read.call),
      (page) => page.NextToken,
    ),
  );
  const instances = pages?.flatMap((page) => page.Reservations ?? []).flatMap(({ Instances = [] }) => Instances) ?? [];
  return instances.flatMap(({ InstanceId, State }) =>
    InstanceId === undefined || State?.Name === 'terminated' ? [] : [InstanceId],
  );
}

async function readProfiles(read: Reads, RoleName: string): Promise<string[]> {
  const { client, ListInstanceProfilesForRoleCommand } = await read.aws.iam();
  const pages = await everyPage(
    (Marker) => client.send(new ListInstanceProfilesForRoleCommand({ RoleName, Marker }), read.call),
    (page) => page.Marker,
  );
  return pages.flatMap((page) => page.InstanceProfiles ?? []).flatMap(({ Arn }) => Arn ?? []);
}
