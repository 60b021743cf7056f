import { describes } from '../../account/workloadPermissions.ts';
import { ActionFailed } from '../../platform/errors.ts';
import type { Permission } from '../contract.ts';
import type { OfCluster } from './containerInstance.ts';
import { isEcsName } from './ecsTarget.ts';
import type { InstancePlace } from './instanceTarget.ts';

/** With the cluster's name, or in the form of 2016 without it. */
const containerShape =
  /^arn:aws(?:-[a-z]+)*:ecs:([a-z0-9-]+):(\d{12}):container-instance\/(?:[A-Za-z0-9_-]{1,255}\/)?[0-9a-f-]{8,64}$/;

const untilPlanned = 'Which cluster it is a host of is not known before it was looked for; the step names the one host';

/** Throws ActionFailed for what is no container instance of that place: a `*` in it would widen the policy. */
function checked({ cluster, container }: OfCluster, { account, region }: InstancePlace): string {
  const [, ofRegion, ofAccount] = containerShape.exec(container) ?? [];
  if (!isEcsName(cluster) || ofRegion !== region || ofAccount !== account) {
    throw new ActionFailed('The container instance has no valid ARN, so no permission is given for it', {
      evidence: { cluster, container },
    });
  }
  return container;
}

/**
 * What it takes to find a host of ECS, and to drain it and let it take tasks again: any, while it is undefined, because nobody has looked for it
 * yet; none, where it is of no cluster (null). Throws ActionFailed.
 */
export function containerInstancePermissions(place: InstancePlace, host: OfCluster | null | undefined) {
  const any = (kind: string): string => `arn:${place.partition}:ecs:${place.region}:${place.account}:${kind}/*`;
  const action = 'ecs:UpdateContainerInstancesState';
  const write: readonly Permission[] =
    host === undefined
      ? [{ action, resource: any('container-instance'), why: untilPlanned }]
      : host === null
        ? []
        : [{ action, resource: checked(host, place) }];
  const read: readonly Permission[] = [
    describes('ecs:ListClusters'),
    { action: 'ecs:ListContainerInstances', resource: any('cluster') },
    { action: 'ecs:DescribeContainerInstances', resource: any('container-instance') },
  ];
  return { read, write };
}
