import type { DescribeClusterRequest, DescribeClusterResponse } from '@aws-sdk/client-eks';
import { AwsError, operation } from '../../account.ts';
import { apiEndpoint, eksClusterArn, eksClusters } from './state.ts';

/** A cluster as far as a client of its Kubernetes API needs it. Its endpoint is plain HTTP here, and so it has no certificate authority. */
export const describeCluster = operation<DescribeClusterRequest, DescribeClusterResponse>(
  ({ name = '' }, account) => [{ action: 'eks:DescribeCluster', resource: eksClusterArn(account, name) }],
  ({ name = '' }, { account }) => {
    const cluster = eksClusters(account).get(name);
    if (cluster === undefined) {
      throw new AwsError('ResourceNotFoundException', `No cluster found for name: ${name}.`, 404);
    }
    const { arn, version, createdAt, publicEndpoint, tags } = cluster;
    return {
      cluster: {
        name,
        arn,
        version,
        status: 'ACTIVE',
        createdAt: new Date(createdAt),
        tags: { ...tags },
        endpoint: apiEndpoint(account, cluster),
        accessConfig: { authenticationMode: 'API' },
        resourcesVpcConfig: { endpointPublicAccess: publicEndpoint, endpointPrivateAccess: !publicEndpoint },
      },
    };
  },
);
