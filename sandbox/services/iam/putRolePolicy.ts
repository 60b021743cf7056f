import type { PutRolePolicyRequest } from '@aws-sdk/client-iam';
import { AwsError, operation } from '../../account.ts';
import type { PolicyDocument } from '../../iam/policy.ts';
import { putRolePolicy as put } from '../../iam/rolePolicies.ts';
import { onRole, roleToChange, unlessUnmodifiable } from './onRole.ts';

/** In force a little later (`roles.ts`). Throws NoSuchEntity, UnmodifiableEntity, MalformedPolicyDocument, LimitExceeded. */
export const putRolePolicy = operation<PutRolePolicyRequest, Record<string, never>>(
  onRole('PutRolePolicy'),
  (input, { account }) => {
    const { PolicyName = '', PolicyDocument: text = '' } = input;
    const role = unlessUnmodifiable(roleToChange(account, input));
    if (!/^[\w+=,.@-]{1,128}$/.test(PolicyName)) {
      throw new AwsError('ValidationError', 'The specified value for policyName is invalid.');
    }
    put(account, role, PolicyName, documentOf(text));
    return {};
  },
);

function documentOf(text: string): PolicyDocument {
  try {
    return JSON.parse(text);
  } catch {
    throw new AwsError('MalformedPolicyDocument', 'Syntax errors in policy.');
  }
}
