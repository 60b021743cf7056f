import { describe, expect, it } from 'vitest';
import { digest } from '../../world/digests.ts';
import { AMD64, ARM64, INDEX, PLAIN, registry } from './registry.ts';

const digests = (answer: { imageDetails?: { imageDigest?: string | undefined }[] | undefined }) =>
  answer.imageDetails?.map(({ imageDigest }) => imageDigest);

describe('DescribeImages', () => {
  it('describes an image with what ECR knows of it', async () => {
    const { describe } = registry();
    const { imageDetails } = await describe({ imageIds: [{ imageTag: 'prod' }, { imageDigest: PLAIN }] });
    expect(imageDetails).toEqual([
      {
        registryId: '123456789012',
        repositoryName: 'payments/api',
        imageDigest: INDEX,
        imageTags: ['prod', '1.0'],
        imageSizeInBytes: 32_654,
        imagePushedAt: new Date('2026-11-01T10:00:00.250Z'),
        imageManifestMediaType: 'application/vnd.oci.image.index.v1+json',
        imageStatus: 'ACTIVE',
      },
      expect.objectContaining({
        imageDigest: PLAIN,
        imageManifestMediaType: 'application/vnd.oci.image.manifest.v1+json',
        artifactMediaType: 'application/vnd.oci.image.config.v1+json',
      }),
    ]);
    // Untagged images have no list of tags.
    expect((await describe({ imageIds: [{ imageDigest: AMD64 }] })).imageDetails?.[0]).not.toHaveProperty('imageTags');
  });

  it('shows only active images unless told otherwise, by id too', async () => {
    const { describe, move } = registry();
    await move({ imageDigest: PLAIN }, 'ARCHIVE');
    expect(digests(await describe())).toEqual([INDEX, AMD64, ARM64]);
    expect(digests(await describe({ filter: { imageStatus: 'ARCHIVED' } }))).toEqual([PLAIN]);
    expect(digests(await describe({ filter: { imageStatus: 'ANY' } }))).toHaveLength(4);
    const imageIds = [{ imageDigest: PLAIN }];
    await expect(describe({ imageIds })).rejects.toMatchObject({ code: 'ImageNotFoundException' });
    expect(digests(await describe({ imageIds, filter: { imageStatus: 'ANY' } }))).toEqual([PLAIN]);
  });

  it('filters by whether an image is tagged', async () => {
    const { describe } = registry();
    expect(digests(await describe({ filter: { tagStatus: 'TAGGED' } }))).toEqual([INDEX, PLAIN]);
    expect(digests(await describe({ filter: { tagStatus: 'UNTAGGED' } }))).toEqual([AMD64, ARM64]);
  });

  it('gives pages of 100 unless asked otherwise, up to 1000', async () => {
    const more = Array.from({ length: 120 }, (_, at) => ({ digest: `sha256:${String(at).padStart(64, '0')}` }));
    const { describe } = registry(more);
    const first = await describe();
    expect(first.imageDetails).toHaveLength(100);
    const second = await describe({ nextToken: first.nextToken });
    expect(second.imageDetails).toHaveLength(24);
    expect(second).not.toHaveProperty('nextToken');
    expect((await describe({ maxResults: 1000 })).imageDetails).toHaveLength(124);
    await expect(describe({ maxResults: 1001 })).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await expect(describe({ maxResults: 0 })).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await expect(describe({ nextToken: 'made up' })).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });

  it.each([
    ['a digest that is not there', { imageIds: [{ imageDigest: digest('f') }] }, 'ImageNotFoundException'],
    ['a tag that is not there', { imageIds: [{ imageTag: 'new' }] }, 'ImageNotFoundException'],
    ['tag and digest of two images', { imageIds: [{ imageTag: 'old', imageDigest: INDEX }] }, 'ImageNotFoundException'],
    ['an id that names nothing', { imageIds: [{}] }, 'InvalidParameterException'],
    ['no id at all', { imageIds: [] }, 'InvalidParameterException'],
    ['ids and a page size', { imageIds: [{ imageTag: 'old' }], maxResults: 5 }, 'InvalidParameterException'],
    [
      'more than 100 ids',
      { imageIds: Array.from({ length: 101 }, () => ({ imageTag: 'old' })) },
      'InvalidParameterException',
    ],
    ['another repository', { repositoryName: 'payments' }, 'RepositoryNotFoundException'],
    ['the registry of another account', { registryId: '999999999999' }, 'RepositoryNotFoundException'],
  ])('refuses %s', async (_what, input, code) => {
    const { describe } = registry();
    await expect(describe(input)).rejects.toMatchObject({ code });
  });

  it('finds nothing of a call in which one image is missing', async () => {
    const { describe } = registry();
    const imageIds = [{ imageDigest: PLAIN }, { imageDigest: digest('f') }];
    await expect(describe({ imageIds })).rejects.toMatchObject({
      code: 'ImageNotFoundException',
      message: expect.stringContaining(digest('f')),
    });
  });
});
