import type { Principal } from '../account.ts';

/** A policy's Principal element. `aws` holds `*`, account ids, and ARNs of accounts, roles and sessions. */
export interface Principals {
  readonly aws: readonly string[];
  readonly services: readonly string[];
}

/**
 * How a policy names the caller. `session`, `role` and `service` (which is also how `*` names anybody) grant by themselves; `account` only hands the decision to the account's
 * own identity policies.
 */
export type Named = 'session' | 'role' | 'account' | 'service' | 'no';

const ACCOUNT = /^(?:\d{12}|arn:aws:iam::\d{12}:root)$/;
const ROLE_OR_SESSION = /^arn:aws:(?:iam::\d{12}:(?:role|user)\/|sts::\d{12}:assumed-role\/)[^*?]+$/;

/** Wildcards inside a principal's ARN are refused by IAM: only `*` alone stands for everyone. */
export const isPrincipal = (text: string): boolean => text === '*' || ACCOUNT.test(text) || ROLE_OR_SESSION.test(text);

export function namedBy(
  principals: Principals,
  caller: Principal,
  accountId: string,
  roleArn: string | undefined,
): Named {
  if (caller.kind === 'service') {
    return principals.services.includes(caller.service) || principals.aws.includes('*') ? 'service' : 'no';
  }
  if (caller.kind === 'anonymous') return principals.aws.includes('*') ? 'service' : 'no';
  if (caller.kind === 'role' && principals.aws.includes(caller.arn)) return 'session';
  if (roleArn !== undefined && principals.aws.includes(roleArn)) return 'role';
  if (principals.aws.includes('*')) return 'role';
  const account = [accountId, `arn:aws:iam::${accountId}:root`];
  return principals.aws.some((each) => account.includes(each)) ? 'account' : 'no';
}

/** Those of a policy's principals that name the caller. */
export const naming = (
  principals: Principals,
  ...caller: [caller: Principal, accountId: string, roleArn: string | undefined]
): readonly string[] => [
  ...principals.aws.filter((one) => namedBy({ aws: [one], services: [] }, ...caller) !== 'no'),
  ...principals.services.filter((one) => namedBy({ aws: [], services: [one] }, ...caller) !== 'no'),
];

/** How a caller is named in errors and the trail. */
export const nameOf = (caller: Principal): string => (caller.kind === 'service' ? caller.service : caller.arn);
