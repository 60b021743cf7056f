import { type Account, AwsError } from '../../account.ts';
import { aclsNamed, type StoredAcl } from './networkAcls.ts';

export const invalid = (name: string, value: unknown): AwsError =>
  new AwsError('InvalidParameterValue', `Value (${String(value)}) for parameter ${name} is invalid.`);

/** A form carries numbers and booleans as text. */
interface Asked {
  readonly NetworkAclId?: string | undefined;
  readonly RuleNumber?: unknown;
  readonly Egress?: unknown;
}

/**
 * Which entry a call is about. Throws AwsError MissingParameter, `InvalidNetworkAclID.NotFound`, or InvalidParameterValue for a number that is no
 * "positive integer from 1 to 32766" (EC2 API reference).
 */
export function entryAsked(
  account: Account,
  input: Asked,
): { readonly acl: StoredAcl; readonly number: number; readonly egress: boolean } {
  const lacks = (['NetworkAclId', 'RuleNumber', 'Egress'] as const).find((name) => input[name] === undefined);
  if (lacks !== undefined) {
    const name = `${lacks.charAt(0).toLowerCase()}${lacks.slice(1)}`;
    throw new AwsError('MissingParameter', `The request must contain the parameter ${name}`);
  }
  const number = Number(input.RuleNumber);
  if (!(Number.isInteger(number) && number >= 1 && number <= 32_766)) throw invalid('ruleNumber', input.RuleNumber);
  const [acl] = aclsNamed(account, [input.NetworkAclId ?? '']);
  if (acl === undefined) throw invalid('networkAclId', input.NetworkAclId);
  return { acl, number, egress: String(input.Egress) === 'true' };
}
