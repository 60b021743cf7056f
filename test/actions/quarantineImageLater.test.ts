import { describe, expect, test } from 'vitest';
import { quarantineImage as action } from '../../shared/actions/quarantineImage/quarantineImage.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { mockAccount, type World } from '../account/mockAccount.ts';
import { actContext } from './actContext.ts';
import { all, amd, arm, observed, release, statuses, target, world } from './quarantineWorld.ts';

const [before, archived, later] = [
  '2026-11-20T09:00:00.000Z',
  '2026-11-20T10:00:00.000Z',
  '2026-11-20T11:00:00.000Z',
] as const;

type Times = Pick<World['images'][number], 'status' | 'pushedAt' | 'archivedAt' | 'activatedAt'>;
const quiet: Times = { status: 'ARCHIVED', pushedAt: before, archivedAt: archived };

/** What the action says of a set that it had archived, once these images look so. */
async function said(changed: { readonly [digest: string]: Times }, alter = (was: JsonObject) => was) {
  const of = world();
  const was = await observed(of);
  for (const one of of.images) Object.assign(one, quiet, changed[one.digest]);
  const seen = await action.observe(target, {}, { ...actContext(mockAccount(of).aws), before: was });
  return action.deliveredAgain?.(alter(was), seen);
}

describe('an image that is active again', () => {
  const pushed: Times = { status: 'ACTIVE', pushedAt: later, archivedAt: archived, activatedAt: later };
  const restored: Times = { status: 'ACTIVE', pushedAt: before, archivedAt: archived, activatedAt: later };

  test('because it was pushed is told from a restore by hand, by the times of ECR', async () => {
    expect(await said({ [amd.digest]: pushed })).toBe(
      `${amd.digest.slice(0, 19)} was pushed again (it was archived ${archived})`,
    );
    expect(await said({ [amd.digest]: restored })).toBeUndefined();
    expect(await said({})).toBeUndefined();
  });

  test('though nothing has restored it since it was archived was pushed', async () => {
    const { activatedAt: _never, ...unrestored } = restored;
    expect(await said({ [amd.digest]: unrestored as Times })).toContain('was pushed again');
    expect(await said({ [amd.digest]: { ...restored, activatedAt: before } })).toContain('was pushed again');
  });

  test('beside one that somebody restored is a person’s decision', async () => {
    expect(await said({ [amd.digest]: pushed, [arm.digest]: restored })).toBeUndefined();
    expect(await said({ [amd.digest]: pushed, [arm.digest]: pushed })).toContain(arm.digest.slice(0, 19));
  });

  test('after it was pushed, archived again and restored by hand is a person’s decision', async () => {
    const again: Times = {
      status: 'ACTIVE',
      pushedAt: archived,
      archivedAt: later,
      activatedAt: '2026-11-20T12:00:00Z',
    };
    expect(await said({ [amd.digest]: again })).toBeUndefined();
  });

  test('is on its way back by somebody’s hand while ECR restores it', async () => {
    expect(await said({ [amd.digest]: { ...pushed, status: 'ACTIVATING' } })).toBeUndefined();
  });

  test('was deleted and pushed where it was never archived, and pushed later than what was archived', async () => {
    const fresh = { status: 'ACTIVE', pushedAt: later, archivedAt: undefined } as unknown as Times;
    expect(await said({ [amd.digest]: fresh })).toContain('was pushed again');
    expect(await said({ [amd.digest]: { ...fresh, pushedAt: before } })).toBeUndefined();
    // Of what was archived by an earlier version, nobody knows when it was pushed.
    expect(await said({ [amd.digest]: fresh }, ({ history: _none, ...was }) => was)).toBeUndefined();
  });
});

describe('a set that was archived, and that ECR deletes from the archive, index first', () => {
  const index = { ...target, id: `${target.repository}@${release.digest}`, digest: release.digest };
  const gone = async (...digests: readonly string[]) => {
    const of = world();
    const was = await observed(of);
    for (const one of of.images) Object.assign(one, quiet);
    of.images = of.images.filter(({ digest }) => !digests.includes(digest));
    return { of, was, context: { ...actContext(mockAccount(of).aws), before: was } };
  };

  test('is observed as far as it is there: only what is left is compared', async () => {
    const { was, context } = await gone(release.digest);
    const seen = await action.observe(index, {}, context);
    expect(seen['status']).toEqual({ [amd.digest]: 'ARCHIVED', [arm.digest]: 'ARCHIVED' });
    expect(seen['digests']).toEqual(was.digests);
    expect(action.stillThere?.({ status: was.status }, seen)).toEqual({
      status: { [amd.digest]: 'ACTIVE', [arm.digest]: 'ACTIVE' },
    });
    expect(action.stillThere?.({ inUse: 'no' }, seen)).toEqual({ inUse: 'no' });
    expect(action.meets?.(target, seen)).toEqual(action.meets?.(target, was));
  });

  test('is a target gone when nothing is left of it, or nothing of it was ever changed', async () => {
    const { context } = await gone(...Object.keys(all('')), ...(await observed(world())).digests);
    await expect(action.observe(index, {}, context)).rejects.toMatchObject({ name: 'TargetGone' });
    const { of } = await gone(release.digest);
    const fresh = actContext(mockAccount(of).aws);
    await expect(action.observe(index, {}, fresh)).rejects.toMatchObject({ name: 'TargetGone' });
  });

  test('is put back as far as it is there, waits for what is left, and says what has gone', async () => {
    const { of, was, context } = await gone(release.digest);
    const undone = await action.undo?.(index, {}, was, context);
    expect(undone).toMatchObject({ kind: 'waiting', did: expect.stringContaining('is gone') });
    expect(undone).not.toHaveProperty('correlation', expect.stringContaining(release.digest));
    const left = Object.fromEntries(Object.entries(all('ACTIVATING')).filter(([digest]) => digest !== release.digest));
    expect(statuses(of)).toMatchObject(left);
    expect(await action.verifyUndone?.(index, {}, was, context)).toMatchObject({ state: 'pending' });
    for (const one of of.images) one.status = 'ACTIVE';
    expect(await action.verifyUndone?.(index, {}, was, context)).toMatchObject({
      state: 'holds',
      absence: true,
      partlyGone: true,
      seen: expect.stringContaining(`${release.digest.slice(0, 19)} gone`),
    });
  });

  test('of which all that we archived has gone has nothing left to put back', async () => {
    const { was, context } = await gone(release.digest, amd.digest);
    const ours = { ...was, status: { ...was.status } } as Record<string, unknown> & typeof was;
    for (const digest of was.digests)
      if (digest !== release.digest && digest !== amd.digest)
        (ours.status as Record<string, string>)[digest] = 'ARCHIVED';
    await expect(action.verifyUndone?.(index, {}, ours, context)).rejects.toMatchObject({ name: 'TargetGone' });
  });
});
