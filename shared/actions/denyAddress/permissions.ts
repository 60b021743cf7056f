import { describes } from '../../account/workloadPermissions.ts';
import { partitionOf } from '../../finding/partition.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Permissions } from '../contract.ts';
import { type AddressTarget, ownAddressReads } from '../targets/addressTarget.ts';
import { markTag, markValue, placeOf } from './acls.ts';
import { chosenShape } from './types.ts';

/** Changes are granted on the network ACLs that were chosen, and on none without the mark. Throws for what was chosen and names no network ACL: only where nothing was chosen is it any of them. */
export function denialPermissions({ account, region }: AddressTarget, chosen?: JsonObject): Permissions {
  const any = {
    why: 'Which network ACLs are marked is read first; the tag bounds it to those, and a session to those that the plan has chosen',
  };
  const ids =
    chosen === undefined
      ? ['*']
      : [...new Set(chosenShape.parse(chosen).entries.map(({ place }) => placeOf(place).acl))];
  return {
    write: ['ec2:CreateNetworkAclEntry', 'ec2:DeleteNetworkAclEntry'].flatMap((action) =>
      ids.map((id) => ({
        action,
        resource: `arn:${partitionOf(region)}:ec2:${region}:${account}:network-acl/${id}`,
        condition: { StringEquals: { [`aws:ResourceTag/${markTag}`]: markValue } },
        ...(chosen === undefined ? any : {}),
      })),
    ),
    read: [describes('ec2:DescribeNetworkAcls'), describes('ec2:DescribeVpcs'), ...ownAddressReads],
  };
}
