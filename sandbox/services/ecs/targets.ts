import { createHash } from 'node:crypto';
import type { Account } from '../../account.ts';
import { servedPort } from './ports.ts';
import { clusters, type StoredService, type StoredTask, type TaskStatus } from './state.ts';
import { isHealthy, tasksOf } from './tasks.ts';

/** The address of the interface of a task, or the id of the instance that it runs on, and its port there. */
export interface TargetAddress {
  readonly id: string;
  readonly port: number;
}

export interface ServiceTarget extends TargetAddress {
  /** Name of the target group. */
  readonly targetGroup: string;
  readonly taskArn: string;
  readonly healthy: boolean;
  /** Its service registers it again when it is taken out. */
  readonly registersAgain: boolean;
}

/** What a service registers with its target group, and takes out by itself: its tasks in one state. */
const targetsIn = (account: Account, wanted: TaskStatus): readonly ServiceTarget[] =>
  [...clusters(account).values()].flatMap((cluster) =>
    [...cluster.services.values()].flatMap((service) =>
      tasksOf(cluster, service).flatMap((task) => {
        const address = task.status === wanted ? addressOf(task) : undefined;
        return service.targetGroup === undefined || address === undefined
          ? []
          : [
              {
                targetGroup: service.targetGroup,
                ...address,
                taskArn: task.arn,
                healthy: isHealthy(task),
                registersAgain: service.registersAgain === true,
              },
            ];
      }),
    ),
  );

/** By the address of its own interface, or by its host (ECS developer guide, "Use load balancing": `ip` for awsvpc, else `instance`). */
function addressOf({ network, host, ports = [], definition }: StoredTask): TargetAddress | undefined {
  const { container, containerPort } = servedPort(definition);
  if (network !== undefined) return { id: network.privateIp, port: containerPort };
  const bound = ports.find((one) => one.container === container && one.containerPort === containerPort);
  return host === undefined || bound === undefined ? undefined : { id: host.ec2InstanceId, port: bound.hostPort };
}

/** What is registered with target groups: a service's tasks from the moment that they run until they are let go of. */
export const serviceTargets = (account: Account): readonly ServiceTarget[] => targetsIn(account, 'RUNNING');

/** What target groups are letting go of, because its task is being stopped. */
export const leavingTargets = (account: Account): readonly ServiceTarget[] => targetsIn(account, 'DEACTIVATING');

/** What kind of targets the service of a group registers with it. */
export const targetTypeOf = ({ definition }: Pick<StoredService, 'definition'>): 'ip' | 'instance' =>
  (definition.settings.networkMode ?? 'awsvpc') === 'awsvpc' ? 'ip' : 'instance';

/** ARN of a target group. The id at its end follows from the name. */
export const targetGroupArn = (account: Account, name: string): string =>
  `arn:aws:elasticloadbalancing:${account.region}:${account.id}:targetgroup/${name}/${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
