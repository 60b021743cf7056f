import { longTermKey, userName } from '../../finding/accessKey.ts';
import { ActionFailed } from '../../platform/errors.ts';
import type { Permission, Target } from '../contract.ts';

export type KeyTarget = Target<'access-key'>;

const place = /^arn:(aws(?:-[a-z]+)*):iam::(\d{12}):user\//;

/** The partition of a key whose id, user and account are sound. Throws ActionFailed: a `*` in one of them would widen a policy. */
export function partitionOfKey({ id, user, arn, account }: KeyTarget): string {
  const [, partition, owner] = place.exec(arn) ?? [];
  if (partition !== undefined && owner === account && longTermKey.test(id) && userName.test(user)) return partition;
  throw new ActionFailed('There is no valid account, user and long-term access key, so no permission is given for it', {
    evidence: { id, user, arn, account },
  });
}

/**
 * Grants on one user: IAM scopes no call to a key. A user's name is unique in an account whatever the path, and has no slash, so that both
 * forms together mean that one user.
 */
export function onUser(target: KeyTarget, ...actions: readonly string[]): readonly Permission[] {
  const users = `arn:${partitionOfKey(target)}:iam::${target.account}:user`;
  return actions.flatMap((action) => [
    { action, resource: `${users}/${target.user}` },
    { action, resource: `${users}/*/${target.user}` },
  ]);
}

/** Where what IAM is asked is written down: it is a global service, whose calls CloudTrail shows in one Region. */
export const regionOfIam = (target: KeyTarget): string =>
  ({ 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1' })[partitionOfKey(target)] ?? 'us-east-1';
