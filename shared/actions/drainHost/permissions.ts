import { describes } from '../../account/workloadPermissions.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Permissions } from '../contract.ts';
import { containerInstancePermissions } from '../targets/containerInstancePermissions.ts';
import { placeOfInstance } from '../targets/instanceTarget.ts';
import { chosenShape, type HostTarget } from './types.ts';

/** What `ecs.drain-host` needs on one host. Throws ActionFailed. */
export function hostPermissions(target: HostTarget, chosen?: JsonObject): Permissions {
  const place = placeOfInstance(target);
  const { partition, account, region } = place;
  const its = chosen === undefined ? undefined : chosenShape.parse(chosen);
  const host = containerInstancePermissions(place, its);
  // Of any cluster, until it is known of which it is a host.
  const on = (kind: string): string => `arn:${partition}:ecs:${region}:${account}:${kind}/${its?.cluster ?? '*'}/*`;
  return {
    read: [
      describes('ec2:DescribeInstances'),
      describes('ssm:ListCommands'),
      ...host.read,
      // AWS authorises ListTasks on the container instances of the cluster.
      { action: 'ecs:ListTasks', resource: on('container-instance') },
      { action: 'ecs:DescribeTasks', resource: on('task') },
      { action: 'ecs:DescribeServices', resource: on('service') },
    ],
    write: host.write,
  };
}
