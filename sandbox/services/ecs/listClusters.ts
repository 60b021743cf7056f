import type { ListClustersRequest, ListClustersResponse } from '@aws-sdk/client-ecs';
import { operation } from '../../account.ts';
import { next, pageOf, pageSize } from '../paging.ts';
import { clusters } from './state.ts';

export const listClusters = operation<ListClustersRequest, ListClustersResponse>(
  () => [{ action: 'ecs:ListClusters', resource: '*' }],
  (input, { account }) => {
    const arns = [...clusters(account).values()].map(({ arn }) => arn);
    const page = pageOf(arns, pageSize(input.maxResults, 100, 100), input.nextToken);
    return { clusterArns: [...page.items], ...next(page.nextToken) };
  },
);
