import type { ListPodIdentityAssociationsRequest, ListPodIdentityAssociationsResponse } from '@aws-sdk/client-eks';
import { operation } from '../../account.ts';
import { next, pageOf, pageSize } from '../paging.ts';
import { clusterNamed, summaryOf } from './associations.ts';
import { eksClusterArn } from './state.ts';

/** Associations of a cluster, without their roles. */
export const listPodIdentityAssociations = operation<
  ListPodIdentityAssociationsRequest,
  ListPodIdentityAssociationsResponse
>(
  ({ clusterName = '' }, account) => [
    { action: 'eks:ListPodIdentityAssociations', resource: eksClusterArn(account, clusterName) },
  ],
  ({ clusterName = '', namespace, serviceAccount, maxResults, nextToken }, { account }) => {
    const found = clusterNamed(account, clusterName).associations.filter(
      (one) =>
        (namespace === undefined || one.namespace === namespace) &&
        (serviceAccount === undefined || one.serviceAccount === serviceAccount),
    );
    const page = pageOf(found, pageSize(maxResults, 100, 100), nextToken);
    return {
      associations: page.items.map((one) => summaryOf(account, clusterName, one)),
      ...next(page.nextToken),
    };
  },
);
