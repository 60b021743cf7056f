import { type Wanted, wouldStart } from './imageMatch.ts';
import { attempt, type Reads } from './reads.ts';
import { note, type Sightings, shortArn } from './sightings.ts';

/** Task definitions that something would start: by ARN, who would, e.g. `service/prod/web` or `rule/nightly`. */
export type Starters = Map<string, string[]>;

export function addStarter(starters: Starters, definition: string, starter: string): void {
  const known = starters.get(definition) ?? [];
  if (!known.includes(starter)) starters.set(definition, [...known, starter]);
}

/** Finds the wanted images in those definitions, each read once: by digest, or by a tag that points to one now. */
export async function readDefinitions(
  read: Reads,
  starters: Starters,
  wanted: Wanted,
  sightings: Sightings,
): Promise<void> {
  const { client, DescribeTaskDefinitionCommand } = await read.aws.ecs();
  for (const [arn, startedBy] of starters) {
    await attempt(sightings.unread, `${shortArn(arn)} of ${startedBy.join(', ')}`, async () => {
      const answer = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition: asked(arn) }), read.call);
      for (const { image } of answer.taskDefinition?.containerDefinitions ?? []) {
        note(sightings, { kind: 'task-definition', arn, startedBy }, wouldStart(wanted, { image }));
      }
    });
  }
}

// A rule may leave the revision out, and means the latest; DescribeTaskDefinition documents that for the family's name alone.
const asked = (arn: string): string => (/:\d+$/.test(arn) ? arn : arn.slice(arn.lastIndexOf('/') + 1));
