import { describe, expect, test } from 'vitest';
import type { Observed } from '../../shared/actions/quarantineImage/observe.ts';
import { quarantineImage as action } from '../../shared/actions/quarantineImage/quarantineImage.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { awsError } from '../account/awsError.ts';
import { mockAccount, repositoryUri, type World } from '../account/mockAccount.ts';
import { actContext } from './actContext.ts';
import { expectNoneUnused, expectPermitted } from './permitted.ts';
import { all, amd, arm, observed, release, statuses, target, world } from './quarantineWorld.ts';

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
      schedules: [{ name: 'monthly', definition: 's:12' }],
      eksClusters: [{ name: 'prod-eks' }],
    });
    const mock = mockAccount(of);
    const context = actContext(mock.aws);
    const before = await action.observe(target, {}, context);
    expectPermitted(action, target, mock.sent(), 'reads only');

    expect((await action.execute(target, {}, before, context)).kind).toBe('done');
    const moved = mock.inputs('ecr:UpdateImageStorageClass').map((input) => input['imageId']);
    expect(moved[0]).toEqual({ imageDigest: release.digest });
    expect(statuses(of)).toEqual(action.intended(target, {}, before, {})['status']);
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
      correlation: `ecr/123456789012/eu-central-1/payments/checkout-api@${release.digest}`,
      atMostSeconds: 1200,
    });
    const restored = mock.inputs('ecr:UpdateImageStorageClass').slice(moved.length);
    expect(restored.at(-1)).toMatchObject({ imageId: { imageDigest: release.digest }, targetStorageClass: 'STANDARD' });
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

  test('a repeat whose reads lag behind its writes calls nothing again', async () => {
    const of = world();
    const before = await observed(of);
    const first = actContext(mockAccount(of).aws);
    await action.execute(target, {}, before, first);
    for (const one of of.images) one.status = 'ACTIVE';
    const mock = mockAccount(of);
    await action.execute(target, {}, before, actContext(mock.aws, first));
    expect(mock.inputs('ecr:UpdateImageStorageClass')).toEqual([]);
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

  test('a pod that started meanwhile breaks it, and a cluster that cannot be read is no proof', async () => {
    const { of, before } = await archived();
    const pods = [{ name: 'late', image: 'x', imageID: `${repositoryUri}@${release.digest}` }];
    const verified = (eksClusters: World['eksClusters'] = []) =>
      action.verify(target, {}, before, actContext(mockAccount({ ...of, eksClusters }).aws));
    expect(await verified([{ name: 'prod', pods }])).toMatchObject({
      state: 'broken',
      seen: expect.stringContaining('eks/prod/shop/pods/late runs it'),
    });
    const unreachable = Object.assign(new Error('from its VPC alone'), { name: 'ClusterUnreachable' });
    expect(await verified([{ name: 'prod', unreachable }])).toMatchObject({ state: 'pending' });
    expect(await verified([{ name: 'prod' }])).toMatchObject({ state: 'holds' });
  });

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
