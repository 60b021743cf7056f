import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '@aws-sdk/client-ecr';
import { AwsError, operation } from '../../account.ts';
import { repositoryOf } from './state.ts';

const ARN = /^arn:aws:ecr:[^:]+:(?<registryId>\d{12}):repository\/(?<repositoryName>.+)$/;

/** Tags of a repository; images have none of this kind. */
export const listTagsForResource = operation<ListTagsForResourceRequest, ListTagsForResourceResponse>(
  (input) => [{ action: 'ecr:ListTagsForResource', resource: input.resourceArn ?? '' }],
  (input, { account }) => {
    const named = ARN.exec(input.resourceArn ?? '')?.groups;
    if (named === undefined) {
      throw new AwsError(
        'InvalidParameterException',
        `Invalid parameter at 'resourceArn': '${input.resourceArn}' is not the ARN of a repository`,
      );
    }
    const { tags } = repositoryOf(account, named);
    return { tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
  },
);
