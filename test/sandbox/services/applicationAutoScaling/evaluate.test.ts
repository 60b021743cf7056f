import { describe, expect, it } from 'vitest';
import { clusters } from '../../../../sandbox/services/ecs/state.ts';
import { ID, scaledService } from './scaledService.ts';

const MINUTE = 60_000;
const both = { DynamicScalingInSuspended: true, DynamicScalingOutSuspended: true };

describe('a target-tracking policy', () => {
  it('raises a service again that was set to zero', async () => {
    const { clock, count, update, activities } = scaledService({ min: 1, max: 5, target: 2 });
    update(0);
    await clock.advance(MINUTE - 1);
    expect(count()).toBe(0);
    await clock.advance(1);
    expect(count()).toBe(2);
    expect(activities()).toEqual([
      {
        ActivityId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        ServiceNamespace: 'ecs',
        ResourceId: ID,
        ScalableDimension: 'ecs:service:DesiredCount',
        Description: 'Setting desired count to 2.',
        Cause: expect.stringMatching(
          /^monitor alarm TargetTracking-service\/prod\/web-AlarmHigh-\S+ in state ALARM triggered policy web-cpu$/,
        ),
        StartTime: new Date('2026-11-24T08:01:00Z'),
        EndTime: new Date('2026-11-24T08:01:00Z'),
        StatusCode: 'Successful',
        StatusMessage: 'Successfully set desired count to 2. Change successfully fulfilled by ecs.',
      },
    ]);
  });

  it('is evaluated again every minute, and stands in the trail as the service that it is', async () => {
    const { clock, count, update, account } = scaledService({ min: 1, max: 5, target: 2 });
    await clock.advance(10 * MINUTE);
    expect(account.trail).toEqual([]);
    for (const set of [0, 5, 0]) {
      update(set);
      await clock.advance(MINUTE);
      expect(count()).toBe(2);
    }
    expect(account.trail).toHaveLength(3);
    expect(account.trail[0]).toMatchObject({
      principal: 'ecs.application-autoscaling.amazonaws.com',
      action: 'ecs:UpdateService',
      resource: 'arn:aws:ecs:eu-west-1:123456789012:service/prod/web',
    });
  });

  it.each([
    [9, 5],
    [0, 1],
  ])('that asks for %i stays within its bounds: %i', async (target, expected) => {
    const { clock, count } = scaledService({ min: 1, max: 5, target });
    await clock.advance(MINUTE);
    expect(count()).toBe(expected);
  });

  it('does nothing in a direction that is suspended, and everything again when it is resumed', async () => {
    const { clock, count, update, register, activities } = scaledService({ min: 0, max: 5, target: 2 });
    await register({ SuspendedState: { DynamicScalingOutSuspended: true } });
    update(0);
    await clock.advance(MINUTE);
    expect(count()).toBe(0);
    update(4);
    await clock.advance(MINUTE);
    expect(count()).toBe(2);
    await register({ SuspendedState: both });
    update(4);
    await clock.advance(MINUTE);
    expect(count()).toBe(4);
    await register({ SuspendedState: { DynamicScalingInSuspended: false } });
    await clock.advance(MINUTE);
    expect(count()).toBe(2);
    expect(activities().map(({ Cause }) => /Alarm(?:High|Low)/.exec(Cause ?? '')?.[0])).toEqual([
      'AlarmLow',
      'AlarmLow',
    ]);
  });

  it('is no more than a bound without a count to ask for', async () => {
    const { clock, count } = scaledService({ min: 3, max: 5 });
    await clock.advance(10 * MINUTE);
    expect(count()).toBe(2);
    expect(clock.queued()).toEqual([]);
  });

  it('leaves a service alone that was deleted', async () => {
    const { clock, count, register, target } = scaledService({ min: 1, max: 5, target: 2 }, 0, { status: 'INACTIVE' });
    await clock.advance(MINUTE);
    await register({ MinCapacity: 3 });
    expect(count()).toBe(0);
    expect((await target())?.MinCapacity).toBe(3);
  });

  it('starts tasks again, as the scheduler of ECS does', async () => {
    const { clock, update, account } = scaledService({ min: 1, max: 5, target: 2 });
    const running = () =>
      [...(clusters(account).get('prod')?.tasks.values() ?? [])].filter(
        ({ group, status }) => group === 'service:web' && status === 'RUNNING',
      ).length;
    update(0);
    await clock.advance(MINUTE - 1);
    expect(running()).toBe(0);
    await clock.advance(5 * MINUTE);
    expect(running()).toBe(2);
  });

  it('is upkeep: nobody waits for it', () => {
    const { clock } = scaledService({ min: 1, max: 5, target: 2 });
    expect(clock.queued()).toMatchObject([{ kind: 'autoscaling.evaluate', background: true }]);
  });
});
