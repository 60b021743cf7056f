import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '@aws-sdk/client-ecs';
import { operation } from '../../account.ts';
import { keyed } from './describe/task.ts';
import { taggedThing } from './tagging.ts';

export const listTagsForResource = operation<ListTagsForResourceRequest, ListTagsForResourceResponse>(
  (input) => [{ action: 'ecs:ListTagsForResource', resource: input.resourceArn ?? '' }],
  (input, { account }) => ({ tags: keyed(taggedThing(account, input.resourceArn ?? '').tags ?? {}) }),
);
