import { describe, expect, test } from 'vitest';
import type { ServiceTask } from '../../shared/account/ecsTasks.ts';
import { pullsOf } from '../../shared/actions/containService/pulls.ts';
import { shortOf } from '../../shared/actions/containService/short.ts';

const accused = `sha256:${'a'.repeat(64)}`;
const clean = `sha256:${'c'.repeat(64)}`;
const task = (arn: string, given: Partial<ServiceTask> = {}): ServiceTask => ({
  arn,
  stopping: false,
  healthy: true,
  digests: { app: accused },
  taskDefinition: 'app:2',
  platformVersion: null,
  startedBy: 'ecs-svc/2',
  pulledAt: '2026-11-20T10:00:00.000Z',
  pullingSince: null,
  ...given,
});

describe('a service is short of capacity', () => {
  const noPlace = { since: '2026-11-20T10:05:00.000Z', words: 'service api was unable to place a task.' };
  const taskDefinition = 'arn:aws:ecs:us-east-1:123456789012:task-definition/api:2';
  const service = { desired: 2, primary: 'ecs-svc/2', noPlace, taskDefinition };
  const short = (live: readonly ServiceTask[], change: Partial<typeof service> | { noPlace: null } = {}) =>
    shortOf({ id: 'prod/api' }, { ...service, ...change }, live).short;

  test('when ECS says so and nothing is on its way: what is missing, since when, and what to do', () => {
    const said = short([task('1')]);
    expect(said?.since).toBe(noPlace.since);
    expect(said?.todo).toMatch(
      /^Service prod\/api is below its count for want of capacity: 1 of 2 tasks of task-definition\/api:2 are missing, and since 2026-11-20T10:05:00\.000Z ECS says: service api was unable to place a task\. Add capacity/,
    );
  });

  test('not when ECS does not say so: what fails and is tried again is another matter', () => {
    expect(short([task('1')], { noPlace: null })).toBeUndefined();
  });

  test('not while as many are on their way as it wants', () => {
    expect(short([task('1'), task('2', { healthy: false })])).toBeUndefined();
  });

  test('whatever an earlier deployment has left, and what is being stopped', () => {
    expect(short([task('1'), task('2', { startedBy: 'ecs-svc/1' })])?.todo).toContain('1 of 2');
    expect(short([task('1'), task('2', { stopping: true })])?.todo).toContain('1 of 2');
  });
});

describe('the pulls of a service', () => {
  const of = (live: readonly ServiceTask[], stopped: readonly ServiceTask[] = []) =>
    pullsOf({ live, stopped }, { digests: [accused] });
  const pulling = { digests: { app: null }, pulledAt: null, pullingSince: '2026-11-20T10:09:00.000Z' };

  test('are those of the accused digests, of tasks that have stopped, too', () => {
    const later = task('2', { pulledAt: '2026-11-20T10:04:00.000Z' });
    const other = task('3', { digests: { app: clean }, startedBy: 'ecs-svc/1', pulledAt: '2026-11-20T10:06:00.000Z' });
    expect(of([task('1'), other], [later])).toEqual({ pulledUntil: later.pulledAt, pullingSince: null });
  });

  test('go on while a task of the same deployment pulls, and only of that', () => {
    expect(of([task('1'), task('2', pulling)]).pullingSince).toBe(pulling.pullingSince);
    expect(of([task('1'), task('2', { ...pulling, startedBy: 'ecs-svc/3' })]).pullingSince).toBeNull();
  });

  test('end with the task that was stopped at it', () => {
    const cutOff = { ...pulling, pulledAt: '2026-11-20T10:09:30.000Z', pullingSince: null };
    expect(of([task('1')], [task('2', cutOff)])).toEqual({ pulledUntil: cutOff.pulledAt, pullingSince: null });
  });
});
