import type { AssumeRoleRequest } from '@aws-sdk/client-sts';
import { AwsError, type Principal } from '../../account.ts';
import type { Role } from '../../iam/roles.ts';

/** Characters of a session policy (AssumeRole, Policy). */
export const MAX_POLICY_CHARACTERS = 2048;

const CHAINED_SECONDS = 3600;

const invalid = (message: string): AwsError => new AwsError('ValidationError', message);

/** What a member breaks, as AWS lists it; several come in one answer. */
const broken = (value: string | null, member: string, rule: string): string =>
  `Value ${value === null ? 'null' : `'${value}'`} at '${member}' failed to satisfy constraint: Member must ${rule}`;

/** Of AssumeRole's own members, those that this account has nothing for. */
const NOT_KEPT = [
  'PolicyArns',
  'Tags',
  'TransitiveTagKeys',
  'SourceIdentity',
  'SerialNumber',
  'TokenCode',
  'ProvidedContexts',
] as const satisfies readonly (keyof AssumeRoleRequest)[];

/** The checks of AssumeRole's input that need nothing but the input. Throws AwsError ValidationError. */
export function checkAssumeRole(input: AssumeRoleRequest): void {
  const { RoleArn: arn, Policy: policy } = input;
  const wrong = [
    ...(arn === undefined ? [broken(null, 'roleArn', 'not be null')] : lengths(arn, 'roleArn', 20, 2048)),
    ...sessionNameProblems(input.RoleSessionName),
    ...(policy === undefined ? [] : lengths(policy, 'policy', 1, MAX_POLICY_CHARACTERS)),
    ...(input.ExternalId === undefined ? [] : lengths(input.ExternalId, 'externalId', 2, 1224)),
    ...durationProblems(input.DurationSeconds),
  ];
  if (wrong.length > 0) {
    throw invalid(`${wrong.length} validation error${wrong.length === 1 ? '' : 's'} detected: ${wrong.join('; ')}`);
  }
  if (!/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(arn ?? '')) throw invalid(`${arn} is invalid`);
  const given = NOT_KEPT.find((member) => [input[member] ?? []].flat().length > 0);
  if (given !== undefined)
    throw invalid(`This account does not take ${given}: it has no managed policies, session tags or MFA.`);
}

function sessionNameProblems(name: string | undefined): readonly string[] {
  if (name === undefined) return [broken(null, 'roleSessionName', 'not be null')];
  const pattern = 'satisfy regular expression pattern: [\\w+=,.@-]*';
  return [
    ...(/^[\w+=,.@-]*$/.test(name) ? [] : [broken(name, 'roleSessionName', pattern)]),
    ...lengths(name, 'roleSessionName', 2, 64),
  ];
}

function lengths(value: string, member: string, least: number, most: number): readonly string[] {
  if (value.length < least) return [broken(value, member, `have length greater than or equal to ${least}`)];
  return value.length > most ? [broken(value, member, `have length less than or equal to ${most}`)] : [];
}

function durationProblems(given: number | undefined): readonly string[] {
  if (given === undefined) return [];
  const seconds = Number(given);
  if (!(seconds >= 900)) return [broken(String(given), 'durationSeconds', 'have value greater than or equal to 900')];
  return seconds > 43_200 ? [broken(String(given), 'durationSeconds', 'have value less than or equal to 43200')] : [];
}

/** How long the session lasts. Throws AwsError ValidationError: chained roles last an hour at most, whatever the role allows. */
export function durationOf(input: AssumeRoleRequest, role: Role, caller: Principal): number {
  const seconds = Number(input.DurationSeconds ?? CHAINED_SECONDS);
  if (caller.kind === 'role' && seconds > CHAINED_SECONDS) {
    throw invalid('The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.');
  }
  if (seconds > role.maxSessionSeconds) {
    throw invalid('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
  return seconds;
}
