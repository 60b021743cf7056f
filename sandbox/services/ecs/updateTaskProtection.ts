import type { UpdateTaskProtectionRequest, UpdateTaskProtectionResponse } from '@aws-sdk/client-ecs';
import { AwsError, operation } from '../../account.ts';
import { protectable, protectionOf } from './protection.ts';
import { type Cluster, clusterNamed, ecsArn, lastPart, type StoredTask, upTo } from './state.ts';
import { isHealthy, isProtected, isWanted, serviceOfTask, tasksOf, wantedCount } from './tasks.ts';
import { wake } from './wake.ts';

const USUAL_MINUTES = 120;
const MOST_MINUTES = 2_880;

/** Protects tasks of services from scale-in and deployments for a time, or no longer. */
export const updateTaskProtection = operation<UpdateTaskProtectionRequest, UpdateTaskProtectionResponse>(
  (input, account) =>
    (input.tasks ?? []).map((task) => ({
      action: 'ecs:UpdateTaskProtection',
      resource: ecsArn(account, `task/${lastPart(input.cluster ?? 'default')}/${lastPart(task)}`),
    })),
  (input, { account }) => {
    const asked = upTo(10, 'Tasks', input.tasks);
    const { protectionEnabled, expiresInMinutes: minutes = USUAL_MINUTES } = input;
    if (typeof protectionEnabled !== 'boolean') {
      throw new AwsError('InvalidParameterException', 'protectionEnabled cannot be empty.');
    }
    if (!Number.isInteger(minutes) || minutes < 1 || minutes > MOST_MINUTES) {
      throw new AwsError('InvalidParameterException', `expiresInMinutes must be from 1 to ${MOST_MINUTES}.`);
    }
    const cluster = clusterNamed(account, input.cluster);
    const now = account.clock.now();
    const found = protectable(account, cluster, asked);
    const blocked = protectionEnabled ? found.tasks.filter((task) => isBlocking(cluster, task, now)) : [];
    const changed = found.tasks.filter((task) => !blocked.includes(task));
    for (const task of changed) {
      if (protectionEnabled) task.protectedUntil = now + minutes * 60_000;
      else delete task.protectedUntil;
      const service = serviceOfTask(cluster, task);
      // What was held back by the protection goes on.
      if (service !== undefined && !protectionEnabled) wake(account, cluster, service);
    }
    return {
      protectedTasks: changed.map((task) => protectionOf(account, task)),
      failures: [...found.failures, ...blocked.map(({ arn }) => ({ arn, reason: 'DEPLOYMENT_BLOCKED' }))],
    };
  },
);

/** "One or more protected tasks are preventing the service deployment from reaching a steady state" (API failure reasons). */
function isBlocking(cluster: Cluster, task: StoredTask, now: number): boolean {
  const service = serviceOfTask(cluster, task);
  if (service === undefined || service.deployments[0].rolloutState !== 'IN_PROGRESS') return false;
  const wanted = tasksOf(cluster, service).filter(isWanted);
  const own = wanted.filter(({ startedBy }) => startedBy === service.deploymentId);
  const others = wanted.filter((each) => !own.includes(each));
  return (
    own.filter(isHealthy).length === wantedCount(cluster, service) &&
    others.length > 0 &&
    others.every((each) => isProtected(each, now))
  );
}
