import type {
  GetLifecyclePolicyPreviewRequest,
  GetLifecyclePolicyPreviewResponse,
  StartLifecyclePolicyPreviewResponse,
} from '@aws-sdk/client-ecr';
import { describe, expect, it } from 'vitest';
import { getLifecyclePolicyPreview } from '../../../../../sandbox/services/ecr/lifecycle/getLifecyclePolicyPreview.ts';
import { startLifecyclePolicyPreview } from '../../../../../sandbox/services/ecr/lifecycle/startLifecyclePolicyPreview.ts';
import { INDEX, PLAIN, registry, repositoryName } from '../registry.ts';
import { count, policy, rule, toArchive } from './policies.ts';

function previewing(settings: object = {}) {
  const all = registry([], settings);
  return {
    ...all,
    start: (lifecyclePolicyText?: string) =>
      all.run<StartLifecyclePolicyPreviewResponse>(startLifecyclePolicyPreview, {
        repositoryName,
        lifecyclePolicyText,
      }),
    ask: (input: Partial<GetLifecyclePolicyPreviewRequest> = {}) =>
      all.run<GetLifecyclePolicyPreviewResponse>(getLifecyclePolicyPreview, { repositoryName, ...input }),
  };
}

const old = { tagStatus: 'tagged', tagPrefixList: ['old'] };
const both = policy(
  rule({ rulePriority: 1, selection: old }),
  rule({ rulePriority: 2, selection: { countNumber: 20 }, action: toArchive }),
);

describe('a preview of a lifecycle policy', () => {
  it('says what would happen, and does nothing', async () => {
    const { start, ask, describe: images, clock } = previewing();
    expect(await start(both)).toEqual({
      registryId: '123456789012',
      repositoryName,
      lifecyclePolicyText: both,
      status: 'IN_PROGRESS',
    });
    expect(await ask()).toMatchObject({ status: 'IN_PROGRESS', previewResults: [] });
    await expect(start(both)).rejects.toMatchObject({ code: 'LifecyclePolicyPreviewInProgressException' });
    await clock.advance(5000);
    expect(await ask()).toEqual({
      registryId: '123456789012',
      repositoryName,
      lifecyclePolicyText: both,
      status: 'COMPLETE',
      previewResults: [
        {
          imageTags: ['old'],
          imageDigest: PLAIN,
          imagePushedAt: new Date('2026-01-01T00:00:00Z'),
          action: { type: 'EXPIRE' },
          appliedRulePriority: 1,
          storageClass: 'STANDARD',
        },
        expect.objectContaining({
          imageDigest: INDEX,
          action: { type: 'TRANSITION', targetStorageClass: 'ARCHIVE' },
          appliedRulePriority: 2,
        }),
      ],
      summary: {
        expiringImageTotalCount: 1,
        transitioningImageTotalCounts: [{ targetStorageClass: 'ARCHIVE', imageTotalCount: 1 }],
      },
    });
    expect((await images()).imageDetails).toHaveLength(4);
  });

  it("is of the repository's own policy when none is given, and of the last that was started", async () => {
    const none = previewing();
    await expect(none.start()).rejects.toMatchObject({ code: 'LifecyclePolicyNotFoundException' });
    await expect(none.ask()).rejects.toMatchObject({ code: 'LifecyclePolicyPreviewNotFoundException' });
    const { start, ask, clock } = previewing({ lifecyclePolicy: JSON.parse(both) });
    await start();
    await clock.advance(5000);
    expect((await ask()).previewResults).toHaveLength(2);
    await start(policy(rule({ selection: count(1000) })));
    await clock.advance(5000);
    expect(await ask()).toMatchObject({ previewResults: [], summary: { expiringImageTotalCount: 0 } });
  });

  it('is filtered by tag and id, and given in pages', async () => {
    const { start, ask, clock } = previewing();
    await start(both);
    await clock.advance(5000);
    const digests = async (input: object) => (await ask(input)).previewResults?.map(({ imageDigest }) => imageDigest);
    expect(await digests({ filter: { tagStatus: 'UNTAGGED' } })).toEqual([]);
    expect(await digests({ imageIds: [{ imageTag: 'old' }] })).toEqual([PLAIN]);
    expect(await digests({ imageIds: [{ imageDigest: INDEX }] })).toEqual([INDEX]);
    const first = await ask({ maxResults: 1 });
    expect(await digests({ maxResults: 1, nextToken: first.nextToken })).toEqual([INDEX]);
    await expect(ask({ maxResults: 101 })).rejects.toMatchObject({ code: 'InvalidParameterException' });
    const mixed = ask({ maxResults: 5, imageIds: [{ imageTag: 'old' }] });
    await expect(mixed).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });

  it('refuses a policy that could not be put', async () => {
    const { start } = previewing();
    await expect(start(policy(rule(), rule()))).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });
});
