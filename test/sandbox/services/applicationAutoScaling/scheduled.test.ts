import { describe, expect, it } from 'vitest';
import { ID, scaledService } from './scaledService.ts';

const HOUR = 3_600_000;
const hourly = (min: number, max: number) => ({ name: 'hourly', schedule: 'rate(1 hour)', min, max });

describe('a scheduled action', () => {
  it('sets other bounds at its time, and pulls the count into them', async () => {
    const { clock, count, target, activities } = scaledService({ min: 0, max: 5, scheduled: [hourly(3, 9)] });
    await clock.advance(HOUR - 1);
    expect(count()).toBe(2);
    await clock.advance(1);
    expect(count()).toBe(3);
    expect(await target()).toMatchObject({ MinCapacity: 3, MaxCapacity: 9 });
    expect(activities()).toMatchObject([
      {
        ResourceId: ID,
        Description: 'Setting min capacity to 3 and max capacity to 9',
        Cause: 'scheduled action name hourly was triggered',
        StatusMessage: 'Successfully set min capacity to 3 and max capacity to 9',
        StatusCode: 'Successful',
      },
      { Description: 'Setting desired count to 3.', Cause: 'minimum capacity was set to 3' },
    ]);
    expect(activities()[0]).not.toHaveProperty('EndTime');
  });

  it('acts every time anew, over bounds that somebody set meanwhile', async () => {
    const { clock, count, update, register } = scaledService({ min: 0, max: 5, scheduled: [hourly(1, 4)] });
    await clock.advance(HOUR);
    await register({ MinCapacity: 0 });
    update(0);
    await clock.advance(HOUR - 1);
    expect(count()).toBe(0);
    await clock.advance(1);
    expect(count()).toBe(1);
  });

  it('does nothing while scheduled scaling is suspended, and acts again when it is resumed', async () => {
    const { clock, count, target, register, activities } = scaledService({ min: 0, max: 5, scheduled: [hourly(3, 9)] });
    await register({ SuspendedState: { ScheduledScalingSuspended: true } });
    await clock.advance(2 * HOUR);
    expect([count(), activities()]).toEqual([2, []]);
    expect(await target()).toMatchObject({ MinCapacity: 0, MaxCapacity: 5 });
    await register({ SuspendedState: { ScheduledScalingSuspended: false } });
    await clock.advance(HOUR);
    expect(count()).toBe(3);
  });

  it('is not held back by what suspends policies', async () => {
    const { clock, count, register } = scaledService({ min: 0, max: 5, target: 2, scheduled: [hourly(3, 9)] });
    await register({ SuspendedState: { DynamicScalingInSuspended: true, DynamicScalingOutSuspended: true } });
    await clock.advance(HOUR);
    expect(count()).toBe(3);
  });

  it('is upkeep: nobody waits for it', () => {
    const { clock } = scaledService({ min: 0, max: 5, scheduled: [hourly(3, 9)] });
    expect(clock.queued()).toMatchObject([{ kind: 'autoscaling.scheduled', background: true }]);
  });
});
