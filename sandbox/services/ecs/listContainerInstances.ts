import type { ListContainerInstancesRequest, ListContainerInstancesResponse } from '@aws-sdk/client-ecs';
import { operation } from '../../account.ts';
import { next, pageOf, pageSize } from '../paging.ts';
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
    refuseOthers(input, ['cluster', 'status', 'maxResults', 'nextToken']);
    const found = [...clusterNamed(account, input.cluster).instances.values()].filter(
      ({ status }) => input.status === undefined || input.status === status,
    );
    const page = pageOf(found, pageSize(input.maxResults, 100, 100), input.nextToken);
    return { containerInstanceArns: page.items.map(({ arn }) => arn), ...next(page.nextToken) };
  },
);
