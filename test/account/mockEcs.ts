import {
  DescribeClustersCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  type ECSClient,
  ListClustersCommand,
  ListServiceDeploymentsCommand,
  ListServicesCommand,
  ListTasksCommand,
  type ServiceInputTypes,
  type ServiceOutputTypes,
  type ServiceRevision,
} from '@aws-sdk/client-ecs';
import type { AwsStub } from 'aws-sdk-client-mock';
import { awsError } from './awsError.ts';
import {
  account,
  page,
  refused,
  region,
  type TestCluster,
  type TestService,
  type TestVersion,
  type World,
} from './mockAccount.ts';

type EcsStub = AwsStub<ServiceInputTypes, ServiceOutputTypes, ECSClient['config']>;

const ecsArn = (resource: string): string => `arn:aws:ecs:${region}:${account}:${resource}`;

const revisionArn = (cluster: TestCluster, service: TestService, id: string): string =>
  ecsArn(`service-revision/${cluster.name}/${service.name}/${id}`);

const revisionOf = (arn: string, { definition, containers, createdAt }: TestVersion): ServiceRevision => ({
  serviceRevisionArn: arn,
  taskDefinition: ecsArn(`task-definition/${definition}`),
  containerImages: containers.map(({ name, image, digest }) => ({
    containerName: name,
    image,
    ...(digest === undefined ? {} : { imageDigest: digest }),
  })),
  ...(createdAt === undefined ? {} : { createdAt: new Date(createdAt) }),
});

/** ECS of the test's world, with the limits of the real calls: too many at once is refused. */
export function mockEcs(stub: EcsStub, world: World): void {
  const clusters = (): readonly TestCluster[] => world.clusters ?? [];
  const inCluster = (arn: string | undefined): TestCluster => {
    const found = clusters().find(({ name }) => arn === name || ecsArn(`cluster/${name}`) === arn);
    if (found === undefined) throw awsError('ClusterNotFoundException');
    return found;
  };
  const atMost = (limit: number, items: readonly unknown[]): void => {
    if (items.length > limit) throw awsError('InvalidParameterException');
  };
  const all = (): [TestCluster, TestService][] =>
    clusters().flatMap((cluster) => (cluster.services ?? []).map((one): [TestCluster, TestService] => [cluster, one]));

  stub.on(ListClustersCommand).callsFake((input) => {
    refused(world, 'ListClusters', input);
    const { part, next } = page(world, clusters(), input.nextToken);
    return { clusterArns: part.map(({ name }) => ecsArn(`cluster/${name}`)), nextToken: next };
  });

  stub.on(DescribeClustersCommand).callsFake((input) => {
    refused(world, 'DescribeClusters', input);
    atMost(100, input.clusters);
    const found = clusters().filter(({ name }) => input.clusters.some((one: string) => inCluster(one).name === name));
    const tags = (one: TestCluster) => (input.include?.includes('TAGS') === true ? [...(one.tags ?? [])] : []);
    return { clusters: found.map((one) => ({ clusterName: one.name, tags: tags(one) })), failures: [] };
  });

  stub.on(ListTasksCommand).callsFake((input) => {
    refused(world, 'ListTasks', input);
    const cluster = inCluster(input.cluster);
    const tasks = (cluster.tasks ?? []).filter((task) => (task.desiredStatus ?? 'RUNNING') === input.desiredStatus);
    const { part, next } = page(world, tasks, input.nextToken);
    return { taskArns: part.map(({ id }) => ecsArn(`task/${cluster.name}/${id}`)), nextToken: next };
  });

  stub.on(DescribeTasksCommand).callsFake((input) => {
    refused(world, 'DescribeTasks', input);
    atMost(100, input.tasks);
    const cluster = inCluster(input.cluster);
    const asked = (cluster.tasks ?? []).filter(({ id }) => input.tasks.includes(ecsArn(`task/${cluster.name}/${id}`)));
    return {
      tasks: asked
        .filter(({ failure }) => failure === undefined)
        .map(({ id, lastStatus = 'RUNNING', image, imageDigest, task }) => ({
          taskArn: ecsArn(`task/${cluster.name}/${id}`),
          lastStatus,
          containers: [{ name: 'app', image, imageDigest }],
          ...task,
        })),
      failures: asked.flatMap(({ id, failure }) =>
        failure === undefined ? [] : [{ arn: ecsArn(`task/${cluster.name}/${id}`), reason: failure }],
      ),
    };
  });

  stub.on(ListServicesCommand).callsFake((input) => {
    refused(world, 'ListServices', input);
    const cluster = inCluster(input.cluster);
    const { part, next } = page(world, cluster.services ?? [], input.nextToken);
    return { serviceArns: part.map(({ name }) => ecsArn(`service/${cluster.name}/${name}`)), nextToken: next };
  });

  stub.on(DescribeServicesCommand).callsFake((input) => {
    refused(world, 'DescribeServices', input);
    atMost(10, input.services);
    const cluster = inCluster(input.cluster);
    const arn = (service: TestService): string => ecsArn(`service/${cluster.name}/${service.name}`);
    const asked = (cluster.services ?? []).filter(
      (service) => input.services.includes(arn(service)) || input.services.includes(service.name),
    );
    return {
      services: asked
        .filter(({ failure }) => failure === undefined)
        .map((service) => ({
          serviceArn: arn(service),
          serviceName: service.name,
          status: service.status ?? 'ACTIVE',
          ...(input.include?.includes('TAGS') === true ? { tags: [...(service.tags ?? [])] } : {}),
          taskDefinition: ecsArn(`task-definition/${service.name}:12`),
          clusterArn: ecsArn(`cluster/${cluster.name}`),
          deployments: (service.rollouts ?? ['COMPLETED']).map((rolloutState) => ({ rolloutState })),
          currentServiceRevisions: (service.current ?? (service.revision === undefined ? [] : ['1'])).map((id) => ({
            arn: revisionArn(cluster, service, id),
          })),
        })),
      failures: asked.flatMap((service) =>
        service.failure === undefined ? [] : [{ arn: arn(service), reason: service.failure }],
      ),
    };
  });

  stub.on(DescribeServiceRevisionsCommand).callsFake((input) => {
    refused(world, 'DescribeServiceRevisions', input);
    atMost(20, input.serviceRevisionArns);
    const asked = (arn: string): boolean => input.serviceRevisionArns.includes(arn);
    return {
      serviceRevisions: [
        ...all()
          .filter(([cluster, service]) => service.history === undefined && asked(revisionArn(cluster, service, '1')))
          .map(([, { revision = [] }]) => ({ containerImages: revision })),
        ...all().flatMap(([cluster, service]) =>
          (service.history ?? [])
            .filter(({ id, gone }) => gone !== true && asked(revisionArn(cluster, service, id)))
            .map((version) => revisionOf(revisionArn(cluster, service, version.id), version)),
        ),
      ],
    };
  });

  stub.on(ListServiceDeploymentsCommand).callsFake((input) => {
    refused(world, 'ListServiceDeployments', input);
    const [cluster, service] =
      all().find(([on, one]) => ecsArn(`service/${on.name}/${one.name}`) === input.service) ?? [];
    if (cluster === undefined || service === undefined) throw awsError('ServiceNotFoundException');
    const deployments = (service.history ?? []).flatMap(({ id, deployments = [] }) =>
      deployments.map(({ status, at }) => ({
        targetServiceRevisionArn: revisionArn(cluster, service, id),
        status,
        ...(at === undefined ? {} : { startedAt: new Date(at) }),
      })),
    );
    const { part, next } = page(world, deployments, input.nextToken);
    return { serviceDeployments: part, nextToken: next };
  });

  stub.on(DescribeTaskDefinitionCommand).callsFake((input) => {
    refused(world, 'DescribeTaskDefinition', input);
    const service = all().find(([, { name }]) => ecsArn(`task-definition/${name}:12`) === input.taskDefinition)?.[1];
    const named = Object.entries(world.definitions ?? {}).filter(
      ([name]) =>
        ecsArn(`task-definition/${name}`) === input.taskDefinition || name.split(':')[0] === input.taskDefinition,
    );
    const images = service?.definition ?? named.at(-1)?.[1];
    const described = Object.entries(world.taskDefinitions ?? {}).find(
      ([name]) => ecsArn(`task-definition/${name}`) === input.taskDefinition,
    );
    const tags = input.include?.includes('TAGS') === true ? described?.[1].tags : undefined;
    if (described !== undefined)
      return { taskDefinition: described[1], ...(tags === undefined ? {} : { tags: [...tags] }) };
    if (images === undefined) throw awsError('ClientException');
    return { taskDefinition: { containerDefinitions: images.map((image) => ({ image })) } };
  });
}
