import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../../sandbox/services/ecr/manifests.ts';
import { digest } from '../../world/digests.ts';
import { AMD64, INDEX, PLAIN, registry } from './registry.ts';

const mediaType = 'application/vnd.oci.image.manifest.v1+json';
const manifest = JSON.stringify({
  schemaVersion: 2,
  mediaType,
  config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digest('1'), size: 1 },
  layers: [
    { digest: digest('2'), size: 700 },
    { digest: digest('3'), size: 42 },
  ],
});
const pushed = digestOf(manifest);

type Registry = ReturnType<typeof registry>;

const manifestOf = async ({ get }: Registry, imageDigest: string): Promise<string> =>
  (await get([{ imageDigest }])).images?.[0]?.imageManifest ?? '';

const tagsOf = async ({ describe }: Registry, imageDigest: string) =>
  (await describe({ imageIds: [{ imageDigest }], filter: { imageStatus: 'ANY' } })).imageDetails?.[0]?.imageTags;

describe('PutImage', () => {
  it('pushes a new image under the digest of its manifest, and tells EventBridge', async () => {
    const all = registry();
    const answer = await all.put({ imageManifest: manifest, imageTag: '2.0' });
    expect(answer.image).toEqual({
      registryId: '123456789012',
      repositoryName: 'payments/api',
      imageId: { imageDigest: pushed, imageTag: '2.0' },
      imageManifest: manifest,
      imageManifestMediaType: mediaType,
    });
    const { imageDetails } = await all.describe({ imageIds: [{ imageTag: '2.0' }] });
    expect(imageDetails?.[0]).toMatchObject({ imageDigest: pushed, imageSizeInBytes: 742, imageStatus: 'ACTIVE' });
    expect(await all.actions()).toEqual([
      {
        'action-type': 'PUSH',
        result: 'SUCCESS',
        'repository-name': 'payments/api',
        'image-digest': pushed,
        'image-tag': '2.0',
        'manifest-media-type': mediaType,
        'artifact-media-type': 'application/vnd.oci.image.config.v1+json',
      },
    ]);
  });

  it('moves a tag from the image that had it', async () => {
    const all = registry();
    await all.put({ imageManifest: manifest, imageTag: 'prod' });
    expect(await tagsOf(all, pushed)).toEqual(['prod']);
    expect(await tagsOf(all, INDEX)).toEqual(['1.0']);
  });

  it('gives an image that is there another tag, and tells of that tag alone', async () => {
    const all = registry();
    await all.put({ imageManifest: await manifestOf(all, INDEX), imageTag: 'stable' });
    expect(await tagsOf(all, INDEX)).toEqual(['prod', '1.0', 'stable']);
    expect(await all.actions()).toEqual([expect.objectContaining({ 'image-digest': INDEX, 'image-tag': 'stable' })]);
  });

  it('makes an archived image active at once when it is pushed again', async () => {
    const all = registry();
    const imageManifest = await manifestOf(all, PLAIN);
    await all.move({ imageDigest: PLAIN }, 'ARCHIVE');
    await all.put({ imageManifest, imageTag: 'old' });
    expect((await all.get([{ imageTag: 'old' }])).images).toHaveLength(1);
    const { imageDetails } = await all.describe({ imageIds: [{ imageDigest: PLAIN }] });
    const now = new Date(all.account.clock.now());
    expect(imageDetails?.[0]).toMatchObject({ lastActivatedAt: now, imagePushedAt: now });
  });

  it('leaves the time of the push as it is for a new tag on an image that is active', async () => {
    const all = registry();
    const of = async () =>
      (await all.describe({ imageIds: [{ imageDigest: PLAIN }] })).imageDetails?.[0]?.imagePushedAt;
    const before = await of();
    await all.clock.advance(60_000);
    await all.put({ imageManifest: await manifestOf(all, PLAIN), imageTag: 'more' });
    expect(await of()).toEqual(before);
  });

  it('ends a restore under way with the push', async () => {
    const all = registry();
    const imageManifest = await manifestOf(all, PLAIN);
    await all.move({ imageDigest: PLAIN }, 'ARCHIVE');
    await all.move({ imageDigest: PLAIN }, 'STANDARD');
    await all.put({ imageManifest, imageTag: 'old' });
    await all.clock.advance(18 * 60_000);
    const types = (await all.actions()).map((detail) => (detail as { readonly 'action-type': string })['action-type']);
    expect(types.toSorted()).toEqual(['PUSH', 'UPDATE_STORAGE_CLASS']);
  });

  it('takes an index whose images are there, which it then needs', async () => {
    const all = registry();
    const index = (listed: string) =>
      JSON.stringify({
        schemaVersion: 2,
        mediaType: 'application/vnd.oci.image.index.v1+json',
        manifests: [{ digest: listed }],
      });
    await all.put({ imageManifest: index(PLAIN), imageTag: 'multi' });
    await expect(all.move({ imageDigest: PLAIN }, 'ARCHIVE')).rejects.toMatchObject({
      code: 'ImageStorageClassUpdateNotSupportedException',
    });
    await expect(all.put({ imageManifest: index(digest('f')) })).rejects.toMatchObject({
      code: 'ReferencedImagesNotFoundException',
    });
  });

  it('takes the media type from the call when the manifest has none', async () => {
    const all = registry();
    const imageManifest = JSON.stringify({ schemaVersion: 2, layers: [] });
    const answer = await all.put({ imageManifest, imageManifestMediaType: mediaType });
    expect(answer.image?.imageManifestMediaType).toBe(mediaType);
    await expect(all.put({ imageManifest: `${imageManifest} ` })).rejects.toMatchObject({
      code: 'InvalidParameterException',
    });
  });

  it('knows an image of the account file by the digest that it was given', async () => {
    const all = registry();
    const imageManifest = await manifestOf(all, AMD64);
    expect(digestOf(imageManifest)).not.toBe(AMD64);
    const answer = await all.put({ imageManifest, imageTag: 'amd64', imageDigest: AMD64 });
    expect(answer.image?.imageId?.imageDigest).toBe(AMD64);
  });

  it('refuses the same image with the same tag, and without a tag', async () => {
    const all = registry();
    const imageManifest = await manifestOf(all, PLAIN);
    await expect(all.put({ imageManifest, imageTag: 'old' })).rejects.toMatchObject({
      code: 'ImageAlreadyExistsException',
    });
    await expect(all.put({ imageManifest })).rejects.toMatchObject({ code: 'ImageAlreadyExistsException' });
    expect(await all.actions()).toEqual([]);
  });

  it('gives an image 1,000 tags and no more', async () => {
    const all = registry();
    const imageManifest = await manifestOf(all, PLAIN);
    const had = (await tagsOf(all, PLAIN))?.length ?? 0;
    for (let at = had; at < 1000; at += 1) await all.put({ imageManifest, imageTag: `t${at}` });
    await expect(all.put({ imageManifest, imageTag: 'more' })).rejects.toMatchObject({
      code: 'LimitExceededException',
    });
    expect(await tagsOf(all, PLAIN)).toHaveLength(1000);
  });

  it.each([
    ['another digest', { imageManifest: manifest, imageDigest: PLAIN }, 'ImageDigestDoesNotMatchException'],
    ['what is no JSON', { imageManifest: '{' }, 'InvalidParameterException'],
    ['what is no tag', { imageManifest: manifest, imageTag: 'a tag' }, 'InvalidParameterException'],
    ['too long a manifest', { imageManifest: `"${'x'.repeat(4_194_304)}"` }, 'InvalidParameterException'],
    [
      'a repository that is not there',
      { imageManifest: manifest, repositoryName: 'api' },
      'RepositoryNotFoundException',
    ],
  ])('refuses %s', async (_what, input, code) => {
    await expect(registry().put(input)).rejects.toMatchObject({ code });
  });
});
