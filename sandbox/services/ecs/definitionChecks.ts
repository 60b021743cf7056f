import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import { AwsError } from '../../account.ts';
import type { StoredTaskDefinition } from './state.ts';

type Settings = StoredTaskDefinition['settings'];

const refused = (message: string): AwsError => new AwsError('ClientException', message);

/**
 * What ECS refuses of containers together, in its words where users report them.
 * @throws AwsError ClientException
 */
export function checkTogether(containers: readonly ContainerDefinition[], settings: Settings): void {
  checkFirelens(containers);
  checkSecrets(containers, settings);
  checkMemory(containers, settings);
  const names = new Set(containers.map(({ name }) => name));
  const unknown = containers
    .flatMap(({ dependsOn = [] }) => dependsOn)
    .find(({ containerName }) => !names.has(containerName));
  if (unknown !== undefined) throw refused(`A container depends on '${unknown.containerName}', which does not exist.`);
}

/** ECS developer guide, "FireLens": a log router without logs, or logs without a log router. */
function checkFirelens(containers: readonly ContainerDefinition[]): void {
  const routers = containers.filter(({ firelensConfiguration }) => firelensConfiguration !== undefined).length;
  const isRouted = containers.some(({ logConfiguration }) => logConfiguration?.logDriver === 'awsfirelens');
  if (routers > 1) throw refused('Only one container can have a firelensConfiguration object.');
  if (isRouted && routers === 0) {
    throw refused(
      'When awsfirelens log driver is specified in log configuration, a firelens configuration object must be configured in one of the containers.',
    );
  }
  if (!isRouted && routers === 1) {
    throw refused(
      'When a firelensConfiguration object is specified, at least one container has to be configured with the awsfirelens log driver.',
    );
  }
}

function checkSecrets(containers: readonly ContainerDefinition[], { executionRoleArn }: Settings): void {
  for (const { secrets = [], environment = [] } of containers) {
    if (secrets.length > 0 && executionRoleArn === undefined) {
      throw refused("When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.");
    }
    const both = secrets.find((secret) => environment.some(({ name }) => name === secret.name));
    if (both !== undefined) {
      throw refused(
        `The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '${both.name}'.`,
      );
    }
  }
}

/** "The total amount of memory reserved for all containers within a task must be lower than the task memory value, if one is specified." */
function checkMemory(containers: readonly ContainerDefinition[], { memory }: Settings): void {
  if (memory === undefined) return;
  const greater = containers.find((one) => (one.memory ?? 0) > Number(memory));
  if (greater !== undefined) {
    throw refused(`The 'memory' setting for container '${greater.name}' is greater than for the task.`);
  }
  const reserved = containers.map((one) => one.memoryReservation ?? one.memory ?? 0);
  if (reserved.reduce((sum, one) => sum + one, 0) > Number(memory)) {
    throw refused('The total memory of its containers is greater than that of the task.');
  }
}
