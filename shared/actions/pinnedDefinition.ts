import type { RegisterTaskDefinitionRequest, TaskDefinition } from '@aws-sdk/client-ecs';
import { ActionFailed } from '../platform/errors.ts';
import type { Aws } from '../platform/sdk/aws.ts';

/** What DescribeTaskDefinition answers and RegisterTaskDefinition does not take: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
const answeredOnly = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
] as const satisfies readonly (keyof TaskDefinition)[];

/** A copy of a task definition in which these containers name their image by digest. Answers with its ARN. */
export async function registerPinned(
  aws: Aws,
  taskDefinition: string,
  pins: { readonly [container: string]: string },
): Promise<string> {
  const { client, DescribeTaskDefinitionCommand, RegisterTaskDefinitionCommand } = await aws.ecs();
  const answer = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] }));
  const { taskDefinition: found, tags = [] } = answer;
  if (found === undefined) throw new ActionFailed(`Task definition ${taskDefinition} is not there any more`);
  const kept = Object.fromEntries(Object.entries(found).filter(([name]) => !answeredOnly.some((one) => one === name)));
  const copy = {
    ...kept,
    family: found.family,
    containerDefinitions: (found.containerDefinitions ?? []).map((container) => {
      const image = pins[container.name ?? ''];
      return image === undefined ? container : { ...container, image };
    }),
    ...(tags.length > 0 ? { tags } : {}),
  } as RegisterTaskDefinitionRequest;
  const registered = await client.send(new RegisterTaskDefinitionCommand(copy));
  const arn = registered.taskDefinition?.taskDefinitionArn;
  if (arn === undefined)
    throw new ActionFailed('ECS answered without the ARN of the task definition that it registered');
  return arn;
}
