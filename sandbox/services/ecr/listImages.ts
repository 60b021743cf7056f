import type { ListImagesRequest, ListImagesResponse } from '@aws-sdk/client-ecr';
import { operation } from '../../account.ts';
import { next, pageOf, pageSize } from '../paging.ts';
import { isShown } from './imageFilter.ts';
import { repositoryArn, repositoryOf } from './state.ts';

/** An image with several tags is listed once with each, one without tags once. Archived ones only when they are asked for. */
export const listImages = operation<ListImagesRequest, ListImagesResponse>(
  (input, account) => [{ action: 'ecr:ListImages', resource: repositoryArn(account, input.repositoryName) }],
  (input, { account }) => {
    const repository = repositoryOf(account, input);
    const shown = [...repository.images.values()].filter((image) => isShown(image, input.filter));
    const ids = shown.flatMap(({ digest, tags }) =>
      tags.size === 0 ? [{ imageDigest: digest }] : [...tags].map((imageTag) => ({ imageDigest: digest, imageTag })),
    );
    const page = pageOf(ids, pageSize(input.maxResults, 100, 1000), input.nextToken);
    return { imageIds: [...page.items], ...next(page.nextToken) };
  },
);
