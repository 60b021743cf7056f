import type { DescribeServicesRequest, DescribeServicesResponse, Failure, Service } from '@aws-sdk/client-ecs';
import { operation } from '../../account.ts';
import { describedService } from './describe/service.ts';
import { clusterNamed, ecsArn, lastPart, named, upTo } from './state.ts';

export const describeServices = operation<DescribeServicesRequest, DescribeServicesResponse>(
  (input, account) =>
    (input.services ?? []).map((service) => ({
      action: 'ecs:DescribeServices',
      resource: ecsArn(account, `service/${lastPart(input.cluster ?? 'default')}/${lastPart(service)}`),
    })),
  (input, { account }) => {
    const asked = upTo(10, 'Services', input.services);
    const cluster = clusterNamed(account, input.cluster);
    const withTags = input.include?.includes('TAGS') ?? false;
    const services: Service[] = [];
    const failures: Failure[] = [];
    for (const name of asked) {
      const service = named(cluster.services, name);
      if (service !== undefined) services.push(describedService(account, cluster, service, withTags));
      else {
        const arn = ecsArn(account, `service/${cluster.name}/${lastPart(name)}`);
        failures.push({ arn: name.startsWith('arn:') ? name : arn, reason: 'MISSING' });
      }
    }
    return { services, failures };
  },
);
