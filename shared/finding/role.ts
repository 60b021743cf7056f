import { fieldsIn, textIn } from './given.ts';
import { composeArn, type Place, readName } from './place.ts';
import { type Fields, readOptional } from './read.ts';
import type { RoleResource } from './resource.ts';

/** What IAM allows in the name of a role. */
export const roleName = /^[\w+=,.@-]{1,64}$/;
/** GuardDuty's words for credentials of a role. Anything else is a user, the root user or a service. */
const ofRole = new Set(['AssumedRole', 'Role']);

export const isOfRole = (accessKey: Fields): boolean => ofRole.has(textIn(accessKey, 'userType') ?? '');

/**
 * A role whose credentials were used. The event gives the name without the role's path, and so does the ARN here.
 * `AROA…:SESSION` is the principal of a session; of an ECS task the session is its id.
 */
export function iamRole(name: string, principal: string | null, place: Place): RoleResource {
  const [, ...session] = (principal ?? '').split(':');
  return {
    kind: 'role',
    id: name,
    arn: composeArn('iam', place, `role/${name}`),
    session: session.length === 0 || session[0] === '' ? null : session.join(':'),
  };
}

/** `AccessKey` of a role; null for that of anybody else, and when no role is named. */
export function roleResource(resource: Fields, place: Place): RoleResource | null {
  const details = fieldsIn(resource, 'accessKeyDetails');
  if (!isOfRole(details)) return null;
  const name = readOptional(details, 'detail.resource.accessKeyDetails', 'userName', (value, path) =>
    readName(value, path, roleName),
  );
  return name === null ? null : iamRole(name, textIn(details, 'principalId'), place);
}

/** Whether an ARN is that of a role by its account and name: a name is unique in an account, whatever its path. */
export const isRole = (arn: string, { id, account }: { readonly id: string; readonly account: string }): boolean =>
  arn.slice(arn.lastIndexOf('/') + 1) === id && arn.split(':')[4] === account;

/** A role by its ARN, path and all; null for anything else. Nobody is named to whom it was given. */
export function roleOfArn(arn: string): RoleResource | null {
  const id = arn.slice(arn.lastIndexOf('/') + 1);
  return /^arn:aws(?:-[a-z]+)*:iam::\d{12}:role\//.test(arn) && roleName.test(id)
    ? { kind: 'role', id, arn, session: null }
    : null;
}
