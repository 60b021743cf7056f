import type { ListClustersRequest, ListClustersResponse } from '@aws-sdk/client-eks';
import { operation } from '../../account.ts';
import { next, pageOf, pageSize } from '../paging.ts';
import { eksClusters } from './state.ts';

/** Names of the account's clusters in this Region. IAM does not scope it. */
export const listClusters = operation<ListClustersRequest, ListClustersResponse>(
  () => [{ action: 'eks:ListClusters', resource: '*' }],
  ({ maxResults, nextToken }, { account }) => {
    const page = pageOf([...eksClusters(account).keys()], pageSize(maxResults, 100, 100), nextToken);
    return { clusters: [...page.items], ...next(page.nextToken) };
  },
);
