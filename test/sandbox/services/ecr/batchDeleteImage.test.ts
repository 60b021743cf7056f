import type { BatchDeleteImageResponse, ImageIdentifier } from '@aws-sdk/client-ecr';
import { describe, expect, it } from 'vitest';
import { batchDeleteImage } from '../../../../sandbox/services/ecr/batchDeleteImage.ts';
import { digest } from '../../world/digests.ts';
import { AMD64, ARM64, INDEX, PLAIN, registry, repositoryName } from './registry.ts';

function deleting(more: readonly object[] = [], settings: object = {}) {
  const all = registry(more, settings);
  return {
    ...all,
    remove: (imageIds: readonly ImageIdentifier[]) =>
      all.run<BatchDeleteImageResponse>(batchDeleteImage, { repositoryName, imageIds }),
    left: async () =>
      (await all.describe({ filter: { imageStatus: 'ANY' } })).imageDetails?.map(({ imageDigest, imageTags }) => [
        imageDigest,
        imageTags ?? [],
      ]),
  };
}

const plainType = { 'manifest-media-type': 'application/vnd.oci.image.manifest.v1+json' };
const deletion = (imageDigest: string, tag?: string) => ({
  'action-type': 'DELETE',
  result: 'SUCCESS',
  'repository-name': repositoryName,
  'image-digest': imageDigest,
  ...(tag === undefined ? {} : { 'image-tag': tag }),
});

describe('BatchDeleteImage', () => {
  it('takes a tag from an image that has another, and tells of that tag', async () => {
    const { remove, left, actions } = deleting();
    expect(await remove([{ imageTag: 'prod' }])).toEqual({
      imageIds: [{ imageDigest: INDEX, imageTag: 'prod' }],
      failures: [],
    });
    expect(await left()).toContainEqual([INDEX, ['1.0']]);
    expect(await actions()).toEqual([
      { ...deletion(INDEX, 'prod'), 'manifest-media-type': 'application/vnd.oci.image.index.v1+json' },
    ]);
  });

  it('deletes an image with its last tag, archived or not', async () => {
    const { remove, move, left, actions } = deleting();
    await move({ imageTag: 'old' }, 'ARCHIVE');
    await actions();
    await remove([{ imageTag: 'old' }]);
    expect(await left()).toHaveLength(3);
    expect(await actions()).toEqual([expect.objectContaining({ ...deletion(PLAIN, 'old'), ...plainType })]);
  });

  it('deletes an image by its digest with all its tags, and tells of each', async () => {
    const { remove, actions } = deleting();
    expect(await remove([{ imageDigest: INDEX }])).toEqual({
      imageIds: [
        { imageDigest: INDEX, imageTag: 'prod' },
        { imageDigest: INDEX, imageTag: '1.0' },
      ],
      failures: [],
    });
    const told = (await actions()) as readonly { readonly 'image-tag'?: string }[];
    expect(told.map((detail) => detail['image-tag']).toSorted()).toEqual(['1.0', 'prod']);
  });

  it('leaves an image that an index lists, until the index is gone', async () => {
    const { remove, left, actions } = deleting();
    const first = await remove([{ imageDigest: AMD64 }, { imageDigest: INDEX }, { imageDigest: ARM64 }]);
    expect(first.failures).toEqual([
      {
        imageId: { imageDigest: AMD64 },
        failureCode: 'ImageReferencedByManifestList',
        failureReason: expect.stringContaining(INDEX),
      },
    ]);
    expect(first.imageIds?.at(-1)).toEqual({ imageDigest: ARM64 });
    expect((await remove([{ imageDigest: AMD64 }])).failures).toEqual([]);
    expect(await left()).toEqual([[PLAIN, ['old']]]);
    expect((await actions()).at(-1)).not.toHaveProperty('image-tag');
  });

  it('leaves an image that an index lists without its last tag', async () => {
    const { remove, left } = deleting([{ digest: AMD64, tags: ['amd64'] }]);
    expect((await remove([{ imageTag: 'amd64' }])).imageIds).toEqual([{ imageDigest: AMD64, imageTag: 'amd64' }]);
    expect(await left()).toContainEqual([AMD64, []]);
  });

  it('gives the rest when some fail, and fails again for what is gone', async () => {
    const { remove } = deleting();
    const answer = await remove([
      { imageDigest: PLAIN },
      { imageDigest: PLAIN },
      { imageTag: 'prod', imageDigest: AMD64 },
      { imageTag: 'no tag' },
      {},
    ]);
    expect(answer.imageIds).toHaveLength(1);
    expect(answer.failures?.map(({ failureCode }) => failureCode)).toEqual([
      'ImageNotFound',
      'ImageTagDoesNotMatchDigest',
      'InvalidImageTag',
      'MissingDigestAndTag',
    ]);
  });

  it('ends a restore and a scan that were under way', async () => {
    const { remove, move, actions, clock } = deleting([], { scanOnPush: true });
    await move({ imageDigest: PLAIN }, 'ARCHIVE');
    await move({ imageDigest: PLAIN }, 'STANDARD');
    await remove([{ imageDigest: PLAIN }]);
    await clock.advance(20 * 60_000);
    const types = (await actions()) as readonly { readonly 'action-type'?: string }[];
    expect(types.map((detail) => detail['action-type']).toSorted()).toEqual(['DELETE', 'UPDATE_STORAGE_CLASS']);
  });

  it('forgets nothing of what the account file says of the image, should it be pushed again', async () => {
    const { get, remove, put } = deleting();
    const imageManifest = (await get([{ imageDigest: PLAIN }])).images?.[0]?.imageManifest;
    await remove([{ imageDigest: PLAIN }]);
    expect((await put({ imageManifest, imageTag: 'again' })).image?.imageId?.imageDigest).toBe(PLAIN);
  });

  it('takes 1 to 100 ids', async () => {
    const { remove } = deleting();
    const ids = Array.from({ length: 101 }, () => ({ imageDigest: digest('f') }));
    await expect(remove(ids)).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await expect(remove([])).rejects.toMatchObject({ code: 'InvalidParameterException' });
    expect((await remove(ids.slice(1))).failures).toHaveLength(100);
  });
});
