import type { DescribeTasksRequest, DescribeTasksResponse, Failure, Task } from '@aws-sdk/client-ecs';
import { operation } from '../../account.ts';
import { describedTask } from './describe/task.ts';
import { clusterNamed, ecsArn, lastPart, named, upTo } from './state.ts';

export const describeTasks = operation<DescribeTasksRequest, DescribeTasksResponse>(
  (input, account) =>
    (input.tasks ?? []).map((task) => ({
      action: 'ecs:DescribeTasks',
      resource: ecsArn(account, `task/${lastPart(input.cluster ?? 'default')}/${lastPart(task)}`),
    })),
  (input, { account }) => {
    const asked = upTo(100, 'Tasks', input.tasks);
    const cluster = clusterNamed(account, input.cluster);
    const withTags = input.include?.includes('TAGS') ?? false;
    const tasks: Task[] = [];
    const failures: Failure[] = [];
    for (const id of asked) {
      const task = named(cluster.tasks, id);
      if (task !== undefined) tasks.push(describedTask(account, cluster, task, withTags));
      else {
        const arn = ecsArn(account, `task/${cluster.name}/${lastPart(id)}`);
        failures.push({ arn: id.startsWith('arn:') ? id : arn, reason: 'MISSING' });
      }
    }
    return { tasks, failures };
  },
);
