import type { ListImagesRequest, ListImagesResponse } from '@aws-sdk/client-ecr';
import { describe, expect, it } from 'vitest';
import { listImages } from '../../../../sandbox/services/ecr/listImages.ts';
import { AMD64, ARM64, INDEX, PLAIN, registry, repositoryName } from './registry.ts';

const lister =
  ({ run }: ReturnType<typeof registry>) =>
  (input: Partial<ListImagesRequest> = {}) =>
    run<ListImagesResponse>(listImages, { repositoryName, ...input });

describe('ListImages', () => {
  it('names an image once with each of its tags, and one without tags by its digest', async () => {
    expect(await lister(registry())()).toEqual({
      imageIds: [
        { imageDigest: INDEX, imageTag: 'prod' },
        { imageDigest: INDEX, imageTag: '1.0' },
        { imageDigest: PLAIN, imageTag: 'old' },
        { imageDigest: AMD64 },
        { imageDigest: ARM64 },
      ],
    });
  });

  it('filters by tag, and shows archived images only to who asks', async () => {
    const all = registry();
    const list = lister(all);
    await all.move({ imageDigest: PLAIN }, 'ARCHIVE');
    const old = { imageDigest: PLAIN, imageTag: 'old' };
    expect((await list()).imageIds).not.toContainEqual(old);
    expect((await list({ filter: { imageStatus: 'ARCHIVED' } })).imageIds).toEqual([old]);
    expect((await list({ filter: { imageStatus: 'ANY', tagStatus: 'TAGGED' } })).imageIds).toHaveLength(3);
    expect((await list({ filter: { tagStatus: 'UNTAGGED' } })).imageIds).toEqual([
      { imageDigest: AMD64 },
      { imageDigest: ARM64 },
    ]);
  });

  it('gives pages of tags', async () => {
    const list = lister(registry());
    const first = await list({ maxResults: 4 });
    expect(first.imageIds).toHaveLength(4);
    expect(await list({ maxResults: 4, nextToken: first.nextToken })).toEqual({ imageIds: [{ imageDigest: ARM64 }] });
  });

  it.each([
    ['too large a page', { maxResults: 1001 }, 'InvalidParameterException'],
    ['a status that ECR does not have', { filter: { imageStatus: 'GONE' as never } }, 'InvalidParameterException'],
    ['a repository that is not there', { repositoryName: 'api' }, 'RepositoryNotFoundException'],
    ['what is no name of a repository', { repositoryName: 'Payments' }, 'InvalidParameterException'],
    ['a name of one character', { repositoryName: 'a' }, 'InvalidParameterException'],
    ['a name of 257 characters', { repositoryName: 'a'.repeat(257) }, 'InvalidParameterException'],
  ])('refuses %s', async (_what, input, code) => {
    await expect(lister(registry())(input)).rejects.toMatchObject({ code });
  });
});
