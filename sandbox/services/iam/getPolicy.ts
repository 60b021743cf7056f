import type { GetPolicyRequest, GetPolicyResponse } from '@aws-sdk/client-iam';
import { operation } from '../../account.ts';
import { allRoles } from '../../iam/roles.ts';
import { onPolicy, policyAsked } from './onPolicy.ts';

/** What is known of a managed policy, without its text. None is attached to a role here, but as its boundary. Throws NoSuchEntity. */
export const getPolicy = operation<GetPolicyRequest, GetPolicyResponse>(onPolicy('GetPolicy'), (input, { account }) => {
  const { name, arn, id, path, version, createdAt } = policyAsked(account, input.PolicyArn);
  return {
    Policy: {
      PolicyName: name,
      PolicyId: id,
      Arn: arn,
      Path: path,
      DefaultVersionId: version,
      AttachmentCount: 0,
      PermissionsBoundaryUsageCount: allRoles(account).filter(({ boundary }) => boundary === arn).length,
      IsAttachable: true,
      CreateDate: new Date(createdAt),
      UpdateDate: new Date(createdAt),
    },
  };
});
