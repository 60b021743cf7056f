import { type Account, slice } from '../account.ts';
import { type Policy, type PolicyDocument, parsePolicy } from './policy.ts';

/** A customer managed policy, with its default version alone: the one that is in force. */
export interface ManagedPolicy {
  readonly name: string;
  readonly arn: string;
  /** `ANPA…`. */
  readonly id: string;
  readonly path: string;
  /** `v1`, `v2` … */
  readonly version: string;
  readonly policy: Policy;
  /** As it was written, to be shown. */
  readonly document: PolicyDocument;
  /** Milliseconds since the epoch, virtual. */
  readonly createdAt: number;
}

export interface ManagedPolicyInput extends Pick<ManagedPolicy, 'name' | 'path' | 'version' | 'document'> {}

const policiesOf = slice('iam.managedPolicies', () => new Map<string, ManagedPolicy>());

/** Of another text under the same name, the later one is in force at once. @throws AwsError MalformedPolicyDocument */
export function putManagedPolicy(account: Account, { name, path, version, document }: ManagedPolicyInput): void {
  const arn = `arn:aws:iam::${account.id}:policy${path}${name}`;
  const known = policiesOf(account).get(arn);
  policiesOf(account).set(arn, {
    ...{ name, arn, path, version, document },
    id: known?.id ?? `ANPA${account.random.hex(17).toUpperCase()}`,
    policy: parsePolicy(document, 'identity', `policy ${name}`),
    createdAt: known?.createdAt ?? account.clock.now(),
  });
}

export const managedPolicy = (account: Account, arn: string): ManagedPolicy | undefined => policiesOf(account).get(arn);
