import type { TagResourceRequest, TagResourceResponse } from '@aws-sdk/client-ecs';
import { operation } from '../../account.ts';
import { taggedThing, tagsFrom } from './tagging.ts';

export const tagResource = operation<TagResourceRequest, TagResourceResponse>(
  (input) => [{ action: 'ecs:TagResource', resource: input.resourceArn ?? '' }],
  (input, { account }) => {
    const thing = taggedThing(account, input.resourceArn ?? '');
    thing.tags = { ...thing.tags, ...tagsFrom(input.tags) };
    return {};
  },
);
