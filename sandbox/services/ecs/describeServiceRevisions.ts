import type {
  DescribeServiceRevisionsRequest,
  DescribeServiceRevisionsResponse,
  Failure,
  ServiceRevision,
} from '@aws-sdk/client-ecs';
import { operation } from '../../account.ts';
import { platformFamily } from './platforms.ts';
import { revisionsOf } from './revisions.ts';
import { type Cluster, clusters, type StoredService, upTo } from './state.ts';

const described = (cluster: Cluster, service: StoredService, revision: ReturnType<typeof revisionsOf>[number]) => ({
  serviceRevisionArn: revision.arn,
  serviceArn: service.arn,
  clusterArn: cluster.arn,
  taskDefinition: revision.definition.arn,
  launchType: service.launchType,
  ...(revision.platform === undefined
    ? {}
    : { platformVersion: revision.platform.runs, platformFamily: platformFamily(revision.definition) }),
  createdAt: new Date(revision.createdAt),
  containerImages: revision.containers.map(({ name, image, digest }) => ({
    containerName: name,
    image,
    ...(digest === undefined ? {} : { imageDigest: digest }),
  })),
});

/** `…:service-revision/CLUSTER/SERVICE/ID`: IAM is asked for the service, too. */
const serviceArnOf = (revisionArn: string): string =>
  revisionArn.replace(':service-revision/', ':service/').replace(/\/[^/]*$/, '');

/** Current revisions and earlier ones. Services of other controllers than ECS have none. */
export const describeServiceRevisions = operation<DescribeServiceRevisionsRequest, DescribeServiceRevisionsResponse>(
  (input) =>
    (input.serviceRevisionArns ?? [])
      .flatMap((arn) => [arn, serviceArnOf(arn)])
      .map((resource) => ({ action: 'ecs:DescribeServiceRevisions', resource })),
  (input, { account }) => {
    const asked = upTo(20, 'Service revision ARNs', input.serviceRevisionArns);
    const known = [...clusters(account).values()].flatMap((cluster) =>
      [...cluster.services.values()]
        .filter(({ controller }) => controller === 'ECS')
        .flatMap((service) => revisionsOf(service).map((revision) => ({ cluster, service, revision }))),
    );
    const serviceRevisions: ServiceRevision[] = [];
    const failures: Failure[] = [];
    for (const arn of asked) {
      const found = known.find(({ revision }) => revision.arn === arn);
      if (found === undefined) failures.push({ arn, reason: 'MISSING' });
      else serviceRevisions.push(described(found.cluster, found.service, found.revision));
    }
    return { serviceRevisions, failures };
  },
);
