import type { TaskDefinition } from '@aws-sdk/client-ecs';
import type { Reads } from './reads.ts';

/** A task definition as ECS describes it. It holds environment values: nothing of it is stored or logged as it is. */
export interface WholeDefinition {
  readonly definition: TaskDefinition;
  /** Members that ECS answered and this version of the SDK leaves out, by path: a copy would lose them. */
  readonly lost: readonly string[];
}

/** As much of the SDK's stack as is used here; its own types tell no step from another. */
interface Stack {
  addRelativeTo(
    middleware: (next: Next) => Next,
    options: { readonly name: string; readonly relation: 'after'; readonly toMiddleware: string },
  ): void;
}
type Next = (args: unknown) => Promise<{ readonly response: { readonly body: unknown } }>;

/** @throws the SDK's own error, ClientException for one that is not there */
export async function readWholeDefinition(read: Reads, taskDefinition: string): Promise<WholeDefinition> {
  const ecs = await read.aws.ecs();
  const { client } = ecs;
  const command = new ecs.DescribeTaskDefinitionCommand({ taskDefinition });
  let text = '{}';
  // The SDK drops members that it does not know, without a word: what AWS has added since is seen in the answer itself alone.
  (command.middlewareStack as unknown as Stack).addRelativeTo(
    (next) => async (args) => {
      const result = await next(args);
      const body = await client.config.streamCollector(result.response.body);
      text = new TextDecoder().decode(body);
      // The answer is an object with methods: it gets its body back, and stays the same.
      return Object.assign(result, { response: Object.assign(result.response, { body }) });
    },
    { name: 'readWhole', relation: 'after', toMiddleware: 'deserializerMiddleware' },
  );
  const answer = await client.send(command, read.call);
  const { taskDefinition: definition = {} } = answer;
  const told = JSON.parse(text) as { readonly taskDefinition?: unknown };
  return { definition, lost: lostIn(told.taskDefinition, definition, '') };
}

const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the first has and the second does not; null is nothing. */
function lostIn(told: unknown, kept: unknown, path: string): readonly string[] {
  if (Array.isArray(told)) {
    return Array.isArray(kept) ? told.flatMap((one, at) => lostIn(one, kept[at], path)) : [];
  }
  if (!isObject(told) || !isObject(kept)) return [];
  const all = Object.entries(told).flatMap(([name, value]) => {
    const its = path === '' ? name : `${path}.${name}`;
    if (value === null) return [];
    return Object.hasOwn(kept, name) ? lostIn(value, kept[name], its) : [its];
  });
  return [...new Set(all)].sort();
}
