import { describe, expect, test } from 'vitest';
import { quarantineImage as action } from '../../shared/actions/quarantineImage.ts';
import type { Observed } from '../../shared/actions/quarantineImageObserve.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { awsError } from '../account/awsError.ts';
import { image, index, type TestImage } from '../account/images.ts';
import { mockAccount, repositoryUri, type World } from '../account/mockAccount.ts';
import { actContext, imageTarget } from './actContext.ts';
import { expectNoneUnused, expectPermitted } from './permitted.ts';

const platforms = () => [image('amd64'), image('arm64')];
const [amd, arm] = platforms() as [TestImage, TestImage];
const release = index([amd, arm]);
const target = imageTarget(amd.digest);

const world = (change: Partial<World> = {}): World => ({
  images: [...platforms(), index(platforms(), { tags: ['1.42.0'] })],
  ...change,
});
const statuses = (of: World) => Object.fromEntries(of.images.map(({ digest, status }) => [digest, status ?? 'ACTIVE']));
const all = (status: string) => ({ [amd.digest]: status, [arm.digest]: status, [release.digest]: status });

async function observed(of: World): Promise<JsonObject & Observed> {
  const context = actContext(mockAccount(of).aws);
  return (await action.observe(target, {}, context)) as JsonObject & Observed;
}
const planned = async (of: World) => action.plan(target, {}, await observed(of), { quietPullDays: 7 });

describe('plan', () => {
  test('an image that nothing uses is archived with its index and the other platform', async () => {
    expect(await planned(world())).toEqual({
      kind: 'step',
      sentence: `Archive payments/checkout-api@${amd.digest.slice(0, 19)} (tags 1.42.0) with the 2 images of its index so that nothing can pull it; no task, service, function or EventBridge rule of this account and Region uses it, and nothing has ever pulled it.`,
      undo: action.reversal,
    });
    expect(action.reversal).toMatchObject({ possible: true, sentence: expect.stringContaining('up to 20 minutes') });
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
    expect(plan).toHaveProperty('seen', expect.arrayContaining([expect.stringContaining('EventBridge Scheduler')]));
    expect(action.limits.join()).toContain('EventBridge Scheduler');
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

describe('execute, verify, undo', () => {
  test('archives index first, reads it back, and undo puts back what was active before', async () => {
    const of = world({
      clusters: [
        {
          name: 'prod',
          tasks: [{ id: 't', image: 'x', imageDigest: release.digest, lastStatus: 'STOPPED' }],
          services: [{ name: 's', definition: ['nginx'], revision: [{ image: 'nginx' }] }],
        },
      ],
      functions: [{ name: 'f' }],
      rules: [{ name: 'nightly', cluster: 'prod', definitions: ['s:12'] }],
    });
    const mock = mockAccount(of);
    const context = actContext(mock.aws);
    const before = await action.observe(target, {}, context);
    expectPermitted(action, target, mock.sent(), 'reads only');

    expect((await action.execute(target, {}, before, context)).kind).toBe('done');
    const moved = mock.inputs('ecr:UpdateImageStorageClass').map((input) => input['imageId']);
    expect(moved[0]).toEqual({ imageDigest: release.digest });
    expect(statuses(of)).toEqual(action.intended(target, {}, before)['status']);
    const sentBefore = mock.sent().length;
    expect(await action.verify(target, {}, before, context)).toMatchObject({
      state: 'holds',
      absence: false,
      seen: expect.stringContaining(`${release.digest.slice(0, 19)} ARCHIVED`),
    });
    expectPermitted(action, target, mock.sent().slice(sentBefore), 'reads only');

    const undone = await action.undo?.(target, {}, before, actContext(mock.aws));
    expect(undone).toMatchObject({
      kind: 'waiting',
      correlation: `ecr/123456789012/eu-central-1/payments/checkout-api@${amd.digest}`,
      atMostSeconds: 1200,
    });
    expect((await action.verifyUndone?.(target, {}, before, context))?.state).toBe('pending');
    for (const one of of.images) one.status = 'ACTIVE';
    expect((await action.verifyUndone?.(target, {}, before, context))?.state).toBe('holds');
    expect((await action.observe(target, {}, context))['status']).toEqual(before['status']);
    expectPermitted(action, target, mock.sent());
    expectNoneUnused(action, target, mock.sent());
  });

  test('undo leaves archived what was archived before us, and has nothing to wait for when all is active', async () => {
    const of = world({ images: [{ ...arm, status: 'ARCHIVED' }, { ...amd }, { ...release }] });
    const mock = mockAccount(of);
    const before = await observed(of);
    await action.execute(target, {}, before, actContext(mock.aws));
    await action.undo?.(target, {}, before, actContext(mock.aws));
    expect(statuses(of)).toEqual({ ...all('ACTIVATING'), [arm.digest]: 'ARCHIVED' });
    for (const one of of.images) if (one.status === 'ACTIVATING') one.status = 'ACTIVE';
    expect((await action.undo?.(target, {}, before, actContext(mock.aws)))?.kind).toBe('done');
    expect((await action.verifyUndone?.(target, {}, before, actContext(mock.aws)))?.state).toBe('holds');
  });

  test('undo that finds the image archived again is broken', async () => {
    const of = world();
    const before = await observed(of);
    for (const one of of.images) one.status = 'ARCHIVED';
    expect((await action.verifyUndone?.(target, {}, before, actContext(mockAccount(of).aws)))?.state).toBe('broken');
  });

  test('a repeat after a crash archives only the rest', async () => {
    const of = world();
    const before = await observed(of);
    let calls = 0;
    of.refuse = { UpdateImageStorageClass: () => (++calls === 2 ? awsError('ThrottlingException') : undefined) };
    const first = actContext(mockAccount(of).aws);
    await expect(action.execute(target, {}, before, first)).rejects.toMatchObject({ name: 'Throttled' });
    expect(Object.values(statuses(of)).filter((status) => status === 'ARCHIVED')).toHaveLength(1);

    const mock = mockAccount(of);
    const again = await action.execute(target, {}, before, actContext(mock.aws, first));
    expect(again).toMatchObject({ kind: 'done', did: expect.stringContaining('was archived already') });
    expect(mock.inputs('ecr:UpdateImageStorageClass')).toHaveLength(2);
    expect(statuses(of)).toEqual(all('ARCHIVED'));
  });

  test.each([
    ['AccessDeniedException', 'ActionFailed', 'access denied'],
    ['ImageStorageClassUpdateNotSupportedException', 'ActionFailed', 'AWS refused'],
    ['ServerException', 'ActionFailed', 'AWS refused'],
    ['TooManyRequestsException', 'Throttled', 'slow down'],
  ])('%s is %s, in words', async (refusal, name, words) => {
    const of = world();
    const before = await observed(of);
    of.refuse = { UpdateImageStorageClass: awsError(refusal) };
    await expect(action.execute(target, {}, before, actContext(mockAccount(of).aws))).rejects.toMatchObject({
      name,
      message: expect.stringMatching(new RegExp(`^Archiving payments/checkout-api@sha256:.*${words}`)),
    });
  });

  test('the image gone meanwhile is a target gone; another platform gone is left out', async () => {
    const of = world();
    const before = await observed(of);
    of.images = of.images.filter((one) => one.digest !== arm.digest);
    const done = await action.execute(target, {}, before, actContext(mockAccount(of).aws));
    expect(done).toMatchObject({ kind: 'done', did: expect.stringContaining(`${arm.digest.slice(0, 19)} is gone`) });
    expect(await action.verify(target, {}, before, actContext(mockAccount(of).aws))).toMatchObject({
      state: 'holds',
      absence: true,
    });
    of.images = [];
    const { aws } = mockAccount(of);
    await expect(action.execute(target, {}, before, actContext(aws))).rejects.toMatchObject({ name: 'TargetGone' });
    await expect(action.undo?.(target, {}, before, actContext(aws))).rejects.toMatchObject({ name: 'TargetGone' });
  });

  test('somebody who restores it between plan and execute is not fought', async () => {
    const of = world();
    const before = await observed(of);
    for (const one of of.images) one.status = 'ACTIVATING';
    const mock = mockAccount(of);
    await expect(action.execute(target, {}, before, actContext(mock.aws))).rejects.toMatchObject({
      name: 'ActionFailed',
    });
    expect(mock.inputs('ecr:UpdateImageStorageClass')).toEqual([]);
  });

  test.each([
    ['pushed again', 'ACTIVE', 'pending'],
    ['being restored by somebody', 'ACTIVATING', 'broken'],
  ] as const)('one image %s does not hold', async (_what, status, state) => {
    const of = world();
    const before = await observed(of);
    for (const one of of.images) one.status = one.digest === arm.digest ? status : 'ARCHIVED';
    expect((await action.verify(target, {}, before, actContext(mockAccount(of).aws))).state).toBe(state);
  });

  const archived = async (): Promise<{ of: World; before: JsonObject & Observed }> => {
    const of = world();
    const before = await observed(of);
    for (const one of of.images) one.status = 'ARCHIVED';
    return { of, before };
  };
  const late = { id: 'late', image: `${repositoryUri}:1.42.0` };

  test.each(['RUNNING', 'DEACTIVATING', 'STOPPING'])(
    'a task that started meanwhile and is %s breaks it',
    async (status) => {
      const { of, before } = await archived();
      const tasks = [{ ...late, imageDigest: release.digest, lastStatus: status }];
      const running = mockAccount({ ...of, clusters: [{ name: 'prod', tasks }] });
      expect(await action.verify(target, {}, before, actContext(running.aws))).toMatchObject({
        state: 'broken',
        seen: expect.stringContaining('task/prod/late runs it'),
      });
    },
  );

  test.each([
    [
      'tasks that cannot be read',
      { refuse: { ListClusters: awsError('AccessDeniedException') } },
      'ECS clusters: access denied',
    ],
    [
      'a task that has no digest yet',
      { clusters: [{ name: 'prod', tasks: [{ ...late, lastStatus: 'PENDING' }] }] },
      'task/prod/late: it names the repository by the tag 1.42.0',
    ],
  ])('%s are no proof that nothing runs it', async (_what, change, why) => {
    const { of, before } = await archived();
    expect(await action.verify(target, {}, before, actContext(mockAccount({ ...of, ...change }).aws))).toMatchObject({
      state: 'pending',
      seen: expect.stringContaining(why),
    });
  });

  test('reading back that is throttled is retried, not taken for an answer', async () => {
    const of = world();
    const before = await observed(of);
    of.refuse = { DescribeImages: awsError('ThrottlingException') };
    const context = actContext(mockAccount(of).aws);
    await expect(action.verify(target, {}, before, context)).rejects.toMatchObject({ name: 'Throttled' });
    await expect(action.verifyUndone?.(target, {}, before, context)).rejects.toMatchObject({ name: 'Throttled' });
  });
});
