import type { AssumeRoleRequest } from '@aws-sdk/client-sts';
import { AwsError, type Principal } from '../../account.ts';
import type { Role } from '../../iam/roles.ts';

/** Characters of a session policy (AssumeRole, Policy). */
export const MAX_POLICY_CHARACTERS = 2048;

const CHAINED_SECONDS = 3600;

const invalid = (message: string): AwsError => new AwsError('ValidationError', message);

const constraint = (value: string, member: string, rule: string): AwsError =>
  invalid(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${rule}`,
  );

/** The checks of AssumeRole's input that need nothing but the input. Throws AwsError ValidationError. */
export function checkAssumeRole(input: AssumeRoleRequest): void {
  const name = input.RoleSessionName ?? '';
  if (!/^[\w+=,.@-]*$/.test(name)) {
    throw constraint(name, 'roleSessionName', 'satisfy regular expression pattern: [\\w+=,.@-]*');
  }
  if (name.length < 2) throw constraint(name, 'roleSessionName', 'have length greater than or equal to 2');
  if (name.length > 64) throw constraint(name, 'roleSessionName', 'have length less than or equal to 64');
  if (input.Policy !== undefined && input.Policy.length > MAX_POLICY_CHARACTERS) {
    throw constraint(input.Policy, 'policy', `have length less than or equal to ${MAX_POLICY_CHARACTERS}`);
  }
  if ((input.PolicyArns ?? []).length > 0)
    throw invalid('This account has no managed policies to take PolicyArns from.');
}

/** How long the session lasts. Throws AwsError ValidationError: chained roles last an hour at most, whatever the role allows. */
export function durationOf(input: AssumeRoleRequest, role: Role, caller: Principal): number {
  const seconds = Number(input.DurationSeconds ?? CHAINED_SECONDS);
  if (!Number.isInteger(seconds) || seconds < 900) {
    throw constraint(String(seconds), 'durationSeconds', 'have value greater than or equal to 900');
  }
  if (caller.kind === 'role' && seconds > CHAINED_SECONDS) {
    throw invalid('The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.');
  }
  if (seconds > role.maxSessionSeconds) {
    throw invalid('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
  return seconds;
}
