import type { StopTaskRequest, StopTaskResponse } from '@aws-sdk/client-ecs';
import { AwsError, operation } from '../../account.ts';
import { describedTask } from './describe/task.ts';
import { stop } from './lifecycle.ts';
import { clusterNamed, ecsArn, lastPart, named } from './state.ts';

/** Protection does not hold it back: it is from scale-in and deployments alone. A task that is being stopped already is shown. */
export const stopTask = operation<StopTaskRequest, StopTaskResponse>(
  (input, account) => [
    {
      action: 'ecs:StopTask',
      resource: ecsArn(account, `task/${lastPart(input.cluster ?? 'default')}/${lastPart(input.task ?? '')}`),
    },
  ],
  (input, { account }) => {
    const cluster = clusterNamed(account, input.cluster);
    const task = named(cluster.tasks, input.task ?? '');
    if (task === undefined || task.status === 'STOPPED') {
      throw new AwsError('InvalidParameterException', 'The referenced task was not found.');
    }
    stop(account, cluster, task, 'UserInitiated', input.reason ?? 'Task stopped by user');
    return { task: describedTask(account, cluster, task) };
  },
);
