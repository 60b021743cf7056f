import { describe, expect, it } from 'vitest';
import { enableContainerInsights as action } from '../../shared/actions/enableContainerInsights.ts';
import { TargetGone } from '../../shared/platform/errors.ts';
import { actContext } from './actContext.ts';
import { type Answers, answeringAws } from './answeringAws.ts';
import { embeddedTarget } from './embeddedWorlds.ts';

const target = embeddedTarget('ecs-cluster');
const settings = { quietPullDays: 7 };
const observed = (insights: string) => ({ insights, protectedBy: null, owner: 'unknown', seen: [] });
const setting = (value: string) => [{ name: 'containerInsights', value }];

const observing = (answers: Answers) =>
  action.observe(target, { level: 'enabled' }, actContext(answeringAws(answers).aws));
const described = (cluster: object) => ({
  DescribeClusters: () => ({ clusters: [{ clusterName: 'prod', status: 'ACTIVE', ...cluster }], failures: [] }),
});

describe('what is asked for', () => {
  it.each([
    ['disabled', 'enabled', 'enabled'],
    ['disabled', 'enhanced', 'enhanced'],
    ['enabled', 'enhanced', 'enhanced'],
  ])('%s is raised to %s', (insights, level, meant) => {
    expect(action.plan(target, { level }, observed(insights), settings)).toMatchObject({
      kind: 'step',
      sentence: expect.stringContaining(`from ${insights} to ${meant}`),
    });
    expect(action.intended(target, { level }, observed(insights), {})).toEqual({ insights: meant });
  });

  it.each([
    ['enabled', 'enabled'],
    ['enhanced', 'enabled'],
    ['enhanced', 'enhanced'],
    // A level that AWS adds.
    ['complete', 'enhanced'],
  ])('%s stays where %s is asked for', (insights, level) => {
    expect(action.plan(target, { level }, observed(insights), settings)).toMatchObject({
      kind: 'skip',
      reason: `Container Insights of cluster prod is ${insights} already`,
    });
    expect(action.intended(target, { level }, observed(insights), {})).toEqual({ insights });
  });

  it('names no level that AWS does not have', () => {
    expect(action.params.safeParse({ level: 'disabled' }).success).toBe(false);
    expect(action.params.parse({})).toEqual({ level: 'enabled' });
  });
});

describe('what is observed', () => {
  it('is the setting, with owner and protection', async () => {
    const tags = [
      { key: 'team', value: 'payments' },
      { key: 'firebreak:protected', value: 'yes' },
    ];
    expect(await observing(described({ settings: setting('enhanced'), tags }))).toEqual({
      insights: 'enhanced',
      protectedBy: 'tag firebreak:protected',
      owner: 'payments (tag team)',
      seen: ['Container Insights of cluster prod is enhanced'],
    });
  });

  it('is disabled where ECS shows no setting', async () => {
    expect(await observing(described({}))).toMatchObject({ insights: 'disabled', protectedBy: null });
  });

  it.each([
    ['missing', { DescribeClusters: () => ({ clusters: [], failures: [{ reason: 'MISSING' }] }) }],
    ['deleted', described({ status: 'INACTIVE', settings: setting('disabled') })],
  ])('is gone when the cluster is %s', async (_how, answers) => {
    await expect(observing(answers)).rejects.toThrow(TargetGone);
  });
});

it('is asked for on the cluster by its ARN, and is pending until it is read so', async () => {
  const { aws, sent } = answeringAws({
    ...described({ settings: setting('disabled') }),
    UpdateClusterSettings: () => ({}),
  });
  const context = actContext(aws);
  await action.execute(target, { level: 'enhanced' }, observed('disabled'), context);
  expect(sent).toEqual([
    { operation: 'UpdateClusterSettings', input: { cluster: target.arn, settings: setting('enhanced') } },
  ]);
  expect(await action.verify(target, { level: 'enhanced' }, observed('disabled'), context)).toEqual({
    state: 'pending',
    seen: 'Container Insights of prod is disabled',
    absence: false,
  });
});
