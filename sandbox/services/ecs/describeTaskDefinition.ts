import type { DescribeTaskDefinitionRequest, DescribeTaskDefinitionResponse } from '@aws-sdk/client-ecs';
import { type Account, AwsError, operation } from '../../account.ts';
import { named, type StoredTaskDefinition, taskDefinitions } from './state.ts';

/** `family` (its latest revision), `family:revision` or an ARN. */
function find(account: Account, asked: string): StoredTaskDefinition | undefined {
  const all = taskDefinitions(account);
  if (asked.includes(':')) return named(all, asked);
  return [...all.values()].filter(({ family }) => family === asked).sort((a, b) => b.revision - a.revision)[0];
}

export const describeTaskDefinition = operation<DescribeTaskDefinitionRequest, DescribeTaskDefinitionResponse>(
  () => [{ action: 'ecs:DescribeTaskDefinition', resource: '*' }],
  (input, { account }) => {
    const found = find(account, input.taskDefinition ?? '');
    if (found === undefined) throw new AwsError('ClientException', 'Unable to describe task definition.');
    return {
      taskDefinition: {
        taskDefinitionArn: found.arn,
        family: found.family,
        revision: found.revision,
        status: 'ACTIVE',
        networkMode: 'awsvpc',
        requiresCompatibilities: ['FARGATE'],
        registeredAt: new Date(found.registeredAt),
        containerDefinitions: found.containers.map(({ name, image }) => ({ name, image, essential: true })),
      },
    };
  },
);
