import type { DescribeClusterRequest, DescribeClusterResponse } from '@aws-sdk/client-eks';
import { operation } from '../../account.ts';
import { clusterNamed } from './associations.ts';
import { apiEndpoint, eksClusterArn, issuerOf } from './state.ts';

/** A cluster as far as a client of its Kubernetes API needs it. Its endpoint is plain HTTP here, and so it has no certificate authority. */
export const describeCluster = operation<DescribeClusterRequest, DescribeClusterResponse>(
  ({ name = '' }, account) => [{ action: 'eks:DescribeCluster', resource: eksClusterArn(account, name) }],
  ({ name = '' }, { account }) => {
    const cluster = clusterNamed(account, name);
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
        identity: { oidc: { issuer: `https://${issuerOf(account, cluster)}` } },
        accessConfig: { authenticationMode: 'API' },
        resourcesVpcConfig: { endpointPublicAccess: publicEndpoint, endpointPrivateAccess: !publicEndpoint },
      },
    };
  },
);
