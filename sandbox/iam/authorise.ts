import { type Account, AwsError, type Needed, type Principal } from '../account.ts';
import { contextOf } from './context.ts';
import { tellDecision } from './decisions.ts';
import { denied, explicitly, implicitly, type PolicyType } from './denied.ts';
import { type Asked, grantOf, verdictOf } from './evaluate.ts';
import { managedPolicy } from './managedPolicies.ts';
import { type Policy, parsePolicy } from './policy.ts';
import { nameOf } from './principals.ts';
import { resourcePoliciesOf } from './resourcePolicies.ts';
import { inForce, type Role, roleNamed } from './roles.ts';

/**
 * May this caller do all of this? An explicit deny anywhere wins. Otherwise the role's identity policies must allow it (or, within
 * the account, the resource's policy that names the role), and the role's boundary and every session policy too.
 * @param resourcePolicy instead of the policies attached to the resource, for a service that keeps its own
 * @throws AwsError AccessDeniedException (or as the service names it) in AWS's wording
 */
export function authorise(
  account: Account,
  principal: Principal,
  needed: readonly Needed[],
  resourcePolicy?: Policy,
): void {
  // The administrator stands outside: the person or driver who set the account up.
  if (principal.kind === 'root') return;
  for (const each of needed) {
    const attached = resourcePolicy ? [resourcePolicy] : resourcePoliciesOf(account, each.resource);
    const why =
      principal.kind === 'role'
        ? refusedToRole(account, principal, each, attached)
        : refusedToStranger(account, principal, each, attached);
    if (why !== undefined) throw denied(nameOf(principal), each, why);
  }
}

type Of<K extends Principal['kind']> = Extract<Principal, { kind: K }>;

/** A service, or anybody: only the resource's own policy can let them in. */
function refusedToStranger(
  account: Account,
  caller: Of<'service' | 'anonymous'>,
  needed: Needed,
  attached: readonly Policy[],
) {
  const context = contextOf(account, caller, undefined, needed.context);
  const asked: Asked = { caller, accountId: account.id, roleArn: undefined, ...needed, context };
  const refused = serviceRefusal(grantOf(attached, asked), needed);
  tellDecision(account, asked, attached, refused);
  return refused;
}

function serviceRefusal(granted: ReturnType<typeof grantOf>, needed: Needed): string | undefined {
  if (granted === 'deny') return explicitly('resource-based');
  return granted === 'service' ? undefined : implicitly('resource-based', needed.action);
}

function refusedToRole(account: Account, caller: Of<'role'>, needed: Needed, attached: readonly Policy[]) {
  const known = roleNamed(account, caller.roleName);
  if (!known)
    throw new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.');
  const role = inForce(account, known);
  const context = contextOf(account, caller, role.arn, needed.context);
  const asked: Asked = { caller, accountId: account.id, roleArn: role.arn, ...needed, context };
  const refused = roleRefusal(role, boundaryOf(account, role), caller, asked, attached);
  tellDecision(account, asked, [...role.policies, ...attached], refused);
  return refused;
}

/** None where a role has no boundary. One that is gone allows nothing. */
export const boundaryOf = (account: Account, { boundary }: Role): readonly Policy[] | undefined =>
  boundary === undefined ? undefined : [managedPolicy(account, boundary)?.policy ?? { name: boundary, statements: [] }];

function roleRefusal(
  role: Role,
  boundary: readonly Policy[] | undefined,
  caller: Of<'role'>,
  asked: Asked,
  attached: readonly Policy[],
): string | undefined {
  const identity = verdictOf(role.policies, asked);
  const bounded = boundary === undefined ? 'allow' : verdictOf(boundary, asked);
  const sessions = caller.sessionPolicies.map((text) => verdictOf([parsePolicy(text, 'session', caller.arn)], asked));
  const resource = grantOf(attached, asked);

  const denying: PolicyType | undefined =
    identity === 'deny'
      ? 'identity-based'
      : bounded === 'deny'
        ? 'permissions boundary'
        : sessions.includes('deny')
          ? 'session'
          : resource === 'deny'
            ? 'resource-based'
            : undefined;
  if (denying) return explicitly(denying);
  // A resource's policy that names this very session is not bounded by the boundary or the session policies, and one that names the role is: AWS documents it so.
  if (resource === 'session') return undefined;
  if (identity !== 'allow' && resource !== 'role') return implicitly('identity-based', asked.action);
  if (bounded !== 'allow') return implicitly('permissions boundary', asked.action);
  return sessions.every((each) => each === 'allow') ? undefined : implicitly('session', asked.action);
}
