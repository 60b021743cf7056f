import type { ListContainerInstancesRequest, ListContainerInstancesResponse } from '@aws-sdk/client-ecs';
import { operation } from '../../account.ts';
import { next, pageOf, pageSize } from '../paging.ts';
import { wantedBy } from './instanceQuery.ts';
import { clusterNamed, ecsArn, lastPart } from './state.ts';
import { refuseOthers } from './unsupported.ts';

export const listContainerInstances = operation<ListContainerInstancesRequest, ListContainerInstancesResponse>(
  (input, account) => [
    {
      action: 'ecs:ListContainerInstances',
      resource: ecsArn(account, `cluster/${lastPart(input.cluster ?? 'default')}`),
    },
  ],
  (input, { account }) => {
    refuseOthers(input, ['cluster', 'filter', 'status', 'maxResults', 'nextToken']);
    const isWanted = wantedBy(input.filter);
    const found = [...clusterNamed(account, input.cluster).instances.values()].filter(
      (instance) => (input.status === undefined || input.status === instance.status) && isWanted(instance),
    );
    const page = pageOf(found, pageSize(input.maxResults, 100, 100), input.nextToken);
    return { containerInstanceArns: page.items.map(({ arn }) => arn), ...next(page.nextToken) };
  },
);
