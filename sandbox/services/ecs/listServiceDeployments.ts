import type { ListServiceDeploymentsRequest, ListServiceDeploymentsResponse } from '@aws-sdk/client-ecs';
import { operation } from '../../account.ts';
import { next, pageOf, pageSize } from '../paging.ts';
import { briefDeployment } from './describe/serviceDeployment.ts';
import { clusterNamed, ecsArn, lastPart, serviceNamed } from './state.ts';

/** Newest first. `createdAt` bounds the time of the service deployment. Services of other controllers than ECS have none. */
export const listServiceDeployments = operation<ListServiceDeploymentsRequest, ListServiceDeploymentsResponse>(
  (input, account) => [
    {
      action: 'ecs:ListServiceDeployments',
      resource: ecsArn(account, `service/${lastPart(input.cluster ?? 'default')}/${lastPart(input.service ?? '')}`),
    },
  ],
  (input, { account }) => {
    const cluster = clusterNamed(account, input.cluster);
    const service = serviceNamed(cluster, input.service);
    const { before, after } = input.createdAt ?? {};
    const found = (service.controller === 'ECS' ? service.serviceDeployments : []).filter(
      ({ status, createdAt }) =>
        (input.status === undefined || input.status.length === 0 || input.status.includes(status)) &&
        (before === undefined || createdAt < timeOf(before)) &&
        (after === undefined || createdAt > timeOf(after)),
    );
    const page = pageOf(found, pageSize(input.maxResults, 20, 100), input.nextToken);
    return {
      serviceDeployments: page.items.map((each) => briefDeployment(cluster, service, each)),
      ...next(page.nextToken),
    };
  },
);

/** Over the wire a time is seconds since the epoch. */
const timeOf = (given: Date | number): number => (typeof given === 'number' ? given * 1000 : given.getTime());
