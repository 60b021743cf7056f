import type { DescribeTaskDefinitionRequest, DescribeTaskDefinitionResponse } from '@aws-sdk/client-ecs';
import { AwsError, operation } from '../../account.ts';
import { describedDefinition } from './describe/definition.ts';
import { keyed } from './describe/task.ts';
import { definitionNamed } from './state.ts';

export const describeTaskDefinition = operation<DescribeTaskDefinitionRequest, DescribeTaskDefinitionResponse>(
  () => [{ action: 'ecs:DescribeTaskDefinition', resource: '*' }],
  (input, { account }) => {
    const found = definitionNamed(account, input.taskDefinition ?? '');
    if (found === undefined) throw new AwsError('ClientException', 'Unable to describe task definition.');
    return {
      taskDefinition: describedDefinition(found),
      ...(input.include?.includes('TAGS') ? { tags: keyed(found.tags) } : {}),
    };
  },
);
