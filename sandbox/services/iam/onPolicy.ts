import { type Account, AwsError, type Needed } from '../../account.ts';
import { type ManagedPolicy, managedPolicy } from '../../iam/managedPolicies.ts';
import { noSuchEntity } from './onRole.ts';

interface NamesPolicy {
  readonly PolicyArn?: string | undefined;
}

const policyArn = /^arn:aws:iam::(?:\d{12}|aws):policy\/[!-~]+$/;

/** What IAM is asked for an operation on one managed policy. */
export const onPolicy =
  (action: string) =>
  ({ PolicyArn = '' }: NamesPolicy): readonly Needed[] => [{ action: `iam:${action}`, resource: PolicyArn }];

/** The policy with that ARN. This account has those of its file, and none of AWS's own. @throws AwsError NoSuchEntity, InvalidInput */
export function policyAsked(account: Account, arn = ''): ManagedPolicy {
  if (!policyArn.test(arn)) throw new AwsError('InvalidInput', `ARN ${arn} is not valid.`);
  const found = managedPolicy(account, arn);
  if (found === undefined) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  return found;
}
