import { type Account, AwsError } from '../../account.ts';
import { interfaces } from './interfaces.ts';
import { type StoredGroup, securityGroups } from './vpc.ts';

/** Throws AwsError InvalidGroupId.Malformed or InvalidGroup.NotFound. */
export function groupWithId(account: Account, id: string): StoredGroup {
  if (!/^sg-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(id)) {
    throw new AwsError('InvalidGroupId.Malformed', `Invalid id: "${id}" (expecting "sg-...")`);
  }
  const found = securityGroups(account).get(id);
  if (found !== undefined) return found;
  throw new AwsError('InvalidGroup.NotFound', `The security group '${id}' does not exist`);
}

/**
 * The group that a call is about. By name alone groups of a default VPC can be asked for, and there is none. Throws AwsError
 * MissingParameter besides.
 */
export function groupAsked(account: Account, { GroupId }: { readonly GroupId?: string | undefined }): StoredGroup {
  if (GroupId !== undefined) return groupWithId(account, GroupId);
  throw new AwsError('MissingParameter', 'The request must contain the parameter groupId');
}

const MOST_ON_AN_INTERFACE = 5;

/** What a network interface can be put in. Throws AwsError. */
export function groupsForInterface(account: Account, ids: readonly string[]): readonly string[] {
  if (ids.length === 0)
    throw new AwsError('InvalidParameterValue', 'A network interface needs at least one security group.');
  if (ids.length > MOST_ON_AN_INTERFACE) {
    const message = `You have exceeded the maximum number of security groups allowed per network interface: ${MOST_ON_AN_INTERFACE}.`;
    throw new AwsError('SecurityGroupsPerInterfaceLimitExceeded', message);
  }
  return [...new Set(ids.map((id) => groupWithId(account, id).id))];
}

/** Whether something would miss the group: an interface that is in it, or a rule of another one. */
export const isInUse = (account: Account, { id }: StoredGroup): boolean =>
  interfaces(account).some(({ securityGroups: its }) => its.includes(id)) ||
  [...securityGroups(account).values()].some(
    (other) => other.id !== id && other.rules.some(({ peer }) => peer.kind === 'GroupId' && peer.value === id),
  );
