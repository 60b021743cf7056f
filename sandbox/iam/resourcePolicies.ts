import { type Account, type Principal, slice } from '../account.ts';
import { contextOf } from './context.ts';
import { tellDecision } from './decisions.ts';
import { implicitly } from './denied.ts';
import { type Asked, grantOf } from './evaluate.ts';
import { type Policy, type PolicyDocument, parsePolicy } from './policy.ts';

const policiesOf = slice('iam.resourcePolicies', () => new Map<string, readonly Policy[]>());

/** Adds a policy to a queue, topic, bucket or function (a function gets one for each permission). */
export function attachResourcePolicy(account: Account, resourceArn: string, document: PolicyDocument | string): void {
  const policy = parsePolicy(document, 'resource', `policy of ${resourceArn}`);
  policiesOf(account).set(resourceArn, [...resourcePoliciesOf(account, resourceArn), policy]);
}

/** What hangs on a resource; an object in a bucket is under the bucket's policy. */
export function resourcePoliciesOf(account: Account, resourceArn: string): readonly Policy[] {
  const owner = resourceArn.startsWith('arn:aws:s3:::') ? (resourceArn.split('/')[0] ?? resourceArn) : resourceArn;
  return policiesOf(account).get(owner) ?? [];
}

/** All that hang on anything. */
export const allResourcePolicies = (account: Account): readonly Policy[] => [...policiesOf(account).values()].flat();

export interface ServiceCall {
  /** e.g. `events.amazonaws.com` */
  readonly service: string;
  /** The rule, topic or alarm for which the service acts. */
  readonly sourceArn: string;
  readonly action: string;
  readonly resourceArn: string;
}

/** May an AWS service do this to a resource? Only the resource's own policy can say so. */
export function serviceAllowed(account: Account, call: ServiceCall): boolean {
  const caller: Principal = { kind: 'service', service: call.service, sourceArn: call.sourceArn };
  const asked: Asked = {
    caller,
    accountId: account.id,
    roleArn: undefined,
    action: call.action,
    resource: call.resourceArn,
    context: contextOf(account, caller, undefined),
  };
  const policies = resourcePoliciesOf(account, call.resourceArn);
  const allowed = grantOf(policies, asked) === 'service';
  tellDecision(account, asked, policies, allowed ? undefined : implicitly('resource-based', call.action));
  return allowed;
}

/** The same, and into the trail: for a service about to do it. */
export function serviceMay(account: Account, call: ServiceCall): boolean {
  const allowed = serviceAllowed(account, call);
  account.trail.push({
    at: account.clock.now(),
    principal: call.service,
    action: call.action,
    resource: call.resourceArn,
    result: allowed ? 'ok' : 'AccessDenied',
  });
  return allowed;
}
