import type { GetTaskProtectionRequest, GetTaskProtectionResponse } from '@aws-sdk/client-ecs';
import { operation } from '../../account.ts';
import { protectable, protectionOf } from './protection.ts';
import { clusterNamed, ecsArn, lastPart, upTo } from './state.ts';

export const getTaskProtection = operation<GetTaskProtectionRequest, GetTaskProtectionResponse>(
  (input, account) =>
    (input.tasks ?? []).map((task) => ({
      action: 'ecs:GetTaskProtection',
      resource: ecsArn(account, `task/${lastPart(input.cluster ?? 'default')}/${lastPart(task)}`),
    })),
  (input, { account }) => {
    const asked = upTo(100, 'Tasks', input.tasks);
    const { tasks, failures } = protectable(account, clusterNamed(account, input.cluster), asked);
    return { protectedTasks: tasks.map((task) => protectionOf(account, task)), failures };
  },
);
