import { describe, expect, it } from 'vitest';
import { AMD64, ARM64, INDEX, PLAIN, registry } from './registry.ts';

const minutes = (count: number) => count * 60_000;

describe('UpdateImageStorageClass', () => {
  it('archives by digest or tag, and tells EventBridge once for the image', async () => {
    const { move, describe, actions, account } = registry();
    const at = new Date(account.clock.now());
    expect(await move({ imageTag: 'prod' }, 'ARCHIVE')).toEqual({
      registryId: '123456789012',
      repositoryName: 'payments/api',
      imageId: { imageTag: 'prod', imageDigest: INDEX },
      imageStatus: 'ARCHIVED',
    });
    const shown = await describe({ imageIds: [{ imageDigest: INDEX }], filter: { imageStatus: 'ANY' } });
    expect(shown.imageDetails?.[0]).toMatchObject({
      imageStatus: 'ARCHIVED',
      lastArchivedAt: at,
      imageTags: ['prod', '1.0'],
    });
    expect(await actions()).toEqual([
      {
        'action-type': 'UPDATE_STORAGE_CLASS',
        'target-storage-class': 'ARCHIVE',
        result: 'SUCCESS',
        'repository-name': 'payments/api',
        'image-digest': INDEX,
        'manifest-media-type': 'application/vnd.oci.image.index.v1+json',
      },
    ]);
  });

  it('refuses an image that an index still needs, until that is archived', async () => {
    const { move, actions } = registry();
    await expect(move({ imageDigest: AMD64 }, 'ARCHIVE')).rejects.toMatchObject({
      code: 'ImageStorageClassUpdateNotSupportedException',
      message: expect.stringContaining(INDEX),
    });
    expect(await actions()).toEqual([]);
    await move({ imageDigest: INDEX }, 'ARCHIVE');
    expect((await move({ imageDigest: AMD64 }, 'ARCHIVE')).imageStatus).toBe('ARCHIVED');
    // The other platform stays as it is: each is archived for itself.
    expect((await move({ imageDigest: ARM64 }, 'STANDARD')).imageStatus).toBe('ACTIVE');
  });

  it('refuses it also while the index is on its way back', async () => {
    const { move } = registry();
    await move({ imageDigest: INDEX }, 'ARCHIVE');
    await move({ imageDigest: INDEX }, 'STANDARD');
    await expect(move({ imageDigest: AMD64 }, 'ARCHIVE')).rejects.toMatchObject({
      code: 'ImageStorageClassUpdateNotSupportedException',
    });
  });

  it('restores within 2 to 18 minutes, and tells when it is done', async () => {
    const { move, describe, actions, account, clock } = registry();
    const status = async () =>
      (await describe({ imageIds: [{ imageDigest: PLAIN }], filter: { imageStatus: 'ANY' } })).imageDetails?.[0];
    await move({ imageDigest: PLAIN }, 'ARCHIVE');
    await actions();
    const asked = account.clock.now();
    expect((await move({ imageDigest: PLAIN }, 'STANDARD')).imageStatus).toBe('ACTIVATING');
    await clock.advance(minutes(2) - 1000);
    expect(await status()).toMatchObject({ imageStatus: 'ACTIVATING' });
    expect(await actions()).toEqual([]);
    await clock.advance(minutes(16));
    const restored = await status();
    expect(restored?.imageStatus).toBe('ACTIVE');
    const activatedAt = restored?.lastActivatedAt?.getTime() ?? 0;
    expect(activatedAt).toBeGreaterThanOrEqual(asked + minutes(2));
    expect(activatedAt).toBeLessThanOrEqual(asked + minutes(18));
    expect(await actions()).toEqual([
      {
        'action-type': 'UPDATE_STORAGE_CLASS',
        'target-storage-class': 'STANDARD',
        'last-activated-at': new Date(activatedAt).toISOString(),
        result: 'SUCCESS',
        'repository-name': 'payments/api',
        'image-digest': PLAIN,
        'manifest-media-type': 'application/vnd.oci.image.manifest.v1+json',
        'artifact-media-type': 'application/vnd.oci.image.config.v1+json',
      },
    ]);
  });

  it('changes nothing when it is repeated', async () => {
    const { move, actions, clock } = registry();
    await move({ imageDigest: PLAIN }, 'ARCHIVE');
    expect((await move({ imageDigest: PLAIN }, 'ARCHIVE')).imageStatus).toBe('ARCHIVED');
    await move({ imageDigest: PLAIN }, 'STANDARD');
    expect((await move({ imageDigest: PLAIN }, 'STANDARD')).imageStatus).toBe('ACTIVATING');
    await clock.advance(minutes(18));
    expect((await move({ imageDigest: PLAIN }, 'STANDARD')).imageStatus).toBe('ACTIVE');
    expect(await actions()).toHaveLength(2);
  });

  it('gives up a restore under way when the image is archived again', async () => {
    const { move, describe, clock } = registry();
    await move({ imageDigest: PLAIN }, 'ARCHIVE');
    await move({ imageDigest: PLAIN }, 'STANDARD');
    await move({ imageDigest: PLAIN }, 'ARCHIVE');
    // Were the first restore still under way, it would end at a time that is not the second's.
    await clock.advance(minutes(1));
    await move({ imageDigest: PLAIN }, 'STANDARD');
    expect(clock.queued().filter(({ kind }) => kind === 'ecr.restored')).toHaveLength(1);
    await clock.advance(minutes(18));
    expect((await describe({ imageIds: [{ imageDigest: PLAIN }] })).imageDetails?.[0]?.imageStatus).toBe('ACTIVE');
  });

  it.each([
    ['an image that is not there', { imageTag: 'new' }, 'ARCHIVE', 'ImageNotFoundException'],
    ['an id that names nothing', {}, 'ARCHIVE', 'InvalidParameterException'],
    ['a class that ECR does not have', { imageDigest: PLAIN }, 'COLD', 'ValidationException'],
  ])('refuses %s', async (_what, imageId, target, code) => {
    const { move } = registry();
    await expect(move(imageId, target as 'ARCHIVE')).rejects.toMatchObject({ code });
  });
});
