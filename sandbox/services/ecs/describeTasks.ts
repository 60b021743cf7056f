import type { Container, DescribeTasksRequest, DescribeTasksResponse, Failure, Task } from '@aws-sdk/client-ecs';
import { operation } from '../../account.ts';
import { type Cluster, clusterNamed, desiredStatus, ecsArn, lastPart, named, type StoredTask, upTo } from './state.ts';

/** The digest is known once the image was pulled. */
const isPulled = ({ status }: StoredTask): boolean => status !== 'PROVISIONING' && status !== 'PENDING';

const containersOf = (task: StoredTask): Container[] =>
  task.containers.map(({ name, image, digest }) => ({
    taskArn: task.arn,
    name,
    image,
    lastStatus: isPulled(task) ? (task.status === 'STOPPED' ? 'STOPPED' : 'RUNNING') : 'PENDING',
    ...(digest === undefined || !isPulled(task) ? {} : { imageDigest: digest }),
  }));

const described = (cluster: Cluster, task: StoredTask): Task => ({
  taskArn: task.arn,
  clusterArn: cluster.arn,
  taskDefinitionArn: task.definition.arn,
  group: task.group,
  ...(task.startedBy === undefined ? {} : { startedBy: task.startedBy }),
  lastStatus: task.status,
  desiredStatus: desiredStatus(task),
  launchType: 'FARGATE',
  createdAt: new Date(task.createdAt),
  containers: containersOf(task),
});

export const describeTasks = operation<DescribeTasksRequest, DescribeTasksResponse>(
  (input, account) =>
    (input.tasks ?? []).map((task) => ({
      action: 'ecs:DescribeTasks',
      resource: ecsArn(account, `task/${lastPart(input.cluster ?? 'default')}/${lastPart(task)}`),
    })),
  (input, { account }) => {
    const asked = upTo(100, 'Tasks', input.tasks);
    const cluster = clusterNamed(account, input.cluster);
    const tasks: Task[] = [];
    const failures: Failure[] = [];
    for (const id of asked) {
      const task = named(cluster.tasks, id);
      if (task !== undefined) tasks.push(described(cluster, task));
      else {
        const arn = ecsArn(account, `task/${cluster.name}/${lastPart(id)}`);
        failures.push({ arn: id.startsWith('arn:') ? id : arn, reason: 'MISSING' });
      }
    }
    return { tasks, failures };
  },
);
