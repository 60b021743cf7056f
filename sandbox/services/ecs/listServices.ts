import type { ListServicesRequest, ListServicesResponse } from '@aws-sdk/client-ecs';
import { operation } from '../../account.ts';
import { next, pageOf, pageSize } from '../paging.ts';
import { clusterNamed } from './state.ts';

/** Ten a page unless asked otherwise. Every service here is of Fargate, REPLICA and the customer's own. */
export const listServices = operation<ListServicesRequest, ListServicesResponse>(
  () => [{ action: 'ecs:ListServices', resource: '*' }],
  (input, { account }) => {
    const { launchType = 'FARGATE', schedulingStrategy = 'REPLICA', resourceManagementType = 'CUSTOMER' } = input;
    const all = [...clusterNamed(account, input.cluster).services.values()];
    const isAny = launchType === 'FARGATE' && schedulingStrategy === 'REPLICA' && resourceManagementType === 'CUSTOMER';
    const page = pageOf(isAny ? all : [], pageSize(input.maxResults, 10, 100), input.nextToken);
    return { serviceArns: page.items.map(({ arn }) => arn), ...next(page.nextToken) };
  },
);
