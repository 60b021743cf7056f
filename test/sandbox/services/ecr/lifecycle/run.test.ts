import type {
  DeleteLifecyclePolicyResponse,
  GetLifecyclePolicyResponse,
  PutLifecyclePolicyResponse,
} from '@aws-sdk/client-ecr';
import { describe, expect, it } from 'vitest';
import { deleteLifecyclePolicy } from '../../../../../sandbox/services/ecr/lifecycle/deleteLifecyclePolicy.ts';
import { getLifecyclePolicy } from '../../../../../sandbox/services/ecr/lifecycle/getLifecyclePolicy.ts';
import { putLifecyclePolicy } from '../../../../../sandbox/services/ecr/lifecycle/putLifecyclePolicy.ts';
import { AMD64, ARM64, INDEX, PLAIN, registry, repositoryName } from '../registry.ts';
import { count, policy, rule, toArchive } from './policies.ts';

const hours = (number: number): number => number * 3_600_000;
const identity = { registryId: '123456789012', repositoryName };

function lifecycle(settings: object = {}) {
  const all = registry([], settings);
  return {
    ...all,
    set: (lifecyclePolicyText: string) =>
      all.run<PutLifecyclePolicyResponse>(putLifecyclePolicy, { repositoryName, lifecyclePolicyText }),
    get: () => all.run<GetLifecyclePolicyResponse>(getLifecyclePolicy, { repositoryName }),
    end: () => all.run<DeleteLifecyclePolicyResponse>(deleteLifecyclePolicy, { repositoryName }),
    statuses: async () =>
      Object.fromEntries(
        ((await all.describe({ filter: { imageStatus: 'ANY' } })).imageDetails ?? []).map((each) => [
          each.imageDigest,
          each.imageStatus,
        ]),
      ),
  };
}

const active = { [INDEX]: 'ACTIVE', [PLAIN]: 'ACTIVE', [AMD64]: 'ACTIVE', [ARM64]: 'ACTIVE' };
const expireOld = policy(rule({ selection: { tagStatus: 'tagged', tagPrefixList: ['old'] } }));

describe('a lifecycle policy of a repository', () => {
  it('is looked at within 24 hours, not at once, and every deletion is told by tag', async () => {
    const { set, get, statuses, actions, clock } = lifecycle();
    expect(await set(expireOld)).toEqual({ ...identity, lifecyclePolicyText: expireOld });
    expect((await get()).lastEvaluatedAt).toEqual(new Date(0));
    await clock.advance(hours(1) - 1);
    expect(await statuses()).toEqual(active);
    await clock.advance(hours(23));
    const { [PLAIN]: _gone, ...left } = active;
    expect(await statuses()).toEqual(left);
    expect((await get()).lastEvaluatedAt?.getTime()).toBeGreaterThan(Date.parse('2026-11-24T09:00:00Z') - 1);
    expect(await actions()).toEqual([
      {
        'action-type': 'DELETE',
        result: 'SUCCESS',
        'repository-name': repositoryName,
        'image-digest': PLAIN,
        'image-tag': 'old',
        'manifest-media-type': 'application/vnd.oci.image.manifest.v1+json',
        'artifact-media-type': 'application/vnd.oci.image.config.v1+json',
      },
    ]);
  });

  it('is looked at every day: what an index needs goes the day after it', async () => {
    const { set, statuses, clock } = lifecycle();
    await set(policy(rule({ selection: { countNumber: 1 } })));
    await clock.advance(hours(24));
    expect(await statuses()).toEqual({ [AMD64]: 'ACTIVE', [ARM64]: 'ACTIVE' });
    await clock.advance(hours(24));
    expect(await statuses()).toEqual({});
  });

  it('archives as a person would, with the event of that', async () => {
    const { set, statuses, actions, clock } = lifecycle();
    await set(policy(rule({ action: toArchive })));
    await clock.advance(hours(24));
    expect(await statuses()).toMatchObject({ [INDEX]: 'ARCHIVED', [PLAIN]: 'ARCHIVED', [AMD64]: 'ACTIVE' });
    expect(await actions()).toContainEqual(
      expect.objectContaining({ 'target-storage-class': 'ARCHIVE', 'image-digest': PLAIN }),
    );
  });

  it('keeps its time of the day when it is replaced', async () => {
    const { set, clock, statuses, get } = lifecycle();
    await set(policy(rule({ selection: count(1000) })));
    const [first] = clock.queued();
    await clock.advance(hours(0.5));
    await set(expireOld);
    expect(clock.queued()).toEqual([first]);
    expect((await get()).lifecyclePolicyText).toBe(expireOld);
    await clock.advance(hours(24));
    expect(await statuses()).not.toHaveProperty(PLAIN);
  });

  it('does nothing more once it is deleted', async () => {
    const { set, end, get, statuses, clock } = lifecycle();
    await set(expireOld);
    expect(await end()).toEqual({ ...identity, lifecyclePolicyText: expireOld, lastEvaluatedAt: new Date(0) });
    await clock.advance(hours(48));
    expect(await statuses()).toEqual(active);
    await expect(get()).rejects.toMatchObject({ code: 'LifecyclePolicyNotFoundException' });
    await expect(end()).rejects.toMatchObject({ code: 'LifecyclePolicyNotFoundException' });
  });

  it('is refused as a whole, and the one before stays', async () => {
    const { set, get } = lifecycle();
    await set(expireOld);
    await expect(set(policy(rule(), rule()))).rejects.toMatchObject({ code: 'InvalidParameterException' });
    expect((await get()).lifecyclePolicyText).toBe(expireOld);
  });

  it('is what the account file says', async () => {
    const { get, statuses, clock } = lifecycle({ lifecyclePolicy: JSON.parse(expireOld) });
    expect(JSON.parse((await get()).lifecyclePolicyText ?? '')).toEqual(JSON.parse(expireOld));
    await clock.advance(hours(24));
    expect(await statuses()).not.toHaveProperty(PLAIN);
  });
});
