import type { Account } from '../../account.ts';
import { sayOnce, serviceAction } from './events.ts';
import type { Shortage } from './placement.ts';
import type { Cluster, StoredService } from './state.ts';

/** What AWS says of Fargate, in a service's events and as the reason of a failure of RunTask. */
export const NO_CAPACITY =
  'Capacity is unavailable at this time. Please try again later or in a different availability zone';

const NOWHERE = 'was unable to place a task because no container instance met all of its requirements.';
const SEE = 'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.';

/** The service says that it found no place for a task, unless that is what it said last (developer guide, "service event messages"). */
export function sayShort(account: Account, cluster: Cluster, service: StoredService, shortage: Shortage): void {
  if (!sayOnce(account, service, wordsOf(shortage))) return;
  const hosts = 'hosts' in shortage ? { containerInstanceArns: shortage.hosts.map(({ host }) => host.arn) } : {};
  serviceAction(account, cluster, service, 'SERVICE_TASK_PLACEMENT_FAILURE', { ...hosts, reason: shortage.reason });
}

function wordsOf(shortage: Shortage): string {
  switch (shortage.reason) {
    case 'RESOURCE:FARGATE':
      return `was unable to place a task. Reason: ${NO_CAPACITY}. ${SEE}`;
    case 'RETIRED':
      return `was unable to place a task. Reason: The platform version ${shortage.version} is retired. ${SEE}`;
    case 'NO ACTIVE INSTANCES':
      return `${NOWHERE} Reason: No Container Instances were found in your cluster. ${SEE}`;
    case 'AGENT':
      return `${NOWHERE} The closest matching (container-instance ${shortage.hosts[0]?.host.id}) encountered error "AGENT". ${SEE}`;
    default: {
      const what = shortage.reason === 'RESOURCE:CPU' ? 'CPU units' : 'memory';
      return `${NOWHERE} The closest matching (container-instance ${shortage.hosts[0]?.host.id}) has insufficient ${what} available. ${SEE}`;
    }
  }
}
