import type { ContainerDefinition, RegisterTaskDefinitionRequest, TaskDefinition } from '@aws-sdk/client-ecs';
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

/** What of a definition is registered. */
export interface Content {
  readonly containerDefinitions?: readonly ContainerDefinition[] | undefined;
  readonly [name: string]: unknown;
}

/** What of a definition was registered. */
export const contentOf = (definition: TaskDefinition): Content =>
  Object.fromEntries(Object.entries(definition).filter(([name]) => !answeredOnly.some((one) => one === name)));

/** The same, with another content for each container. */
export const withContainers = (
  content: Content,
  change: (container: ContainerDefinition) => ContainerDefinition,
): Content => ({ ...content, containerDefinitions: (content.containerDefinitions ?? []).map(change) });

/**
 * One of the latest revisions of a family, if it says the very same. ECS registers once more for each call, so it is asked first: a function that
 * died after the call knows nothing of its answer, and somebody may have registered another one meanwhile.
 */
async function registeredAlready(aws: Aws, family: string, copy: Content, among: number): Promise<string | undefined> {
  const { client, DescribeTaskDefinitionCommand } = await aws.ecs();
  const describe = async (taskDefinition: string): Promise<TaskDefinition | undefined> =>
    (await client.send(new DescribeTaskDefinitionCommand({ taskDefinition }))).taskDefinition;
  const latest = await describe(family);
  const last = latest?.revision ?? 0;
  for (let at = 0; at < among; at += 1) {
    const one =
      at === 0 ? latest : last - at < 1 ? undefined : await describe(`${family}:${last - at}`).catch(unlessGone);
    const isActive = one !== undefined && one.status !== 'INACTIVE';
    if (isActive && canonicalJson(contentOf(one)) === canonicalJson(copy)) return one.taskDefinitionArn;
  }
  return undefined;
}

/** A revision that was deleted cannot be described: "Unable to describe task definition". */
function unlessGone(error: unknown): undefined {
  if (error instanceof Error && error.name === 'ClientException') return undefined;
  throw error;
}

/**
 * Registers a changed copy of a task definition with its tags, once: of several of the same content the one that is there is taken. Answers
 * with its ARN.
 * @param among how many of the latest revisions are looked at before another one is registered
 */
export async function registerCopy(
  aws: Aws,
  taskDefinition: string,
  change: (content: Content) => Content,
  among = 1,
): Promise<string> {
  const { client, unrepeated, DescribeTaskDefinitionCommand, RegisterTaskDefinitionCommand } = await aws.ecs();
  const answer = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] }));
  const { taskDefinition: found, tags = [] } = answer;
  if (found === undefined) throw new ActionFailed(`Task definition ${taskDefinition} is not there any more`);
  const content = change(contentOf(found));
  const copy = { ...content, ...(tags.length > 0 ? { tags } : {}) } as unknown as RegisterTaskDefinitionRequest;
  for (let attempt = 1; ; attempt += 1) {
    const known = await registeredAlready(aws, found.family ?? '', content, among);
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
