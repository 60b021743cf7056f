import type {
  DescribeServiceDeploymentsRequest,
  DescribeServiceDeploymentsResponse,
  Failure,
  ServiceDeployment,
} from '@aws-sdk/client-ecs';
import { operation } from '../../account.ts';
import { describedDeployment } from './describe/serviceDeployment.ts';
import { findServiceDeployment } from './revisions.ts';
import { serviceDeploymentNeeds } from './serviceDeploymentNeeds.ts';
import { clusters, upTo } from './state.ts';

export const describeServiceDeployments = operation<
  DescribeServiceDeploymentsRequest,
  DescribeServiceDeploymentsResponse
>(
  (input) =>
    (input.serviceDeploymentArns ?? []).flatMap((arn) => serviceDeploymentNeeds('ecs:DescribeServiceDeployments', arn)),
  (input, { account }) => {
    const asked = upTo(20, 'Service deployment ARNs', input.serviceDeploymentArns);
    const serviceDeployments: ServiceDeployment[] = [];
    const failures: Failure[] = [];
    for (const arn of asked) {
      const found = findServiceDeployment(clusters(account), arn);
      if (found === undefined) failures.push({ arn, reason: 'MISSING' });
      else serviceDeployments.push(describedDeployment(found.cluster, found.service, found.deployment));
    }
    return { serviceDeployments, failures };
  },
);
