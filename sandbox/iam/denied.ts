import { AwsError, type Needed } from '../account.ts';

/** How each service that does not say `AccessDeniedException` with 400 names a refusal. */
const REFUSALS: ReadonlyMap<string, readonly [code: string, status: number]> = new Map([
  ['sts', ['AccessDenied', 403]],
  ['s3', ['AccessDenied', 403]],
  ['iam', ['AccessDenied', 403]],
  ['ec2', ['UnauthorizedOperation', 403]],
  ['elasticloadbalancing', ['AccessDenied', 403]],
  ['sns', ['AuthorizationError', 403]],
  ['lambda', ['AccessDeniedException', 403]],
]);

/** AWS's wording; `why` is its last part, e.g. `with an explicit deny in a session policy`. */
export function denied(caller: string, { action, resource }: Needed, why: string): AwsError {
  // Nobody calls PassRole: the service that a role would be passed to refuses, in its own way.
  const service = action === 'iam:PassRole' ? '' : (action.split(':')[0] ?? '');
  const [code, status] = REFUSALS.get(service) ?? ['AccessDeniedException', 400];
  return new AwsError(
    code,
    `${service === 'ec2' ? 'You are not authorized to perform this operation. ' : ''}User: ${caller} is not authorized to perform: ${action} on resource: ${resource} ${why}`,
    status,
  );
}

export type PolicyType = 'identity-based' | 'session' | 'resource-based' | 'role trust';

export const explicitly = (type: PolicyType): string =>
  `with an explicit deny in ${type === 'identity-based' ? 'an' : 'a'} ${type} policy`;

export const implicitly = (type: PolicyType, action: string): string =>
  `because no ${type} policy allows the ${action} action`;
