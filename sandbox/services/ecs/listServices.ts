import type { ListServicesRequest, ListServicesResponse } from '@aws-sdk/client-ecs';
import { operation } from '../../account.ts';
import { next, pageOf, pageSize } from '../paging.ts';
import { clusterNamed } from './state.ts';

/** Ten a page unless asked otherwise. Every service here is the customer's own; one that was deleted is not listed. */
export const listServices = operation<ListServicesRequest, ListServicesResponse>(
  () => [{ action: 'ecs:ListServices', resource: '*' }],
  (input, { account }) => {
    const { launchType, schedulingStrategy, resourceManagementType = 'CUSTOMER' } = input;
    const found = [...clusterNamed(account, input.cluster).services.values()].filter(
      (service) =>
        resourceManagementType === 'CUSTOMER' &&
        service.status === 'ACTIVE' &&
        (launchType ?? service.launchType) === service.launchType &&
        (schedulingStrategy ?? service.schedulingStrategy) === service.schedulingStrategy,
    );
    const page = pageOf(found, pageSize(input.maxResults, 10, 100), input.nextToken);
    return { serviceArns: page.items.map(({ arn }) => arn), ...next(page.nextToken) };
  },
);
