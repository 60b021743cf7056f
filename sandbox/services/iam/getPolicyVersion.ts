import type { GetPolicyVersionRequest, GetPolicyVersionResponse } from '@aws-sdk/client-iam';
import { operation } from '../../account.ts';
import { encodedDocument } from './document.ts';
import { onPolicy, policyAsked } from './onPolicy.ts';
import { noSuchEntity } from './onRole.ts';

/** The text of a managed policy. Throws NoSuchEntity for a policy or a version that is not there. */
export const getPolicyVersion = operation<GetPolicyVersionRequest, GetPolicyVersionResponse>(
  onPolicy('GetPolicyVersion'),
  ({ PolicyArn, VersionId }, { account }) => {
    const { arn, version, document, createdAt } = policyAsked(account, PolicyArn);
    if (VersionId !== version)
      throw noSuchEntity(`Policy ${arn} version ${VersionId} does not exist or is not attachable.`);
    return {
      PolicyVersion: {
        Document: encodedDocument(document),
        VersionId: version,
        IsDefaultVersion: true,
        CreateDate: new Date(createdAt),
      },
    };
  },
);
