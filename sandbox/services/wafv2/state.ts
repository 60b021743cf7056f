import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { type Account, AwsError, slice } from '../../account.ts';

/** An IP set: addresses that rules of web ACLs compare a request with. */
export interface IpSet {
  readonly name: string;
  readonly id: string;
  readonly scope: 'REGIONAL' | 'CLOUDFRONT';
  readonly version: 'IPV4' | 'IPV6';
  readonly tags: { readonly [name: string]: string };
  description: string | undefined;
  addresses: readonly string[];
  /** Another one after each change. */
  token: string;
}

interface Waf {
  /** By ARN. */
  readonly sets: Map<string, IpSet>;
  /** When an IP set of a scope was changed last, virtual milliseconds. */
  readonly changedAt: Map<IpSet['scope'], number>;
}

export const waf = slice('wafv2', (): Waf => ({ sets: new Map(), changedAt: new Map() }));

/** A UUID that is the text's own. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

/** The id of a set of the account file, which follows from its name. */
export const setIdOf = (scope: IpSet['scope'], name: string): string => uuidOf(`IP set ${scope} ${name}`);

export type Scope = string | undefined;

/** "arn:aws:wafv2:REGION:ACCOUNT:SCOPE/ipset/NAME/ID"; that of CloudFront is in us-east-1 (AWS WAF developer guide, "Identity and access"). */
export function setArn(
  { id: account, region }: Pick<Account, 'id' | 'region'>,
  scope: Scope,
  name: string,
  id: string,
): string {
  const place = scope === 'CLOUDFRONT' ? `us-east-1:${account}:global` : `${region}:${account}:regional`;
  return `arn:aws:wafv2:${place}/ipset/${name}/${id}`;
}

export const invalid = (what: string): AwsError =>
  new AwsError('WAFInvalidParameterException', `Error reason: ${what}`);

/** Throws AwsError WAFInvalidParameterException for what is no scope. */
export function scopeAsked(scope: Scope): IpSet['scope'] {
  if (scope === 'REGIONAL' || scope === 'CLOUDFRONT') return scope;
  throw invalid(
    'You have used none or multiple values for a field that requires exactly one value., field: SCOPE_VALUE',
  );
}

interface Asked {
  readonly Name?: string | undefined;
  readonly Id?: string | undefined;
  readonly Scope?: Scope;
}

/** What IAM is asked about a set: its ARN, whether it is there or not. */
export const arnAsked = (account: Account, { Name = '', Id = '', Scope }: Asked): string =>
  setArn(account, Scope, Name, Id);

const missing = (): AwsError =>
  new AwsError(
    'WAFNonexistentItemException',
    'AWS WAF couldn’t perform the operation because your resource doesn’t exist.',
  );

/** Throws AwsError WAFInvalidParameterException, WAFNonexistentItemException. */
export function setAsked(account: Account, asked: Asked): IpSet {
  scopeAsked(asked.Scope);
  const found = waf(account).sets.get(arnAsked(account, asked));
  if (found === undefined) throw missing();
  return found;
}

/** Throws AwsError WAFNonexistentItemException. */
export function setOfArn(account: Account, arn: string): IpSet {
  const found = waf(account).sets.get(arn);
  if (found === undefined) throw missing();
  return found;
}

/** "AWS WAF supports all IPv4 and IPv6 CIDR ranges except for /0" (WAF API, "UpdateIPSet"). */
export function isEntry(text: string, version: IpSet['version']): boolean {
  const [, address = '', length = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const [kind, longest] = version === 'IPV4' ? [4, 32] : [6, 128];
  return isIP(address) === kind && Number(length) >= 1 && Number(length) <= longest;
}
