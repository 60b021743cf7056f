import { describe, expect, test } from 'vitest';
import { noAccusation } from '../../shared/actions/accusation.ts';
import { quarantineImage as action } from '../../shared/actions/quarantineImage/quarantineImage.ts';
import { awsError } from '../account/awsError.ts';
import { image, index, type TestImage } from '../account/images.ts';
import { mockAccount, repositoryUri, type World } from '../account/mockAccount.ts';
import { actContext, imageTarget } from './actContext.ts';
import { all, amd, arm, observed, release, target, world } from './quarantineWorld.ts';

const planned = async (of: World) => action.plan(target, {}, await observed(of), { quietPullDays: 7 });

describe('plan', () => {
  test('an image that nothing uses is archived with its index and the other platform', async () => {
    expect(await planned(world())).toEqual({
      kind: 'step',
      sentence: `Archive payments/checkout-api@${amd.digest.slice(0, 19)} (tags 1.42.0) with the 2 images of its index so that nothing can pull it; no task, service, function, pod, rule or schedule of this account and Region uses it, and nothing has ever pulled it.`,
      undo: action.reversal,
    });
    expect(action.reversal).toMatchObject({ possible: true, sentence: expect.stringContaining('up to 20 minutes') });
  });

  test('a tag of its own on another platform holds it: nothing accuses that one; on the accused it does not', async () => {
    const tagged = (one: TestImage, tag: string) => (image: TestImage) =>
      image.digest === one.digest ? { ...image, tags: [tag] } : image;
    const plan = await planned(world({ images: world().images.map(tagged(arm, 'release-1.0')) }));
    expect(plan).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining(
        `${arm.digest.slice(0, 19)} (tagged release-1.0), which would be archived with it`,
      ),
    });
    expect(await planned(world({ images: world().images.map(tagged(amd, '1.42.0-amd64')) }))).toMatchObject({
      kind: 'step',
    });
  });

  test('of several images of an incident, the one that is to blame is archived, and another waits for a person', async () => {
    const planFor = async (digest: string) => {
      const accusation = { ...noAccusation, cause: 'image' as const, digests: [digest] };
      const seen = await action.observe(target, {}, { ...actContext(mockAccount(world()).aws), accusation });
      return action.plan(target, {}, seen, { quietPullDays: 7 });
    };
    // ECS names the platform or its index, as the definition does.
    expect((await planFor(amd.digest)).kind).toBe('step');
    expect((await planFor(release.digest)).kind).toBe('step');
    const clean = `sha256:${'c'.repeat(64)}`;
    expect(await planFor(clean)).toMatchObject({ kind: 'hold', reason: expect.stringContaining('cannot be told') });
  });

  test('a running task holds it, with the graph', async () => {
    const tasks = [{ id: 't1', image: `${repositoryUri}:1.42.0`, imageDigest: release.digest }];
    const plan = await planned(world({ clusters: [{ name: 'prod', tasks }] }));
    expect(plan).toMatchObject({ kind: 'hold', reason: expect.stringContaining('in use: task/prod/t1') });
    expect(plan).toHaveProperty('seen', expect.arrayContaining([expect.stringContaining('task/prod/t1 runs')]));
  });

  test('a place that cannot be read holds it', async () => {
    const plan = await planned(world({ refuse: { ListFunctions: awsError('AccessDeniedException') } }));
    expect(plan).toMatchObject({ kind: 'hold', reason: expect.stringContaining('Lambda functions: access denied') });
  });

  test.each([
    ['ListFunctions', 'Lambda functions'],
    ['ListTagsForResource', 'the tags could not be read'],
  ])('%s that AWS throttles is asked again before anything is held for it', async (command, what) => {
    await expect(planned(world({ refuse: { [command]: awsError('ThrottlingException') } }))).rejects.toMatchObject({
      name: 'Throttled',
      message: `Reading payments/checkout-api@${amd.digest.slice(0, 19)}: ${what}: AWS asked us to slow down (ThrottlingException)`,
    });
  });

  test('a clean task that still pulls by a tag that has moved is unknown to a plan, and waited for when the image has its turn', async () => {
    const starting = (more: object) =>
      world({ clusters: [{ name: 'prod', tasks: [{ id: 't1', image: `${repositoryUri}:1.0`, ...more }] }] });
    const atItsTurn = (more: object) =>
      action.observe(target, {}, { ...actContext(mockAccount(starting(more)).aws), atItsTurn: true });
    const plan = await planned(starting({ lastStatus: 'PENDING' }));
    expect(plan).toMatchObject({ kind: 'hold', reason: expect.stringContaining('cannot be told') });
    await expect(atItsTurn({ lastStatus: 'PENDING' })).rejects.toMatchObject({
      name: 'Throttled',
      message: expect.stringContaining('task/prod/t1: it names the repository by the tag 1.0'),
    });
    // It runs, and still nobody says what: no time will tell.
    expect(await atItsTurn({})).toMatchObject({ inUse: 'unknown' });
    expect(await atItsTurn({ imageDigest: `sha256:${'9'.repeat(64)}` })).toMatchObject({ inUse: 'no' });
  });

  test('a place that AWS throttles is not waited for when something is known to run it', async () => {
    const tasks = [{ id: 't1', image: `${repositoryUri}:1.42.0`, imageDigest: release.digest }];
    const refuse = { ListFunctions: awsError('ThrottlingException') };
    const plan = await planned(world({ clusters: [{ name: 'prod', tasks }], refuse }));
    expect(plan).toMatchObject({ kind: 'hold', reason: expect.stringContaining('in use: task/prod/t1') });
  });

  test('a schedule that would start it holds it, and what is not looked at is said', async () => {
    const plan = await planned(
      world({
        clusters: [{ name: 'prod' }],
        rules: [{ name: 'nightly', cluster: 'prod', definitions: ['report:3'] }],
        definitions: { 'report:3': [`${repositoryUri}:1.42.0`] },
      }),
    );
    expect(plan).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('in use: rule/nightly (by task-definition/report:3)'),
    });
    expect(plan).toHaveProperty('seen', expect.arrayContaining([expect.stringContaining('Step Functions, Batch')]));
    expect(action.limits.join()).toContain('Step Functions, Batch');
  });

  test('a recent pull that nothing explains holds it, an old one does not', async () => {
    const pulled = (lastPull: string) => world({ images: [{ ...amd, lastPull }] });
    expect((await planned(pulled('2026-11-24T00:00:00Z'))).kind).toBe('hold');
    expect((await planned(pulled('2026-10-24T00:00:00Z'))).kind).toBe('step');
  });

  test('an index that nobody accused and that shares the other platform holds it', async () => {
    const edge = index([arm, image('new')], { tags: ['edge'] });
    const plan = await planned(world({ images: [...world().images, edge] }));
    expect(plan).toMatchObject({ kind: 'hold', reason: expect.stringContaining(edge.digest.slice(0, 19)) });
  });

  test('a second index of the accused image itself is archived with it', async () => {
    const again = index([amd], { tags: ['again'] });
    const of = world({ images: [...world().images, again] });
    expect((await planned(of)).kind).toBe('step');
    expect((await observed(of)).digests).toContain(again.digest);
  });

  test('a signature is no image to quarantine', async () => {
    const plan = await planned(world({ images: [{ ...amd, subject: release.digest }] }));
    expect(plan).toMatchObject({ kind: 'hold', reason: expect.stringContaining('signature') });
  });

  test('somebody who restores it is not fought', async () => {
    const plan = await planned(world({ images: [{ ...amd, status: 'ACTIVATING' }] }));
    expect(plan).toMatchObject({ kind: 'hold', reason: expect.stringContaining('restoring') });
  });

  test('archived already is nothing to do; archived in part is', async () => {
    const archived = { ...amd, status: 'ARCHIVED' } as const;
    expect((await planned(world({ images: [archived] }))).kind).toBe('skip');
    const part = [{ ...release }, archived, { ...arm }];
    expect((await planned(world({ images: part }))).kind).toBe('step');
  });

  test('a finding without a digest is held, and nothing is read for it', async () => {
    const mock = mockAccount(world());
    const nameless = imageTarget(null);
    const seen = await action.observe(nameless, {}, actContext(mock.aws));
    expect(action.plan(nameless, {}, seen, { quietPullDays: 7 })).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('no digest'),
    });
    expect(mock.sent()).toEqual([]);
  });
});

describe('observe', () => {
  test.each([
    ['RepositoryNotFoundException', 'TargetGone'],
    ['ThrottlingException', 'Throttled'],
    ['AccessDeniedException', 'ActionFailed'],
  ])('%s of the repository is %s', async (refusal, named) => {
    const refuse = { DescribeImages: awsError(refusal) };
    await expect(observed(world({ refuse }))).rejects.toMatchObject({ name: named });
  });

  test('whose it is and what protects it come from the tags of the repository', async () => {
    const tags = { team: 'payments', 'firebreak:protected': '' };
    expect(await observed(world({ tags }))).toMatchObject({
      owner: 'payments (tag team)',
      protectedBy: 'tag firebreak:protected',
    });
    expect(await observed(world())).toMatchObject({
      owner: 'unknown (no tag firebreak:owner, owner, team)',
      protectedBy: null,
    });
    expect(action.decisive).toContain('protectedBy');
    const mock = mockAccount(world());
    await action.observe(target, {}, actContext(mock.aws));
    expect(mock.inputs('ecr:ListTagsForResource')).toEqual([{ resourceArn: target.arn }]);
  });

  test('tags that cannot be read count as protection', async () => {
    const refuse = { ListTagsForResource: awsError('AccessDeniedException') };
    expect(await observed(world({ refuse }))).toMatchObject({
      owner: expect.stringMatching(/^unknown \(the tags could not be read/),
      protectedBy: 'the tags could not be read: access denied (AccessDeniedException)',
    });
  });

  test('an image that is not there is gone', async () => {
    await expect(observed(world({ images: [arm] }))).rejects.toMatchObject({ name: 'TargetGone' });
  });

  test('what decides is the same again once part is archived, given the before-state', async () => {
    const of = world();
    const before = await observed(of);
    for (const one of of.images) if (one.digest !== arm.digest) one.status = 'ARCHIVED';
    const again = await action.observe(target, {}, { ...actContext(mockAccount(of).aws), before });
    for (const field of action.decisive) expect(again[field]).toEqual(before[field]);
    expect(again['status']).toEqual({ ...all('ARCHIVED'), [arm.digest]: 'ACTIVE' });
  });

  test('a graph of thousands of tasks is told by its first lines', async () => {
    const tasks = Array.from({ length: 90 }, (_, at) => ({ id: `t${at}`, image: 'x', imageDigest: amd.digest }));
    const { seen } = await observed(world({ clusters: [{ name: 'prod', tasks }] }));
    expect(seen).toHaveLength(21);
    expect(seen.at(-1)).toBe('and 72 more lines');
  });
});
