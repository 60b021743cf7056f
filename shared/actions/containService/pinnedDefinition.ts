import type { RegisterTaskDefinitionRequest, TaskDefinition } from '@aws-sdk/client-ecs';
import { ActionFailed } from '../../platform/errors.ts';
import { canonicalJson } from '../../platform/json.ts';
import type { Aws } from '../../platform/sdk/aws.ts';
import { isThrottling } from '../../platform/throttling.ts';
import { isUnavailable } from '../../platform/unavailable.ts';

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

/** As many as every other call is made. */
const ATTEMPTS = 3;

type Content = { readonly [name: string]: unknown };

/** What of a definition was registered. */
const contentOf = (definition: TaskDefinition): Content =>
  Object.fromEntries(Object.entries(definition).filter(([name]) => !answeredOnly.some((one) => one === name)));

/**
 * The latest revision of a family, if it says the very same. ECS registers once more for each call, so it is asked first: a function that
 * died after the call knows nothing of its answer.
 */
async function registeredAlready(aws: Aws, family: string, copy: Content): Promise<string | undefined> {
  const { client, DescribeTaskDefinitionCommand } = await aws.ecs();
  const { taskDefinition: latest } = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition: family }));
  if (latest === undefined || canonicalJson(contentOf(latest)) !== canonicalJson(copy)) return undefined;
  return latest.taskDefinitionArn;
}

/** A copy of a task definition in which these containers name their image by digest, registered once. Answers with its ARN. */
export async function registerPinned(
  aws: Aws,
  taskDefinition: string,
  pins: { readonly [container: string]: string },
): Promise<string> {
  const { client, unrepeated, DescribeTaskDefinitionCommand, RegisterTaskDefinitionCommand } = await aws.ecs();
  const answer = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] }));
  const { taskDefinition: found, tags = [] } = answer;
  if (found === undefined) throw new ActionFailed(`Task definition ${taskDefinition} is not there any more`);
  const content = {
    ...contentOf(found),
    containerDefinitions: (found.containerDefinitions ?? []).map((container) => {
      const image = pins[container.name ?? ''];
      return image === undefined ? container : { ...container, image };
    }),
  };
  const copy = { ...content, ...(tags.length > 0 ? { tags } : {}) } as unknown as RegisterTaskDefinitionRequest;
  for (let attempt = 1; ; attempt += 1) {
    const known = await registeredAlready(aws, found.family ?? '', content);
    if (known !== undefined) return known;
    try {
      const registered = await unrepeated.send(new RegisterTaskDefinitionCommand(copy));
      const arn = registered.taskDefinition?.taskDefinitionArn;
      if (arn !== undefined) return arn;
      throw new ActionFailed('ECS answered without the ARN of the task definition that it registered');
    } catch (error) {
      // A broken connection says nothing of whether the call came through.
      if (attempt === ATTEMPTS || !(isUnavailable(error) || isThrottling(error))) throw error;
    }
  }
}
