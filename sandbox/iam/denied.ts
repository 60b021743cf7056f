import { AwsError, type Needed } from '../account.ts';

/** How each service that does not say `AccessDeniedException` with 400 names a refusal. */
const REFUSALS: ReadonlyMap<string, readonly [code: string, status: number]> = new Map([
  ['sts', ['AccessDenied', 403]],
  ['s3', ['AccessDenied', 403]],
  ['iam', ['AccessDenied', 403]],
  ['ec2', ['UnauthorizedOperation', 403]],
  ['autoscaling', ['AccessDenied', 403]],
  ['elasticloadbalancing', ['AccessDenied', 403]],
  ['sns', ['AuthorizationError', 403]],
  ['sqs', ['AccessDeniedException', 403]],
  ['lambda', ['AccessDeniedException', 403]],
]);

/** AWS's wording; `why` is its last part, e.g. `with an explicit deny in a session policy`. */
export function denied(caller: string, { action, resource }: Needed, why: string): AwsError {
  // Nobody calls PassRole: the service that a role would be passed to refuses, in its own way.
  const service = action === 'iam:PassRole' ? '' : (action.split(':')[0] ?? '');
  const [code, status] = REFUSALS.get(service) ?? ['AccessDeniedException', 400];
  const beginning = service === 'ec2' ? 'You are not authorized to perform this operation. ' : '';
  const end = `${onResource(service, resource)} ${why}`;
  return new AwsError(code, `${beginning}User: ${caller} is not authorized to perform: ${action}${end}`, status);
}

/** S3 quotes what it is about, and EC2 leaves it out where it cannot be scoped: both as users quote them in public issues. */
function onResource(service: string, resource: string): string {
  if (service === 's3') return ` on resource: "${resource}"`;
  return service === 'ec2' && resource === '*' ? '' : ` on resource: ${resource}`;
}

export type PolicyType = 'identity-based' | 'session' | 'resource-based' | 'role trust' | 'permissions boundary';

/** IAM user guide, "Troubleshoot access denied error messages". */
const ARTICLES: Readonly<Record<PolicyType, string>> = {
  'identity-based': 'an',
  session: 'a',
  'resource-based': 'a',
  'role trust': 'the',
  'permissions boundary': 'a',
};

/** A boundary is one by itself: AWS does not call it a policy there. */
const nounOf = (type: PolicyType): string => (type === 'permissions boundary' ? type : `${type} policy`);

export const explicitly = (type: PolicyType): string => `with an explicit deny in ${ARTICLES[type]} ${nounOf(type)}`;

export const implicitly = (type: PolicyType, action: string): string =>
  `because no ${nounOf(type)} allows the ${action} action`;
