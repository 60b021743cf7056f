import type {
  DescribeServiceRevisionsRequest,
  DescribeServiceRevisionsResponse,
  Failure,
  ServiceRevision,
} from '@aws-sdk/client-ecs';
import { operation } from '../../account.ts';
import { type Cluster, clusters, type StoredService, upTo } from './state.ts';

const described = (cluster: Cluster, service: StoredService): ServiceRevision => ({
  serviceRevisionArn: service.revision.arn,
  serviceArn: service.arn,
  clusterArn: cluster.arn,
  taskDefinition: service.definition.arn,
  launchType: 'FARGATE',
  createdAt: new Date(service.createdAt),
  containerImages: service.revision.containers.map(({ name, image, digest }) => ({
    containerName: name,
    image,
    ...(digest === undefined ? {} : { imageDigest: digest }),
  })),
});

/** `…:service-revision/CLUSTER/SERVICE/ID`: IAM is asked for the service, too. */
const serviceArnOf = (revisionArn: string): string =>
  revisionArn.replace(':service-revision/', ':service/').replace(/\/[^/]*$/, '');

/** The current revisions: this account keeps no earlier ones. */
export const describeServiceRevisions = operation<DescribeServiceRevisionsRequest, DescribeServiceRevisionsResponse>(
  (input) =>
    (input.serviceRevisionArns ?? [])
      .flatMap((arn) => [arn, serviceArnOf(arn)])
      .map((resource) => ({ action: 'ecs:DescribeServiceRevisions', resource })),
  (input, { account }) => {
    const asked = upTo(20, 'Service revision ARNs', input.serviceRevisionArns);
    const current = [...clusters(account).values()].flatMap((cluster) =>
      [...cluster.services.values()].map((service) => ({ cluster, service })),
    );
    const serviceRevisions: ServiceRevision[] = [];
    const failures: Failure[] = [];
    for (const arn of asked) {
      const found = current.find(({ service }) => service.revision.arn === arn);
      if (found === undefined) failures.push({ arn, reason: 'MISSING' });
      else serviceRevisions.push(described(found.cluster, found.service));
    }
    return { serviceRevisions, failures };
  },
);
