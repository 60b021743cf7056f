import { parseImageReference } from './imageReference.ts';
import type { Reads } from './reads.ts';
import { readImageStatuses } from './repositoryImages.ts';

/**
 * Why tasks of a definition could not start with these digests, by container: an image in ECR that is archived, on its way back or gone; null
 * when nothing is known to be in the way. Throws the SDK's own error when ECR or ECS cannot be read.
 */
export async function readUnpullable(
  read: Reads,
  taskDefinition: string,
  digests: { readonly [container: string]: string },
): Promise<string | null> {
  const { client, DescribeTaskDefinitionCommand } = await read.aws.ecs();
  const answer = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition }), read.call);
  for (const { name = '', image = '' } of answer.taskDefinition?.containerDefinitions ?? []) {
    const reference = parseImageReference(image);
    const digest = reference?.digest ?? digests[name];
    if (reference === null || digest === undefined) continue;
    const status = (await readImageStatuses(read, reference, [digest])).get(digest) ?? null;
    if (status !== 'ACTIVE') return `${reference.repository}@${digest.slice(0, 19)} is ${status ?? 'gone'}`;
  }
  return null;
}
