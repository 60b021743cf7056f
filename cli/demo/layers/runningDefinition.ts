import {
  type ContainerDefinition,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
} from '@aws-sdk/client-ecs';
import { clientOf } from '../client.ts';
import type { Theatre } from '../theatre.ts';

/** What a service of the cluster `prod` deploys: `family:revision`, and its containers. */
export async function definitionOf(
  theatre: Theatre,
  service: string,
): Promise<{ readonly name: string; readonly containers: readonly ContainerDefinition[] }> {
  const ecs = new ECSClient(clientOf(theatre));
  const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster: 'prod', services: [service] }));
  const taskDefinition = services[0]?.taskDefinition ?? '';
  const { taskDefinition: found } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
  return {
    name: taskDefinition.slice(taskDefinition.lastIndexOf('/') + 1),
    containers: found?.containerDefinitions ?? [],
  };
}
