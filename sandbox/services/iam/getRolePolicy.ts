import type { GetRolePolicyRequest, GetRolePolicyResponse } from '@aws-sdk/client-iam';
import { operation } from '../../account.ts';
import { encodedDocument } from './document.ts';
import { noSuchEntity, onRole, roleAsked } from './onRole.ts';

/** Throws NoSuchEntity for a role or a policy that is not there. */
export const getRolePolicy = operation<GetRolePolicyRequest, GetRolePolicyResponse>(
  onRole('GetRolePolicy'),
  (input, { account }) => {
    const role = roleAsked(account, input);
    const policy = role.written.policies.find(({ name }) => name === input.PolicyName);
    if (!policy) throw noSuchEntity(`The role policy with name ${input.PolicyName} cannot be found.`);
    return { RoleName: role.name, PolicyName: policy.name, PolicyDocument: encodedDocument(policy.document) };
  },
);
