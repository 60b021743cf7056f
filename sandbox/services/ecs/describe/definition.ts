import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import type { DefinedContainer, StoredTaskDefinition } from '../state.ts';

/** What ECS adds to a container that does not say it. */
export const withDefaults = <T extends ContainerDefinition>(container: T): T => ({
  cpu: 0,
  portMappings: [],
  essential: true,
  environment: [],
  mountPoints: [],
  volumesFrom: [],
  systemControls: [],
  ...container,
});

/** A task definition as DescribeTaskDefinition and RegisterTaskDefinition show it. */
export const describedDefinition = (definition: StoredTaskDefinition): TaskDefinition => ({
  taskDefinitionArn: definition.arn,
  family: definition.family,
  revision: definition.revision,
  status: definition.status,
  volumes: [],
  placementConstraints: [],
  ...definition.settings,
  compatibilities: compatibilities(definition),
  registeredAt: new Date(definition.registeredAt),
  ...(definition.registeredBy === undefined ? {} : { registeredBy: definition.registeredBy }),
  containerDefinitions: definition.containers.map((container: DefinedContainer) => ({ ...container })),
});

const compatibilities = ({ settings }: StoredTaskDefinition): NonNullable<TaskDefinition['compatibilities']> =>
  settings.networkMode === 'awsvpc' && settings.cpu !== undefined && settings.memory !== undefined
    ? ['EC2', 'FARGATE']
    : ['EC2'];
