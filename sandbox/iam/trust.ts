import type { Account, Principal } from '../account.ts';
import { contextOf } from './context.ts';
import { type Credentials, credentialsFor } from './credentials.ts';
import { tellDecision } from './decisions.ts';
import { denied, explicitly, implicitly } from './denied.ts';
import { grantOf } from './evaluate.ts';
import { nameOf } from './principals.ts';
import { type Role, roleNamed } from './roles.ts';

/**
 * Lets a caller into a role only if its trust policy does.
 * @param extra `sts:ExternalId` and `sts:RoleSessionName`, where they are known
 * @throws AwsError AccessDenied
 */
export function checkTrust(
  account: Account,
  role: Role,
  caller: Principal,
  extra: Readonly<Record<string, string>> = {},
): void {
  const roleArn = caller.kind === 'role' ? roleNamed(account, caller.roleName)?.arn : undefined;
  const needed = { action: 'sts:AssumeRole', resource: role.arn };
  // A trust policy has no Resource: the role itself is meant.
  const asked = {
    caller,
    accountId: account.id,
    roleArn,
    ...needed,
    context: contextOf(account, caller, roleArn, extra),
  };
  const granted = grantOf([role.trust], asked);
  tellDecision(account, asked, [role.trust], isIn(granted) ? undefined : implicitly('role trust', needed.action));
  if (granted === 'deny') throw denied(nameOf(caller), needed, explicitly('role trust'));
  if (granted === 'no') throw denied(nameOf(caller), needed, implicitly('role trust', needed.action));
}

const isIn = (granted: ReturnType<typeof grantOf>): boolean => granted !== 'deny' && granted !== 'no';

export interface ServiceSession {
  readonly roleName: string;
  /** e.g. `lambda.amazonaws.com` */
  readonly service: string;
  /** The function or state machine that the session is for; also `aws:SourceArn` in the trust policy. */
  readonly sourceArn: string;
  readonly sessionName: string;
  readonly durationSeconds?: number;
}

/**
 * The credentials that a service gets for a role which it runs something under (a function, a state machine).
 * @throws AwsError NoSuchEntity, AccessDenied when the role does not trust the service
 */
export function serviceCredentials(account: Account, session: ServiceSession): Credentials {
  const { roleName, service, sourceArn, sessionName, durationSeconds } = session;
  const role = roleNamed(account, roleName);
  if (role) checkTrust(account, role, { kind: 'service', service, sourceArn });
  return credentialsFor(account, roleName, sessionName, [], durationSeconds);
}
