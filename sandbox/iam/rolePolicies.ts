import { type Account, AwsError } from '../account.ts';
import { type PolicyDocument, parsePolicy } from './policy.ts';
import { type Role, replaceRole } from './roles.ts';

/** Of all inline policies of a role together, without white space (IAM quotas). */
const MOST_CHARACTERS = 10_240;

const charactersOf = (document: PolicyDocument): number => JSON.stringify(document).replaceAll(/\s/g, '').length;

/** Writes a policy into a role, in the place of one of the same name. @throws AwsError MalformedPolicyDocument, LimitExceeded */
export function putRolePolicy(account: Account, role: Role, name: string, document: PolicyDocument): void {
  const others = role.written.policies.filter((one) => one.name !== name);
  const policies = [...others, { name, document }];
  const parsed = policies.map((each) =>
    parsePolicy(each.document, 'identity', `role ${role.name}, policy ${each.name}`),
  );
  const size = policies.reduce((sum, each) => sum + charactersOf(each.document), 0);
  if (size > MOST_CHARACTERS) {
    throw new AwsError(
      'LimitExceeded',
      `Maximum policy size of ${MOST_CHARACTERS} bytes exceeded for role ${role.name}`,
      409,
    );
  }
  replaceRole(account, { ...role, policies: parsed, written: { ...role.written, policies } });
}

/** Takes a policy out of a role; false when it has none of this name. */
export function deleteRolePolicy(account: Account, role: Role, name: string): boolean {
  const policies = role.written.policies.filter((one) => one.name !== name);
  if (policies.length === role.written.policies.length) return false;
  const parsed = policies.map((each) =>
    parsePolicy(each.document, 'identity', `role ${role.name}, policy ${each.name}`),
  );
  replaceRole(account, { ...role, policies: parsed, written: { ...role.written, policies } });
  return true;
}
