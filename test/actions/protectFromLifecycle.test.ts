import { describe, expect, it } from 'vitest';
import { runLifecycle } from '../../sandbox/services/ecr/lifecycle/run.ts';
import { archive } from '../../sandbox/services/ecr/storageClass.ts';
import { protectFromLifecycle as action } from '../../shared/actions/protectFromLifecycle/protectFromLifecycle.ts';
import { quarantineImage } from '../../shared/actions/quarantineImage/quarantineImage.ts';
import { keepTags } from '../../shared/actions/targets/imageTarget.ts';
import { orderSteps } from '../../shared/plan/order.ts';
import { stepOf } from './keepSteps.ts';
import { archiveExpires, buildsExpire, digestOf, imageAt, keepWorld, tagOf } from './keepWorld.ts';

const old = '2010-01-01T00:00:00Z';
const tagged = (letter: string, ...tags: readonly string[]) => ({ digest: digestOf(letter), tags, pushedAt: old });
const policed = (...rules: readonly object[]) => ({ lifecyclePolicy: { rules } });
const both = policed(buildsExpire, archiveExpires);

describe('an image that the lifecycle policy would delete', () => {
  it('is there after the policy was looked at, and another of the same age is not', async () => {
    await using world = await keepWorld([tagged('a', 'build-1'), tagged('b', 'build-2')], policed(buildsExpire));
    expect(await world.plan('a')).toMatchObject({ kind: 'step', sentence: expect.stringContaining(tagOf('a')) });
    await world.keep('a');
    expect(await world.verify('a')).toMatchObject({ state: 'holds' });
    runLifecycle(world.account, world.repository());
    expect([...world.repository().images.keys()]).toEqual([digestOf('a')]);
  });

  it('is not deleted from the archive either, when it is quarantined after that', async () => {
    await using world = await keepWorld([tagged('a', 'build-1')], both);
    await world.keep('a');
    const image = world.image('a');
    if (image === undefined) throw new Error('It is gone');
    archive(world.account, world.repository(), image);
    image.lastArchivedAt = Date.parse(old);
    runLifecycle(world.account, world.repository());
    expect(world.image('a')?.status).toBe('ARCHIVED');
    expect(await world.plan('a')).toMatchObject({ kind: 'skip', reason: expect.stringContaining('kept') });
    expect(await world.verify('a')).toMatchObject({ state: 'holds' });
    // Its tag goes, and it stays where it is.
    await world.letGo('a');
    expect([world.tags('a'), world.image('a')?.status]).toEqual([['build-1'], 'ARCHIVED']);
  });

  it('in a repository whose tags do not move gets the tag all the same', async () => {
    const immutable = { ...policed(buildsExpire), tagMutability: 'IMMUTABLE' };
    await using world = await keepWorld([tagged('a', 'build-1')], immutable);
    await world.keep('a');
    expect(await world.verify('a')).toMatchObject({ state: 'holds' });
    await world.letGo('a');
    expect(world.tags('a')).toEqual(['build-1']);
  });

  it('is kept by a step that was begun before, too', async () => {
    await using world = await keepWorld([tagged('a', 'build-1')], policed(buildsExpire));
    await world.keep('a');
    const policy = world.policy();
    await world.keep('a');
    expect([world.policy(), world.tags('a')]).toEqual([policy, ['build-1', tagOf('a')]]);
  });
});

describe('two images of one repository', () => {
  const two = [tagged('a', 'build-1'), tagged('b', 'build-2')];

  it('have one rule, which goes with the last of them', async () => {
    await using world = await keepWorld(two, both);
    const before = world.policy();
    await world.keep('a');
    await world.keep('b');
    expect(world.numbers()).toEqual([1, 2, 3, 4]);
    await world.letGo('a');
    expect([world.numbers(), world.tags('a')]).toEqual([[1, 2, 3, 4], ['build-1']]);
    expect(await world.verifyLetGo('a')).toMatchObject({ state: 'holds', seen: expect.stringContaining('1 other') });
    expect(await world.verify('b')).toMatchObject({ state: 'holds' });
    await world.letGo('b');
    expect(await world.verifyLetGo('b')).toMatchObject({ state: 'holds' });
    expect(world.policy()).toEqual(before);
  });

  it('take turns: the policy is written as a whole', async () => {
    await using world = await keepWorld(two, both);
    const turns = await Promise.all(
      ['a', 'b'].map(async (letter) => action.turn?.(imageAt(letter), await world.observe(letter))),
    );
    expect(turns[0]).toMatchObject({ kind: 'ecr-repository', id: 'shop/web' });
    expect(turns[1]).toEqual(turns[0]);
  });
});

describe('the last tag of an image', () => {
  it('is not taken off, because ECR deletes the image with it, and that is said before', async () => {
    await using world = await keepWorld([{ ...tagged('a'), pushedAt: old }], policed(buildsExpire));
    await world.keep('a');
    const target = imageAt('a');
    const before = await world.observe('a');
    expect(await action.staysYet?.(target, before, world.context)).toContain('is the only tag of');
    expect(await action.release?.plan(target, {}, before, null, world.context)).toMatchObject({ kind: 'refused' });
    await expect(world.letGo('a')).rejects.toThrow('deletes an image with its last tag');
    expect(world.tags('a')).toEqual([tagOf('a')]);
    world.image('a')?.tags.add('looked-at');
    expect(await action.staysYet?.(target, before, world.context)).toBeNull();
    await world.letGo('a');
    expect(world.tags('a')).toEqual(['looked-at']);
  });

  it('is not taken off where it has moved to another image meanwhile', async () => {
    let moves = () => {};
    await using world = await keepWorld(
      [tagged('a', 'build-1'), tagged('b', 'build-2')],
      policed(buildsExpire),
      (call) => {
        if (call === 'BatchDeleteImage') moves();
      },
    );
    await world.keep('a');
    moves = () => {
      world.image('a')?.tags.delete(tagOf('a'));
      world.image('b')?.tags.add(tagOf('a'));
    };
    await expect(world.letGo('a')).rejects.toThrow('ImageTagDoesNotMatchDigest');
    expect(world.tags('b')).toContain(tagOf('a'));
  });
});

describe('what is not done', () => {
  it.each([
    ['without a policy', [tagged('a', '1')], {}, 'skip', 'has no lifecycle policy'],
    [
      'of an image in the archive that no rule is about',
      [{ ...tagged('a', '1'), storageClass: 'ARCHIVE' }],
      policed(buildsExpire),
      'skip',
      'is about the archive',
    ],
    [
      'of an image in the archive, which a push would take out',
      [{ ...tagged('a', '1'), storageClass: 'ARCHIVE' }],
      both,
      'hold',
      'a push, which would take it out of the archive',
    ],
    [
      'without a policy, whoever has its tags',
      [tagged('a', '1'), tagged('b', ...keepTags.all(digestOf('a')))],
      {},
      'skip',
      'has no lifecycle policy',
    ],
    [
      'of an image in the archive that no rule is about, whoever has its tags',
      [{ ...tagged('a', '1'), storageClass: 'ARCHIVE' }, tagged('b', ...keepTags.all(digestOf('a')))],
      policed(buildsExpire),
      'skip',
      'is about the archive',
    ],
    [
      'with 1,000 tags',
      [tagged('a', ...Array.from({ length: 1000 }, (_, at) => `t${at}`))],
      both,
      'hold',
      'it has 1000 tags',
    ],
  ])('%s', async (_what, images, settings, kind, reason) => {
    await using world = await keepWorld(images, settings);
    expect(await world.plan('a')).toMatchObject({ kind, reason: expect.stringContaining(reason) });
  });

  it('without a digest', async () => {
    await using world = await keepWorld([], both);
    const target = { ...imageAt('a'), digest: null };
    const observed = await action.observe(target, {}, world.context);
    expect(action.plan(target, {}, observed, world.context.settings)).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('a tag is no identity'),
    });
  });

  it('where somebody has archived the image since: no push takes it out', async () => {
    await using world = await keepWorld([tagged('a', 'build-1')], both);
    const image = world.image('a');
    if (image !== undefined) archive(world.account, world.repository(), image);
    await expect(world.keep('a')).rejects.toThrow('a push would take it out of the archive');
    expect([world.image('a')?.status, world.tags('a')]).toEqual(['ARCHIVED', ['build-1']]);
  });

  it('where the policy has no room: not even the tag', async () => {
    const rules = Array.from({ length: 50 }, (_, at) => ({
      ...buildsExpire,
      rulePriority: at + 1,
      selection: { ...buildsExpire.selection, tagPrefixList: [`t${at}`] },
    }));
    await using world = await keepWorld([tagged('a', 'build-1')], policed(...rules));
    expect(await world.plan('a')).toMatchObject({ kind: 'hold', reason: expect.stringContaining('50') });
    await expect(world.keep('a')).rejects.toThrow('it has 50 rules');
    expect(world.tags('a')).toEqual(['build-1']);
  });
});

describe('a policy that somebody else writes', () => {
  it('between our tag and our rule is the one that gets it', async () => {
    let writes = () => {};
    await using world = await keepWorld([tagged('a', 'build-1')], policed(buildsExpire), (call) => {
      if (call === 'PutImage') writes();
    });
    const theirs = { ...buildsExpire, description: 'Written meanwhile' };
    writes = () => {
      const { lifecycle } = world.repository();
      if (lifecycle !== undefined) lifecycle.text = JSON.stringify({ rules: [theirs] });
    };
    await world.keep('a');
    expect(world.policy()).toMatchObject({ rules: [{}, { ...theirs, rulePriority: 2 }] });
  });

  it('without our rules is seen, and not fought', async () => {
    await using world = await keepWorld([tagged('a', 'build-1')], policed(buildsExpire));
    await world.keep('a');
    const { lifecycle } = world.repository();
    if (lifecycle !== undefined) lifecycle.text = JSON.stringify({ rules: [buildsExpire] });
    expect(await world.observe('a')).toMatchObject({ kept: false });
    expect(await world.verify('a')).toMatchObject({
      state: 'pending',
      seen: expect.stringContaining('no rule of ours'),
    });
    await world.letGo('a');
    expect([world.policy(), world.tags('a')]).toEqual([{ rules: [buildsExpire] }, ['build-1']]);
  });

  it('with our rule alone left keeps that: ECR takes none without one', async () => {
    await using world = await keepWorld([tagged('a', 'build-1')], policed(buildsExpire));
    await world.keep('a');
    const { lifecycle } = world.repository();
    const [ours] = JSON.parse(lifecycle?.text ?? '').rules;
    if (lifecycle !== undefined) lifecycle.text = JSON.stringify({ rules: [ours] });
    await world.letGo('a');
    expect(world.policy()).toEqual({ rules: [ours] });
    expect(await world.verifyLetGo('a')).toMatchObject({ state: 'holds' });
  });
});

it('comes before the quarantine of the same image, which it would not survive, whichever the rule names first', () => {
  const steps = [stepOf(quarantineImage, imageAt('a')), stepOf(action, imageAt('a'))];
  const names = (some: typeof steps) => orderSteps(some).map((step) => step.action);
  expect(names(steps)).toEqual([action.name, quarantineImage.name]);
  expect(names(steps.toReversed())).toEqual([action.name, quarantineImage.name]);
});
