import type { Tag } from '@aws-sdk/client-ecs';
import { type Account, AwsError } from '../../account.ts';
import { clusters, type Tags, taskDefinitions } from './state.ts';
import { isWanted } from './tasks.ts';

export const tagsFrom = (tags: readonly Tag[] | undefined): Tags =>
  Object.fromEntries((tags ?? []).map(({ key = '', value = '' }) => [key, value]));

interface Tagged {
  readonly arn: string;
  tags?: Tags;
}

/**
 * What has this ARN and can have tags: a task definition, cluster, service, task or container instance.
 * @throws AwsError InvalidParameterException for another kind or what is not there
 */
export function taggedThing(account: Account, arn: string): Tagged {
  const all: readonly Tagged[] = [
    ...taskDefinitions(account).values(),
    ...[...clusters(account).values()].flatMap((cluster): Tagged[] => [
      cluster,
      ...cluster.services.values(),
      ...cluster.instances.values(),
      // A task that is being stopped has lost its tags, and gets no others.
      ...[...cluster.tasks.values()].filter(isWanted),
    ]),
  ];
  const found = all.find((each) => each.arn === arn);
  if (found !== undefined) return found;
  throw new AwsError(
    'InvalidParameterException',
    'The specified resource was not found. Specify a valid resource and try again.',
  );
}
