import { describe, expect, it } from 'vitest';
import { childrenOf } from '../../../../shared/account/manifests.ts';
import { digest } from '../../world/digests.ts';
import { AMD64, ARM64, INDEX, PLAIN, registry } from './registry.ts';

const imageType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';

describe('BatchGetImage', () => {
  it('answers with manifests, each with digest and the tag that was asked for', async () => {
    const { get } = registry();
    const { images, failures } = await get([{ imageTag: 'prod' }, { imageDigest: PLAIN }]);
    expect(failures).toEqual([]);
    expect(images).toEqual([
      {
        registryId: '123456789012',
        repositoryName: 'payments/api',
        imageId: { imageTag: 'prod', imageDigest: INDEX },
        imageManifest: expect.any(String),
        imageManifestMediaType: indexType,
      },
      expect.objectContaining({ imageId: { imageDigest: PLAIN }, imageManifestMediaType: imageType }),
    ]);
    expect(childrenOf(images?.[0]?.imageManifest ?? '')).toEqual([AMD64, ARM64]);
  });

  it('gives the rest when some fail, with 200 and a code for each', async () => {
    const { get } = registry();
    const answer = await get([
      { imageTag: 'old' },
      { imageTag: 'new' },
      { imageDigest: digest('f') },
      { imageTag: 'old', imageDigest: INDEX },
      { imageDigest: 'sha256:short' },
      { imageTag: 'no tag' },
      {},
    ]);
    expect(answer.images).toHaveLength(1);
    expect(answer.failures?.map(({ imageId, failureCode }) => [imageId, failureCode])).toEqual([
      [{ imageTag: 'new' }, 'ImageNotFound'],
      [{ imageDigest: digest('f') }, 'ImageNotFound'],
      [{ imageTag: 'old', imageDigest: INDEX }, 'ImageTagDoesNotMatchDigest'],
      [{ imageDigest: 'sha256:short' }, 'InvalidImageDigest'],
      [{ imageTag: 'no tag' }, 'InvalidImageTag'],
      [{}, 'MissingDigestAndTag'],
    ]);
  });

  it('hands out no archived image, and none on its way back', async () => {
    const { get, move, clock } = registry();
    const codes = async () => (await get([{ imageDigest: PLAIN }])).failures?.map(({ failureCode }) => failureCode);
    await move({ imageDigest: PLAIN }, 'ARCHIVE');
    expect(await codes()).toEqual(['ImageNotFound']);
    await move({ imageDigest: PLAIN }, 'STANDARD');
    expect(await codes()).toEqual(['ImageNotFound']);
    await clock.advance(18 * 60_000);
    expect(await codes()).toEqual([]);
  });

  it('gives a client that takes no index the image for linux/amd64', async () => {
    const { get, move } = registry();
    const ask = () => get([{ imageTag: 'prod' }], { acceptedMediaTypes: [imageType] });
    expect((await ask()).images?.map(({ imageId }) => imageId?.imageDigest)).toEqual([AMD64]);
    await move({ imageDigest: INDEX }, 'ARCHIVE');
    expect((await ask()).failures?.map(({ failureCode }) => failureCode)).toEqual(['ImageNotFound']);
  });

  it('gives a client nothing in a media type that it does not take', async () => {
    const { get } = registry();
    const { images, failures } = await get([{ imageTag: 'old' }], { acceptedMediaTypes: [indexType] });
    expect(images).toEqual([]);
    expect(failures).toHaveLength(1);
  });

  it('takes 1 to 100 ids', async () => {
    const { get } = registry();
    const ids = (count: number) => Array.from({ length: count }, () => ({ imageTag: 'old' }));
    expect((await get(ids(100))).images).toHaveLength(100);
    await expect(get(ids(101))).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await expect(get([])).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });
});
