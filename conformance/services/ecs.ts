import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListClustersCommand,
  ListContainerInstancesCommand,
  ListServicesCommand,
  ListTagsForResourceCommand,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  RunTaskCommand,
  StopTaskCommand,
  TagResourceCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { type Connection, type Script, step, withClient } from '../script.ts';

const arn = (resource: string): string => `arn:aws:ecs:us-east-1:123456789012:${resource}`;
const image = 'public.ecr.aws/nginx/nginx:1.27';

const definition = {
  family: 'shop',
  containerDefinitions: [{ name: 'web', image, essential: true }],
  requiresCompatibilities: ['FARGATE'],
  networkMode: 'awsvpc',
  cpu: '256',
  memory: '512',
} satisfies RegisterTaskDefinitionCommandInput;

/** Nothing runs at the start: moto runs nothing of a service's, and the sandbox runs what it wants. */
const service = { name: 'shop', taskDefinition: 'shop:1', desiredCount: 0 } as const;

export const ecsWorld = {
  taskDefinitions: [{ family: 'shop', revision: 1, containers: [{ name: 'web', image }] }],
  clusters: [{ name: 'prod', services: [service] }],
} satisfies NonNullable<Script['world']>;

/** The same in moto. */
export const ecsInMoto = (connection: Connection): Promise<void> =>
  withClient(new ECSClient(connection), async (client) => {
    await client.send(new CreateClusterCommand({ clusterName: 'prod' }));
    await client.send(new RegisterTaskDefinitionCommand(definition));
    const { name: serviceName, taskDefinition, desiredCount } = service;
    const made = { cluster: 'prod', serviceName, taskDefinition, desiredCount, launchType: 'FARGATE' } as const;
    await client.send(new CreateServiceCommand(made));
  });

const register = (input: Partial<RegisterTaskDefinitionCommandInput>) => () =>
  new RegisterTaskDefinitionCommand({ ...definition, ...input });

const reads = [
  step('lists clusters', () => new ListClustersCommand({})),
  step('lists services', () => new ListServicesCommand({ cluster: 'prod' })),
  step('refuses services of a cluster that is not there', () => new ListServicesCommand({ cluster: 'nowhere' }), {
    words: true,
  }),
  step(
    'describes a service that is not there',
    () => new DescribeServicesCommand({ cluster: 'prod', services: ['nowhere'] }),
  ),
  step('refuses no services', () => new DescribeServicesCommand({ cluster: 'prod', services: [] })),
  step(
    'refuses to describe in a cluster that is not there',
    () => new DescribeServicesCommand({ cluster: 'nowhere', services: ['shop'] }),
  ),
  step('describes a service', () => new DescribeServicesCommand({ cluster: 'prod', services: ['shop'] })),
  step('lists container instances', () => new ListContainerInstancesCommand({ cluster: 'prod' })),
  step(
    'describes a container instance that is not there',
    () =>
      new DescribeContainerInstancesCommand({
        cluster: 'prod',
        containerInstances: ['0123456789abcdef0123456789abcdef'],
      }),
  ),
  step('lists tasks', () => new ListTasksCommand({ cluster: 'prod' })),
  step('lists tasks of a service', () => new ListTasksCommand({ cluster: 'prod', serviceName: 'shop' })),
  step(
    'describes a task that is not there',
    () => new DescribeTasksCommand({ cluster: 'prod', tasks: ['0123456789abcdef0123456789abcdef'] }),
  ),
  step('refuses no tasks', () => new DescribeTasksCommand({ cluster: 'prod', tasks: [] })),
];

const definitions = [
  step('describes a task definition', () => new DescribeTaskDefinitionCommand({ taskDefinition: 'shop:1' })),
  step('describes the latest of a family', () => new DescribeTaskDefinitionCommand({ taskDefinition: 'shop' })),
  step(
    'refuses a task definition that is not there',
    () => new DescribeTaskDefinitionCommand({ taskDefinition: 'shop:9' }),
  ),
  step('registers a revision', register({})),
  step('registers it again', register({})),
  step(
    'registers another family',
    register({ family: 'jobs', containerDefinitions: [{ name: 'job', image, command: ['run'] }] }),
  ),
  step('lists task definitions', () => new ListTaskDefinitionsCommand({})),
  step('lists task definitions of a family', () => new ListTaskDefinitionsCommand({ familyPrefix: 'shop' })),
  step(
    'lists task definitions, newest first',
    () => new ListTaskDefinitionsCommand({ familyPrefix: 'shop', sort: 'DESC' }),
  ),
  step('refuses a family with a colon', register({ family: 'a:b' })),
  step('refuses no containers', register({ containerDefinitions: [] })),
  step('refuses Fargate without memory', register({ memory: undefined })),
  step('refuses Fargate in bridge mode', register({ networkMode: 'bridge' })),
];

const changes = [
  step(
    'tags a service',
    () => new TagResourceCommand({ resourceArn: arn('service/prod/shop'), tags: [{ key: 'team', value: 'payments' }] }),
  ),
  step('lists tags', () => new ListTagsForResourceCommand({ resourceArn: arn('service/prod/shop') })),
  step(
    'refuses to tag what is not there',
    () => new TagResourceCommand({ resourceArn: arn('service/prod/nowhere'), tags: [{ key: 'a', value: 'b' }] }),
  ),
  step(
    'refuses to update a service that is not there',
    () => new UpdateServiceCommand({ cluster: 'prod', service: 'nowhere', desiredCount: 1 }),
  ),
  step(
    'refuses to update to a definition that is not there',
    () => new UpdateServiceCommand({ cluster: 'prod', service: 'shop', taskDefinition: 'shop:99' }),
  ),
  step(
    'refuses to run in a cluster that is not there',
    () => new RunTaskCommand({ cluster: 'nowhere', taskDefinition: 'shop:1' }),
  ),
  step(
    'refuses to run a definition that is not there',
    () => new RunTaskCommand({ cluster: 'prod', taskDefinition: 'shop:99' }),
  ),
  step(
    'refuses to stop a task that is not there',
    () => new StopTaskCommand({ cluster: 'prod', task: '0123456789abcdef0123456789abcdef' }),
    { words: true },
  ),
];

export const ecs: Script = {
  service: 'ecs',
  client: (connection) => new ECSClient(connection),
  world: ecsWorld,
  moto: ecsInMoto,
  fields: {
    createdAt: 'time',
    updatedAt: 'time',
    registeredAt: 'time',
    registeredBy: 'text',
    rolloutStateReason: 'text',
    'deployments.id': 'id',
    'currentServiceRevisions.arn': 'id',
    clusterArns: 'unordered',
    compatibilities: 'unordered',
    requiresAttributes: 'by name',
    failures: 'by arn',
  },
  steps: [...reads, ...definitions, ...changes],
};
