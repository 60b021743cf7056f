import { describes } from '../../account/workloadPermissions.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Permissions } from '../contract.ts';
import { containerInstancePermissions } from '../targets/containerInstancePermissions.ts';
import { placeOfInstance } from '../targets/instanceTarget.ts';
import { documentName } from '../targets/patchCommands.ts';
import { ofCluster } from './changes.ts';
import { chosenShape, type HostTarget } from './types.ts';

/** What `ssm.patch-hosts` needs on one host. */
export function hostPermissions(target: HostTarget, chosen?: JsonObject): Permissions {
  const place = placeOfInstance(target);
  const { partition, region } = place;
  const host = containerInstancePermissions(
    place,
    chosen === undefined ? undefined : ofCluster(chosenShape.parse(chosen)),
  );
  return {
    read: [
      describes('ec2:DescribeInstances'),
      describes('ssm:DescribeInstanceInformation'),
      describes('ssm:ListCommands'),
      { action: 'ssm:DescribeInstancePatchStates', resource: target.arn },
      ...host.read,
    ],
    write: [
      // Documents of AWS's have no account in their ARN.
      { action: 'ssm:SendCommand', resource: `arn:${partition}:ssm:${region}::document/${documentName}` },
      { action: 'ssm:SendCommand', resource: target.arn },
      ...host.write,
    ],
  };
}
