import { describes } from '../../account/workloadPermissions.ts';
import type { Permission, Permissions } from '../contract.ts';
import { fitsSession } from '../sessionPolicy.ts';
import { arnIn, type ClusterPlace, checkedName, clusterArn } from './ecsTarget.ts';

/** ARN of a service. Throws ActionFailed for what is no name. */
export const serviceArn = (place: ClusterPlace, service: string): string =>
  arnIn(place, 'service', checkedName(service));

/** To read a service, what it deploys and what its tasks run, and whether its tags stand for what they did. */
export const readsDeployed = (place: ClusterPlace, service: string): readonly Permission[] => [
  { action: 'ecs:DescribeServices', resource: serviceArn(place, service) },
  { action: 'ecs:DescribeClusters', resource: clusterArn(place) },
  { action: 'ecs:DescribeServiceRevisions', resource: serviceArn(place, service) },
  { action: 'ecs:DescribeServiceRevisions', resource: arnIn(place, 'service-revision', `${service}/*`) },
  // AWS authorises ListTasks on the container instances of the cluster, on Fargate too.
  { action: 'ecs:ListTasks', resource: arnIn(place, 'container-instance', '*') },
  { action: 'ecs:DescribeTasks', resource: arnIn(place, 'task', '*') },
  describes('ecs:DescribeTaskDefinition'),
  // Its images may be of any repository of the account.
  {
    action: 'ecr:DescribeImages',
    resource: `arn:${place.partition}:ecr:${place.region}:${place.account}:repository/*`,
  },
];

/** Names may be so long that no session policy holds them as often as this. Then what is changed stays narrow, and reads give way. */
export function fitted({ read, write }: Permissions): Permissions {
  if (fitsSession([...read, ...write])) return { read, write };
  return { read: [...new Set(read.map(({ action }) => action))].map(describes), write };
}
