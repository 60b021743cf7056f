import type {
  DescribePodIdentityAssociationRequest,
  DescribePodIdentityAssociationResponse,
} from '@aws-sdk/client-eks';
import { AwsError, operation } from '../../account.ts';
import { associationArn, clusterNamed, summaryOf } from './associations.ts';

/** An association with its roles. */
export const describePodIdentityAssociation = operation<
  DescribePodIdentityAssociationRequest,
  DescribePodIdentityAssociationResponse
>(
  ({ clusterName = '', associationId = '' }, account) => [
    {
      action: 'eks:DescribePodIdentityAssociation',
      resource: associationArn(account, clusterName, associationId),
    },
  ],
  ({ clusterName = '', associationId = '' }, { account }) => {
    const { associations, createdAt } = clusterNamed(account, clusterName);
    const found = associations.find(({ id }) => id === associationId);
    if (found === undefined) {
      throw new AwsError('ResourceNotFoundException', `No association found for id: ${associationId}.`, 404);
    }
    const at = new Date(createdAt);
    return {
      association: {
        ...summaryOf(account, clusterName, found),
        roleArn: found.role,
        tags: {},
        createdAt: at,
        modifiedAt: at,
        disableSessionTags: false,
        ...(found.targetRole === undefined ? {} : { targetRoleArn: found.targetRole }),
      },
    };
  },
);
