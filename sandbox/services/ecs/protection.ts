import type { Failure, ProtectedTask } from '@aws-sdk/client-ecs';
import type { Account } from '../../account.ts';
import { type Cluster, ecsArn, lastPart, named, type StoredTask } from './state.ts';
import { isProtected, isWanted, serviceOfTask } from './tasks.ts';

/** Sorts out the tasks of one request: those of services, and why the others have no protection. */
export function protectable(
  account: Account,
  cluster: Cluster,
  asked: readonly string[],
): { readonly tasks: readonly StoredTask[]; readonly failures: Failure[] } {
  const tasks: StoredTask[] = [];
  const failures: Failure[] = [];
  for (const id of asked) {
    const task = named(cluster.tasks, id);
    const arn = id.startsWith('arn:') ? id : ecsArn(account, `task/${cluster.name}/${lastPart(id)}`);
    if (task === undefined) failures.push({ arn, reason: 'MISSING' });
    else if (serviceOfTask(cluster, task) === undefined || !isWanted(task)) {
      failures.push({ arn, reason: 'TASK_NOT_VALID' });
    } else tasks.push(task);
  }
  return { tasks, failures };
}

export const protectionOf = (account: Account, task: StoredTask): ProtectedTask =>
  isProtected(task, account.clock.now())
    ? { taskArn: task.arn, protectionEnabled: true, expirationDate: new Date(task.protectedUntil ?? 0) }
    : { taskArn: task.arn, protectionEnabled: false };
