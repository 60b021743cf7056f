import type { DescribeRepositoriesResponse, PutImageTagMutabilityResponse } from '@aws-sdk/client-ecr';
import { describe, expect, it } from 'vitest';
import { batchDeleteImage } from '../../../../sandbox/services/ecr/batchDeleteImage.ts';
import { describeRepositories } from '../../../../sandbox/services/ecr/describeRepositories.ts';
import { isImmutable } from '../../../../sandbox/services/ecr/mutability.ts';
import { putImageTagMutability } from '../../../../sandbox/services/ecr/putImageTagMutability.ts';
import { INDEX, PLAIN, registry, repositoryName } from './registry.ts';

const filters = (...all: readonly string[]) => all.map((filter) => ({ filterType: 'WILDCARD', filter }));
const mediaType = 'application/vnd.oci.image.manifest.v1+json';
const manifest = JSON.stringify({ schemaVersion: 2, mediaType, layers: [] });

function repository(settings: object = {}) {
  const all = registry([], settings);
  return {
    ...all,
    set: (imageTagMutability: string, exclusions?: readonly object[]) =>
      all.run<PutImageTagMutabilityResponse>(putImageTagMutability, {
        repositoryName,
        imageTagMutability,
        ...(exclusions === undefined ? {} : { imageTagMutabilityExclusionFilters: exclusions }),
      }),
    shown: async () => (await all.run<DescribeRepositoriesResponse>(describeRepositories, {})).repositories?.[0],
    push: (imageTag: string) => all.put({ imageManifest: manifest, imageTag }),
  };
}

const taken = { code: 'ImageTagAlreadyExistsException', message: expect.stringContaining("'old' already exists") };

describe('tag immutability', () => {
  it('keeps a tag on the image that has it, and lets new tags come', async () => {
    const { set, push, describe: images, actions } = repository();
    expect(await set('IMMUTABLE')).toEqual({
      registryId: '123456789012',
      repositoryName,
      imageTagMutability: 'IMMUTABLE',
    });
    await expect(push('old')).rejects.toMatchObject(taken);
    expect(await actions()).toEqual([]);
    const { imageDetails } = await images({ imageIds: [{ imageTag: 'old' }] });
    expect(imageDetails?.[0]?.imageDigest).toBe(PLAIN);
    await push('new');
  });

  it('keeps the tag of an archived image too, and lets the same image be pushed with it', async () => {
    const { move, get, put, push } = repository({ tagMutability: 'IMMUTABLE' });
    const imageManifest = (await get([{ imageTag: 'old' }])).images?.[0]?.imageManifest;
    await move({ imageTag: 'old' }, 'ARCHIVE');
    await expect(push('old')).rejects.toMatchObject(taken);
    expect((await put({ imageManifest, imageTag: 'old' })).image?.imageId?.imageDigest).toBe(PLAIN);
    await expect(put({ imageManifest, imageTag: 'old' })).rejects.toMatchObject({
      code: 'ImageAlreadyExistsException',
    });
    expect((await get([{ imageDigest: PLAIN }])).images).toHaveLength(1);
  });

  it('does not keep a tag that an exclusion names, and with MUTABLE_WITH_EXCLUSION only that', async () => {
    const { set, push, shown } = repository();
    await set('IMMUTABLE_WITH_EXCLUSION', filters('prod'));
    await push('prod');
    await expect(push('old')).rejects.toMatchObject(taken);
    await set('MUTABLE_WITH_EXCLUSION', filters('o*d', '1.*'));
    await expect(push('old')).rejects.toMatchObject(taken);
    expect(await shown()).toMatchObject({
      imageTagMutability: 'MUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: filters('o*d', '1.*'),
    });
    await set('MUTABLE');
    expect(await shown()).not.toHaveProperty('imageTagMutabilityExclusionFilters');
    await push('old');
  });

  it('is what the account file says', async () => {
    const { push, shown } = repository({
      tagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      tagMutabilityExclusions: ['dev-*', 'latest'],
    });
    expect(await shown()).toMatchObject({
      imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: filters('dev-*', 'latest'),
    });
    await expect(push('old')).rejects.toMatchObject(taken);
  });

  it('takes a filter literally but for its wildcards', () => {
    const fixed = (filter: string, tag: string) =>
      isImmutable({ setting: 'MUTABLE_WITH_EXCLUSION', exclusions: [filter] }, tag);
    expect(fixed('v1.0', 'v1.0')).toBe(true);
    expect(fixed('v1.0', 'v1x0')).toBe(false);
    expect(fixed('v*', 'prev1')).toBe(false);
    expect(fixed('*-prod-*', 'a-prod-b')).toBe(true);
  });

  it.each([
    ['a setting that ECR does not have', 'FIXED', undefined],
    ['filters without an exclusion', 'IMMUTABLE', filters('a')],
    ['an exclusion without filters', 'IMMUTABLE_WITH_EXCLUSION', undefined],
    ['six filters', 'MUTABLE_WITH_EXCLUSION', filters('a', 'b', 'c', 'd', 'e', 'f')],
    ['a filter with other characters', 'MUTABLE_WITH_EXCLUSION', filters('a/b')],
    ['too long a filter', 'MUTABLE_WITH_EXCLUSION', filters('a'.repeat(129))],
    ['three wildcards', 'MUTABLE_WITH_EXCLUSION', filters('*a*b*')],
    ['another type of filter', 'MUTABLE_WITH_EXCLUSION', [{ filterType: 'PREFIX', filter: 'a' }]],
  ])('refuses %s, and changes nothing', async (_what, setting, exclusions) => {
    const { set, shown } = repository();
    await expect(set(setting, exclusions)).rejects.toMatchObject({ code: 'InvalidParameterException' });
    expect(await shown()).toMatchObject({ imageTagMutability: 'MUTABLE' });
  });

  it('stops nobody from deleting a tag, after which it may be pushed again', async () => {
    const { set, describe: images, push, run } = repository();
    await set('IMMUTABLE');
    await expect(push('prod')).rejects.toMatchObject({ code: 'ImageTagAlreadyExistsException' });
    await run(batchDeleteImage, { repositoryName, imageIds: [{ imageTag: 'prod' }] });
    await push('prod');
    expect((await images({ imageIds: [{ imageTag: 'prod' }] })).imageDetails?.[0]?.imageDigest).not.toBe(INDEX);
  });
});
