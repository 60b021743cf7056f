import type { Role as ShownRole } from '@aws-sdk/client-iam';
import { type Account, AwsError, type Needed } from '../../account.ts';
import { inForce, type Role, roleNamed } from '../../iam/roles.ts';
import { encodedDocument } from './document.ts';

interface NamesRole {
  readonly RoleName?: string | undefined;
}

/** A role as it is written, for a call that changes it. Throws AwsError NoSuchEntity. */
export function roleToChange(account: Account, { RoleName = '' }: NamesRole): Role {
  const role = roleNamed(account, RoleName);
  if (!role) throw noSuchEntity(`The role with name ${RoleName} cannot be found.`);
  return role;
}

/** A role as it is shown: a change of a moment ago may not be there yet. Throws AwsError NoSuchEntity. */
export const roleAsked = (account: Account, input: NamesRole): Role => inForce(account, roleToChange(account, input));

export const noSuchEntity = (message: string): AwsError => new AwsError('NoSuchEntity', message, 404);

/** What IAM is asked for an operation on one role. IAM has no Region. */
export const onRole =
  (action: string) =>
  (input: NamesRole, account: Account): readonly Needed[] => [
    {
      action: `iam:${action}`,
      resource:
        roleNamed(account, input.RoleName ?? '')?.arn ?? `arn:aws:iam::${account.id}:role/${input.RoleName ?? ''}`,
    },
  ];

/** The path of `arn:aws:iam::ID:role/service/NAME` is `/service/`. */
export const pathOf = ({ arn, name }: Role): string =>
  arn.slice(arn.indexOf(':role/') + ':role'.length, arn.length - name.length);

/** A role as lists show it; GetRole says when it was used as well, which nobody counts here. */
export const shown = (role: Role) =>
  ({
    Path: pathOf(role),
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: encodedDocument(role.written.trust),
    MaxSessionDuration: role.maxSessionSeconds,
  }) satisfies ShownRole;

/** Only its service changes a service-linked role. Throws AwsError UnmodifiableEntity. */
export function unlessUnmodifiable(role: Role): Role {
  if (!pathOf(role).startsWith('/aws-service-role/')) return role;
  throw new AwsError(
    'UnmodifiableEntity',
    `Cannot perform the operation on the protected role '${role.name}' - this role is only modifiable by AWS`,
  );
}
