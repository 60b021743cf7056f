import { describes } from '../../account/workloadPermissions.ts';
import { ActionFailed } from '../../platform/errors.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Permissions } from '../contract.ts';
import { type InstanceTarget, placeOfInstance } from '../targets/instanceTarget.ts';
import { chosenShape, tagNames } from './types.ts';

const shape = /^vol-[0-9a-f]{8,17}$/;

/** What EC2 answered goes into a policy: throws ActionFailed for what could widen it. */
function checked(id: string): string {
  if (shape.test(id)) return id;
  throw new ActionFailed('There is no valid id of a volume, so no permission is given for it', { evidence: { id } });
}

const creating = 'ec2:CreateSnapshots';
const untilPlanned = 'Its volumes are not known before they were read; the step names each of them';
const bounded = 'A snapshot has no id before it is made; its tag bounds it to this one host';

/** What `ec2.snapshot-volumes` needs on one host: to make snapshots of its volumes, which carry its id as a tag, and nothing of what is there. */
export function snapshotPermissions(target: InstanceTarget, given?: JsonObject): Permissions {
  const { partition, account, region } = placeOfInstance(target);
  const volume = (id: string): string => `arn:${partition}:ec2:${region}:${account}:volume/${id}`;
  // An ARN of a snapshot has no account (Service Authorization Reference, Amazon EC2).
  const anySnapshot = `arn:${partition}:ec2:${region}::snapshot/*`;
  // The role is for every host, a step for one.
  const [operator, tagged] = given === undefined ? ['StringLike', 'i-*'] : ['StringEquals', target.id];
  return {
    read: [describes('ec2:DescribeInstances'), describes('ec2:DescribeVolumes'), describes('ec2:DescribeSnapshots')],
    write: [
      { action: creating, resource: target.arn },
      ...(given === undefined
        ? [{ action: creating, resource: volume('*'), why: untilPlanned }]
        : chosenShape.parse(given).volumes.map((id) => ({ action: creating, resource: volume(checked(id)) }))),
      {
        action: creating,
        resource: anySnapshot,
        condition: { [operator]: { [`aws:RequestTag/${tagNames.of}`]: tagged } },
        why: bounded,
      },
      // A tag on a snapshot that is there already would pass it off as evidence.
      {
        action: 'ec2:CreateTags',
        resource: anySnapshot,
        condition: { StringEquals: { 'ec2:CreateAction': 'CreateSnapshots' } },
        why: bounded,
      },
    ],
  };
}
