import type { Account, Principal } from '../account.ts';

/** What a call's conditions are compared with; keys in lower case, because condition keys do not distinguish case. */
export type Context = ReadonlyMap<string, string>;

export type PolicyKind = 'identity' | 'session' | 'resource' | 'trust';

const ALWAYS = [
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principalisawsservice',
  'aws:requestedregion',
  'aws:securetransport',
  'aws:tokenissuetime',
];
/** Keys of single services: an operation gives their values with what it needs. */
const OF_THE_CALL = [
  'application-autoscaling:service-namespace',
  'application-autoscaling:scalable-dimension',
  'ec2:createaction',
  'ecs:createaction',
  'iam:passedtoservice',
  'iam:permissionsboundary',
  'kms:encryptioncontext:secretarn',
  'kms:viaservice',
];
/** Of a request to a function's URL. */
const OF_A_URL = ['lambda:functionurlauthtype', 'lambda:invokedviafunctionurl'];
const FROM_A_SERVICE = ['aws:sourcearn', 'aws:sourceaccount', 'aws:sourceowner'];

/** The condition keys that this account fills. A policy with any other is refused at load: it would have to be guessed. */
export const conditionKeys: Readonly<Record<PolicyKind, readonly string[]>> = {
  identity: [...ALWAYS, ...OF_THE_CALL],
  session: [...ALWAYS, ...OF_THE_CALL],
  resource: [...ALWAYS, ...FROM_A_SERVICE, ...OF_A_URL],
  trust: [...ALWAYS, ...FROM_A_SERVICE, 'sts:externalid', 'sts:rolesessionname'],
};

/** Tags of what is asked for, and of what it is done to. */
export const isTagKey = (kind: PolicyKind, key: string): boolean =>
  (kind === 'identity' || kind === 'session') && /^aws:re(?:quest|source)tag\/./.test(key);

/** What a token of an EKS cluster says: whose it is, and for whom it was made. No call here brings one. */
export const isTokenKey = (kind: PolicyKind, key: string): boolean =>
  kind === 'trust' && /^oidc\.eks\.[a-z0-9-]+\.amazonaws\.com\/id\/[a-z0-9]+:(?:sub|aud)$/.test(key);

/** Variables that may stand in a Resource or a condition's value: their values hold no wildcard and no colon. */
export const policyVariables: readonly string[] = ['aws:principalaccount', 'aws:requestedregion', 'aws:sourceaccount'];

/**
 * The context of one call. `aws:SecureTransport` is true, because the front door stands for AWS's HTTPS endpoints.
 * `roleArn` is the role behind a session: what `aws:PrincipalArn` holds, not the session's own ARN.
 */
export function contextOf(
  account: Account,
  principal: Principal,
  roleArn: string | undefined,
  extra: Readonly<Record<string, string>> = {},
): Context {
  const context = new Map<string, string>([
    ['aws:requestedregion', account.region],
    ['aws:securetransport', 'true'],
    ['aws:principalisawsservice', String(principal.kind === 'service')],
  ]);
  if (principal.kind === 'service') {
    context.set('aws:sourcearn', principal.sourceArn);
    context.set('aws:sourceaccount', account.id);
    context.set('aws:sourceowner', account.id);
  } else if (principal.kind !== 'anonymous') {
    context.set('aws:principalaccount', account.id);
    context.set('aws:principalarn', roleArn ?? principal.arn);
    if (principal.kind === 'role' && principal.issuedAt !== undefined) {
      // To the second, as IAM has it.
      context.set('aws:tokenissuetime', `${new Date(principal.issuedAt).toISOString().slice(0, 19)}Z`);
    }
  }
  for (const [key, value] of Object.entries(extra)) context.set(key.toLowerCase(), value);
  return context;
}
