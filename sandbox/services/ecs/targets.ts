import { createHash } from 'node:crypto';
import type { Account } from '../../account.ts';
import { clusters, type TaskStatus } from './state.ts';
import { isHealthy, tasksOf } from './tasks.ts';

export interface ServiceTarget {
  /** Name of the target group. */
  readonly targetGroup: string;
  readonly ip: string;
  readonly taskArn: string;
  readonly healthy: boolean;
}

/** What a service registers with its target group, and takes out by itself: its tasks in one state. */
const targetsIn = (account: Account, wanted: TaskStatus): readonly ServiceTarget[] =>
  [...clusters(account).values()].flatMap((cluster) =>
    [...cluster.services.values()].flatMap((service) =>
      tasksOf(cluster, service).flatMap((task) =>
        service.targetGroup === undefined || task.network === undefined || task.status !== wanted
          ? []
          : [
              {
                targetGroup: service.targetGroup,
                ip: task.network.privateIp,
                taskArn: task.arn,
                healthy: isHealthy(task),
              },
            ],
      ),
    ),
  );

/** What is registered with target groups: a service's tasks from the moment that they run until they are let go of. */
export const serviceTargets = (account: Account): readonly ServiceTarget[] => targetsIn(account, 'RUNNING');

/** What target groups are letting go of, because its task is being stopped. */
export const leavingTargets = (account: Account): readonly ServiceTarget[] => targetsIn(account, 'DEACTIVATING');

/** ARN of a target group. The id at its end follows from the name. */
export const targetGroupArn = (account: Account, name: string): string =>
  `arn:aws:elasticloadbalancing:${account.region}:${account.id}:targetgroup/${name}/${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
