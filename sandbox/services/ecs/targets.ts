import { createHash } from 'node:crypto';
import type { Account } from '../../account.ts';
import { clusters } from './state.ts';
import { isHealthy, tasksOf } from './tasks.ts';

export interface ServiceTarget {
  /** Name of the target group. */
  readonly targetGroup: string;
  readonly ip: string;
  readonly taskArn: string;
  readonly healthy: boolean;
}

/** What is registered with target groups: a service's tasks from the moment that they run until they are let go of. */
export const serviceTargets = (account: Account): readonly ServiceTarget[] =>
  [...clusters(account).values()].flatMap((cluster) =>
    [...cluster.services.values()].flatMap((service) =>
      tasksOf(cluster, service).flatMap((task) =>
        service.targetGroup === undefined || task.network === undefined || task.status !== 'RUNNING'
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

/** ARN of a target group. The id at its end follows from the name. */
export const targetGroupArn = (account: Account, name: string): string =>
  `arn:aws:elasticloadbalancing:${account.region}:${account.id}:targetgroup/${name}/${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
