import { describe, expect, test } from 'vitest';
import { planService } from '../../shared/actions/containService/plan.ts';
import { type Observed, params } from '../../shared/actions/containService/types.ts';
import type { Target } from '../../shared/actions/contract.ts';
import { embeddedTarget } from './embeddedWorlds.ts';

const target = embeddedTarget('ecs-service') as Target<'ecs-service'>;
const definition = 'arn:aws:ecs:eu-central-1:123456789012:task-definition/checkout-api';

const observed: Observed = {
  taskDefinition: `${definition}:42`,
  version: { app: 'sha256:bad' },
  count: 4,
  scaling: null,
  breaker: null,
  controller: 'ECS',
  scheduling: 'REPLICA',
  clean: {
    revision: 'r',
    taskDefinition: `${definition}:41`,
    digests: { app: 'sha256:good' },
    deployedAt: '2026-11-11T09:00:00Z',
    pins: {},
    roles: [],
  },
  deploying: 'no',
  runsAccused: true,
  unfinished: false,
  cause: 'image',
  protectedBy: null,
  whyNotClean: null,
  roles: [],
  pins: {},
  desired: 4,
  minimumHealthyPercent: 50,
  healthy: 0,
  affected: ['task-1', 'task-2'],
  live: ['task-1', 'task-2', 'task-that-starts'],
  pulledUntil: null,
  pullingSince: null,
  owner: 'unknown',
  seen: [],
};

const plan = (given: object, fields: Partial<Observed> = {}) =>
  planService(target, params.parse(given), { ...observed, ...fields });

describe('replace-task', () => {
  const strategy = 'replace-task';

  test('is held where the image is to blame: new tasks would be as bad, and were stopped again and again', () => {
    const reason = expect.stringContaining('would start the accused image again');
    expect(plan({ strategy })).toMatchObject({ kind: 'hold', reason });
    expect(plan({ strategy }, { deploying: 'accused' })).toMatchObject({ kind: 'hold', reason });
  });

  test('that is held names the version to go back to, or why there is none', () => {
    expect(plan({ strategy })).toMatchObject({
      reason: expect.stringContaining('update-service --task-definition checkout-api:41)'),
    });
    expect(plan({ strategy }, { clean: null, whyNotClean: 'it ran nothing before' })).toMatchObject({
      reason: expect.stringContaining('none that is known to be clean (it ran nothing before)'),
    });
  });

  test('goes ahead where somebody deploys another version, and for any other cause', () => {
    expect(plan({ strategy }, { deploying: 'other' })).toMatchObject({ kind: 'step', chosen: { how: 'replace' } });
    expect(plan({ strategy }, { cause: 'intrusion' })).toMatchObject({ kind: 'step', chosen: { how: 'replace' } });
    expect(plan({ strategy }, { cause: 'unknown' })).toMatchObject({ kind: 'step', chosen: { how: 'replace' } });
  });
});

describe('a service that does not run the accused image any more', () => {
  const gone = { runsAccused: false };

  test('keeps the version that somebody has deployed: only what is accused of it is stopped', () => {
    expect(plan({ strategy: 'rollback' }, gone)).toMatchObject({
      kind: 'step',
      chosen: { how: 'replace' },
      sentence: expect.stringContaining('does not run the accused image any more'),
    });
  });

  test('is left alone where none of its tasks is accused either', () => {
    expect(plan({ strategy: 'rollback' }, { ...gone, affected: [] })).toMatchObject({ kind: 'skip' });
    expect(
      plan({ strategy: 'rollback-else-zero', allowZero: true }, { ...gone, affected: [], clean: null }),
    ).toMatchObject({
      kind: 'skip',
    });
  });

  test('and one that runs it is rolled back though no task is accused', () => {
    expect(plan({ strategy: 'rollback' }, { affected: [] })).toMatchObject({
      kind: 'step',
      chosen: { how: 'rollback' },
    });
  });
});

describe('what a containment takes off the image', () => {
  test('a rollback: the service and all its tasks, one that starts and has not pulled its image yet too', () => {
    expect(plan({ strategy: 'rollback' })).toMatchObject({
      leaves: { arns: [target.arn, 'task-1', 'task-2', 'task-that-starts'] },
    });
  });

  test('zero: its tasks alone, because whoever asks for tasks again starts the accused version', () => {
    expect(plan({ strategy: 'zero', allowZero: true })).toMatchObject({ leaves: { arns: observed.live } });
  });
});
