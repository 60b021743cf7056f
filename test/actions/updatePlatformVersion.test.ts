import { describe, expect, it } from 'vitest';
import { sessionPolicy } from '../../shared/actions/sessionPolicy.ts';
import type { ServiceTarget } from '../../shared/actions/targets/serviceTarget.ts';
import { planPlatform, reversal } from '../../shared/actions/updatePlatformVersion/plan.ts';
import { type Observed, params } from '../../shared/actions/updatePlatformVersion/types.ts';
import { updatePlatformVersion as action } from '../../shared/actions/updatePlatformVersion/updatePlatformVersion.ts';
import { isOlder } from '../../shared/actions/updatePlatformVersion/versions.ts';

const place = { account: '123456789012', region: 'eu-central-1' };
const arn = 'arn:aws:ecs:eu-central-1:123456789012';
const serviceNamed = (cluster: string, service: string): ServiceTarget => ({
  ...{ kind: 'ecs-service', id: `${cluster}/${service}`, cluster, service, ...place },
  arn: `${arn}:service/${cluster}/${service}`,
});
const target = serviceNamed('prod', 'docs');

const observed: Observed = {
  version: '1.4.0',
  launch: 'FARGATE',
  platformFamily: 'Linux',
  protectedBy: null,
  controller: 'ECS',
  deploying: false,
  against: [],
  runsOn: ['1.4.0'],
  primary: 'ecs-svc/1',
  definition: `${arn}:task-definition/docs:3`,
  desired: 4,
  running: 4,
  minimumHealthyPercent: 50,
  owner: 'docs (tag team)',
  seen: ['service/prod/docs'],
};
const plan = (change: Partial<Observed>, given = {}) =>
  planPlatform(target, params.parse(given), { ...observed, ...change });

describe('a plan', () => {
  it('says that somebody has pinned the version, what is replaced, and that it is put back', () => {
    expect(plan({})).toEqual({
      kind: 'step',
      sentence:
        'Set the platform version of service prod/docs to LATEST, which somebody has pinned to 1.4.0, maybe for a reason, and deploy it: its 4 tasks are replaced.',
      afterwards: {
        settle: 'Put service prod/docs back to platform version 1.4.0 unless its tasks have come up.',
      },
      undo: reversal,
      chosen: { from: '1.4.0' },
      leavesHealthy: { count: 2, of: 4 },
    });
    expect(plan({ running: 1 })).toMatchObject({ leavesHealthy: { count: 1, of: 4 } });
  });

  it('starts nothing where no task is wanted', () => {
    const step = plan({ desired: 0, running: 0, runsOn: [] });
    expect(step).toMatchObject({ kind: 'step', sentence: expect.stringMatching(/so that none is started\.$/) });
    expect(step).not.toHaveProperty('leavesHealthy');
  });

  it('promises no way back to what AWS has retired, and says what becomes of tasks that do not come up', () => {
    const step = plan({ version: '1.3.0', runsOn: ['1.3.0'] });
    expect(step).toMatchObject({
      kind: 'step',
      undo: { possible: false, why: 'AWS starts no task on platform version 1.3.0 any more.' },
      remains: expect.stringContaining('nothing brings the old platform version back'),
    });
    expect(step).not.toHaveProperty('afterwards');
  });

  it('deploys anew what is on LATEST and runs on what that was once', () => {
    const onLatest = { version: 'LATEST', runsOn: ['1.3.0', '1.4.0'] };
    expect(plan(onLatest)).toMatchObject({
      kind: 'step',
      sentence: expect.stringContaining('whose tasks still run on 1.3.0: its 4 tasks are replaced'),
      undo: { possible: false, why: expect.stringContaining('was LATEST before, too') },
    });
    const later = { version: 'LATEST', runsOn: ['1.4.0'] };
    expect(plan(later, { latestLinuxVersion: '1.10.0' })).toMatchObject({ kind: 'step' });
  });

  it.each([
    ['its tasks are new already', { version: 'LATEST' }, 'none of its tasks runs on an older one than 1.4.0'],
    ['they are newer than the rule knows', { version: 'LATEST', runsOn: ['1.5.0'] }, 'none of its tasks runs on'],
    ['it wants none and follows LATEST', { version: 'LATEST', runsOn: [], desired: 0 }, 'none of its tasks runs on'],
    ['it is on hosts', { launch: 'EC2' }, 'it runs on EC2, and only Fargate has platform versions'],
    ['it is on hosts of its owner', { launch: 'EXTERNAL' }, 'it runs on EXTERNAL'],
    ['it has capacity providers of hosts', { launch: 'asg-a, asg-b' }, 'it runs on asg-a, asg-b'],
    ['CodeDeploy deploys it', { controller: 'CODE_DEPLOY' }, 'CodeDeploy deploys it'],
    ['an external controller deploys it', { controller: 'EXTERNAL', launch: 'EC2' }, 'task sets'],
  ])('is nothing where %s', (_why, change, reason) => {
    expect(plan(change)).toMatchObject({ kind: 'skip', reason: expect.stringContaining(reason) });
  });

  it.each([
    ['somebody is deploying it', { deploying: true }, 'somebody is deploying it'],
    ['something speaks against a deployment', { against: ['its tag has moved'] }, 'its tag has moved'],
    ['LATEST may be older', { version: '1.5.0', runsOn: ['1.5.0'] }, 'LATEST is 1.4.0 as far as the rule knows'],
  ])('waits for a person where %s', (_why, change, reason) => {
    expect(plan(change)).toMatchObject({ kind: 'hold', reason: expect.stringContaining(reason), seen: observed.seen });
  });

  it('takes the numbers of Windows for what they are', () => {
    const platformFamily = 'Windows Server 2022 Core';
    const windows = { platformFamily, version: '1.0.0', runsOn: ['1.0.0'] };
    expect(plan(windows)).toMatchObject({ kind: 'step', undo: reversal });
    expect(plan({ ...windows, version: 'LATEST' })).toMatchObject({ kind: 'skip' });
    expect(plan({ ...windows, version: 'LATEST' }, { latestWindowsVersion: '1.1.0' })).toMatchObject({ kind: 'step' });
  });
});

it.each([
  ['1.3.0', '1.4.0', true],
  ['1.9.0', '1.10.0', true],
  ['1.4.0', '1.4.0', false],
  ['2.0.0', '1.4.9', false],
  ['LATEST', '1.4.0', false],
  ['1.4.0', 'LATEST', false],
])('%s is older than %s: %s', (one, other, is) => {
  expect(isOlder(one, other)).toBe(is);
});

it.each([{ latestLinuxVersion: 'LATEST' }, { latestLinuxVersion: '1.4' }, { latest: '1.4.0' }])(
  'refuses the parameters %j',
  (given) => {
    expect(action.params.safeParse(given).success).toBe(false);
  },
);

it('changes this service alone, and its session holds the longest names', () => {
  const long = serviceNamed('c'.repeat(255), 's'.repeat(255));
  const { read, write } = action.permissions(long);
  expect(sessionPolicy([...read, ...write]).length).toBeLessThanOrEqual(2048);
  expect(write).toEqual([{ action: 'ecs:UpdateService', resource: long.arn }]);
  expect(() => action.permissions(serviceNamed('prod', '*'))).toThrow();
});
