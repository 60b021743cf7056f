import { describes } from '../../account/workloadPermissions.ts';
import { ActionFailed } from '../../platform/errors.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Permission, Permissions } from '../contract.ts';
import { placeOfInstance } from '../targets/instanceTarget.ts';
import { chosenShape, type HostTarget } from './types.ts';

const idShape = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const untilPlanned =
  'Which associations have failed is not known before they were looked for; the step names those that it applies';

/** What `ssm.reapply-association` needs on one host. */
export function associationPermissions(target: HostTarget, chosen?: JsonObject): Permissions {
  const { partition, account, region } = placeOfInstance(target);
  const on = (id: string): string => `arn:${partition}:ssm:${region}:${account}:association/${id}`;
  return {
    read: [
      describes('ec2:DescribeInstances'),
      describes('ssm:DescribeInstanceInformation'),
      { action: 'ssm:DescribeInstanceAssociationsStatus', resource: target.arn },
      { action: 'ssm:DescribeAssociation', resource: on('*') },
      { action: 'ssm:DescribeAssociationExecutions', resource: on('*') },
      { action: 'ssm:DescribeAssociationExecutionTargets', resource: on('*') },
    ],
    write:
      chosen === undefined
        ? [{ action: 'ssm:StartAssociationsOnce', resource: on('*'), why: untilPlanned }]
        : chosenShape.parse(chosen).apply.map((id): Permission => {
            if (!idShape.test(id)) {
              throw new ActionFailed('There is no valid association, so no permission is given for it', {
                evidence: { id },
              });
            }
            return { action: 'ssm:StartAssociationsOnce', resource: on(id) };
          }),
  };
}
