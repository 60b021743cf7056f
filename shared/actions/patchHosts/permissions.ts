import { describes } from '../../account/workloadPermissions.ts';
import { ActionFailed } from '../../platform/errors.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Permission, Permissions } from '../contract.ts';
import { isEcsName } from '../targets/ecsTarget.ts';
import { type InstancePlace, placeOfInstance } from '../targets/instanceTarget.ts';
import { documentName } from './reads.ts';
import { chosenShape, type HostTarget } from './types.ts';

/** With the cluster's name, or in the form of 2016 without it. */
const containerShape =
  /^arn:aws(?:-[a-z]+)*:ecs:([a-z0-9-]+):(\d{12}):container-instance\/(?:[A-Za-z0-9_-]{1,255}\/)?[0-9a-f-]{8,64}$/;

const untilPlanned = 'Which cluster it is a host of is not known before it was looked for; the step names the one host';

/** The cluster and the container instance: any, until the plan has chosen; none for a host of no cluster. */
function hostOf({ partition, account, region }: InstancePlace, chosen: JsonObject | undefined) {
  const any = (kind: string): string => `arn:${partition}:ecs:${region}:${account}:${kind}/*`;
  if (chosen === undefined) return { read: any('container-instance'), write: any('container-instance') };
  const { cluster, container } = chosenShape.parse(chosen);
  if (cluster === null || container === null) return { read: any('container-instance'), write: null };
  const [, ofRegion, ofAccount] = containerShape.exec(container) ?? [];
  if (!isEcsName(cluster) || ofRegion !== region || ofAccount !== account) {
    throw new ActionFailed('The container instance has no valid ARN, so no permission is given for it', {
      evidence: { cluster, container },
    });
  }
  return { read: any('container-instance'), write: container };
}

/** What `ssm.patch-hosts` needs on one host. */
export function hostPermissions(target: HostTarget, chosen?: JsonObject): Permissions {
  const place = placeOfInstance(target);
  const { partition, account, region } = place;
  const host = hostOf(place, chosen);
  const drains: readonly Permission[] =
    host.write === null
      ? []
      : [
          {
            action: 'ecs:UpdateContainerInstancesState',
            resource: host.write,
            ...(chosen === undefined ? { why: untilPlanned } : {}),
          },
        ];
  return {
    read: [
      describes('ec2:DescribeInstances'),
      describes('ssm:DescribeInstanceInformation'),
      describes('ssm:ListCommands'),
      { action: 'ssm:DescribeInstancePatchStates', resource: target.arn },
      describes('ecs:ListClusters'),
      { action: 'ecs:ListContainerInstances', resource: `arn:${partition}:ecs:${region}:${account}:cluster/*` },
      { action: 'ecs:DescribeContainerInstances', resource: host.read },
    ],
    write: [
      // Documents of AWS's have no account in their ARN.
      { action: 'ssm:SendCommand', resource: `arn:${partition}:ssm:${region}::document/${documentName}` },
      { action: 'ssm:SendCommand', resource: target.arn },
      ...drains,
    ],
  };
}
