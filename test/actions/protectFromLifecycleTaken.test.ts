import { describe, expect, it } from 'vitest';
import { runLifecycle } from '../../sandbox/services/ecr/lifecycle/run.ts';
import { whenDeleted } from '../../shared/actions/protectFromLifecycle/due.ts';
import { protectFromLifecycle as action } from '../../shared/actions/protectFromLifecycle/protectFromLifecycle.ts';
import { keepTags } from '../../shared/actions/targets/imageTarget.ts';
import { differing } from '../../shared/respond/restored.ts';
import { archiveExpires, buildsExpire, digestOf, imageAt, keepWorld, tagOf } from './keepWorld.ts';

const old = '2010-01-01T00:00:00Z';
const tagged = (letter: string, ...tags: readonly string[]) => ({ digest: digestOf(letter), tags, pushedAt: old });
const both = { lifecyclePolicy: { rules: [buildsExpire, archiveExpires] } };
const [usual = '', longer = '', whole = '', numbered = ''] = keepTags.all(digestOf('a'));
/** Whoever may push has given the first of the tags that are ours by right to an image of their own. */
const taken = (count: number) => [tagged('a', 'build-1'), tagged('b', ...keepTags.all(digestOf('a')).slice(0, count))];

describe('an image whose tag was given to another one first', () => {
  it('has the usual one where nobody has that', () => {
    expect([usual, longer, whole]).toEqual([
      tagOf('a'),
      `firebreak-keep-${'a'.repeat(24)}`,
      `firebreak-keep-${'a'.repeat(64)}`,
    ]);
    expect(numbered).toBe(`${whole}-2`);
    expect(keepTags.all(digestOf('a')).every((one) => one.length <= 128)).toBe(true);
  });

  it.each([
    [1, longer],
    [2, whole],
    [3, numbered],
  ])('is kept by another one, which an undo takes off again (%i taken)', async (count, tag) => {
    await using world = await keepWorld(taken(count), both);
    const policy = world.policy();
    expect(await world.plan('a')).toMatchObject({
      kind: 'step',
      chosen: { tag },
      sentence: expect.stringContaining(tag),
    });
    await world.keep('a');
    expect(world.tags('a')).toEqual(['build-1', tag]);
    expect(await world.verify('a')).toMatchObject({ state: 'holds', seen: expect.stringContaining(tag) });
    expect(await world.observe('a')).toMatchObject({ kept: true, tag });
    runLifecycle(world.account, world.repository());
    expect(world.image('a')).toBeDefined();
    // What the other image has is not ours to take, and goes by its own step alone.
    world.image('b')?.tags.clear();
    await world.letGo('a');
    expect([world.tags('a'), world.policy()]).toEqual([['build-1'], policy]);
    expect(await world.verifyLetGo('a')).toMatchObject({ state: 'holds' });
  });

  it('is undone by the tag of the record, whichever is free by then', async () => {
    await using world = await keepWorld(taken(1), both);
    await world.keep('a');
    world.image('b')?.tags.clear();
    world.image('a')?.tags.add(usual);
    expect(await action.observe(imageAt('a'), {}, world.acting('a'))).toMatchObject({ tag: longer });
    await world.letGo('a');
    expect(world.tags('a')).toEqual(['build-1', usual]);
  });

  it('is not deleted with the last tag where that is the longer one', async () => {
    await using world = await keepWorld([tagged('a'), tagged('b', usual)], both);
    await world.keep('a');
    expect(world.tags('a')).toEqual([longer]);
    await expect(world.letGo('a')).rejects.toThrow('deletes an image with its last tag');
    expect(world.tags('a')).toEqual([longer]);
  });

  it('is decided again where the tag that was chosen is taken before its turn', async () => {
    await using world = await keepWorld(taken(0), both);
    const before = await world.observe('a');
    world.image('b')?.tags.add(usual);
    const now = await action.observe(imageAt('a'), {}, { ...world.context, chosen: { tag: usual } });
    expect(differing(now, before, action.decisive)).toBe('tag');
  });

  it('is let go by whoever takes off the tag of the record', () => {
    const calls = action.changedBy?.(imageAt('a'), { tag: longer }) ?? [];
    const here = { repositoryName: 'shop/web', imageIds: [{ imageTag: longer }] };
    expect(calls.filter((one) => one.eventName === 'BatchDeleteImage' && one.isOn(here, {} as never))).toHaveLength(1);
  });

  it('is held where all of them are taken, and says when the policy deletes it', async () => {
    await using world = await keepWorld(taken(12), both);
    expect(await world.plan('a')).toMatchObject({
      kind: 'hold',
      reason: expect.stringMatching(/which would move, and others have the 11 that would be taken instead$/),
      loses: expect.stringContaining(
        'the lifecycle policy of shop/web deletes it 3650 days after its push (rule 1), or once it has been in the archive for 90 days (rule 2)',
      ),
    });
  });

  it('is held without a word of what is lost where no rule deletes it', async () => {
    await using world = await keepWorld([tagged('a', '1'), ...taken(12).slice(1)], {
      lifecyclePolicy: { rules: [buildsExpire] },
    });
    const planned = await world.plan('a');
    expect(planned).toMatchObject({ kind: 'hold' });
    expect(planned).not.toHaveProperty('loses');
  });
});

describe('when a policy deletes an image', () => {
  const rule = (rulePriority: number, selection: object, type = 'expire') => ({
    rulePriority,
    selection: { tagStatus: 'any', countType: 'sinceImagePushed', countNumber: 14, ...selection },
    action: { type },
  });
  const when = (tags: readonly string[], ...rules: readonly ReturnType<typeof rule>[]) =>
    whenDeleted({ rules: [...rules] }, tags, false);

  it.each([
    ['imageCountMoreThan', 'once 14 images that it selects are newer (rule 1)'],
    ['sinceImagePulled', '14 days after its last pull (rule 1)'],
    ['sinceSomethingNew', 'by sinceSomethingNew 14 (rule 1)'],
  ])('is said of %s', (countType, said) => {
    expect(when(['x'], rule(1, { countType }))).toBe(said);
  });

  it('is what the first rule that selects it says, and that alone', () => {
    const builds = { tagStatus: 'tagged', tagPrefixList: ['build-', 'arm-'] };
    expect(when(['build-1', 'arm-1'], rule(2, {}), rule(1, { ...builds, countNumber: 3 }))).toContain('(rule 1)');
    expect(when(['build-1'], rule(2, {}), rule(1, builds))).toContain('(rule 2)');
    expect(when([], rule(1, builds), rule(2, { tagStatus: 'untagged' }))).toContain('(rule 2)');
    expect(when(['x'], rule(1, { tagStatus: 'untagged' }))).toBeNull();
  });

  it('is said of a rule with patterns and of what comes after it, because it may select it', () => {
    const patterns = { tagStatus: 'tagged', tagPatternList: ['*-dev'] };
    expect(when(['x'], rule(1, patterns), rule(2, {}))).toMatch(/\(rule 1\), or .*\(rule 2\)/);
  });

  it('is never where a rule archives it, but from the archive', () => {
    const archives = rule(1, { countType: 'sinceImagePulled' }, 'transition');
    expect(when(['x'], archives)).toBeNull();
    const fromArchive = rule(2, { storageClass: 'archive', countType: 'sinceImageTransitioned', countNumber: 90 });
    expect(when(['x'], archives, fromArchive)).toBe('once it has been in the archive for 90 days (rule 2)');
  });
});
