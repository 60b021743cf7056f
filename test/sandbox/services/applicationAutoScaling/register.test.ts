import { describe, expect, it } from 'vitest';
import { ID, scaledService } from './scaledService.ts';

const suspended = (isIn: boolean, isOut: boolean, isScheduled: boolean) => ({
  DynamicScalingInSuspended: isIn,
  DynamicScalingOutSuspended: isOut,
  ScheduledScalingSuspended: isScheduled,
});

describe('RegisterScalableTarget', () => {
  it('registers a service, and pulls its count up to the minimum', async () => {
    const { register, target, count, activities } = scaledService(undefined, 0);
    const { ScalableTargetARN } = await register({ MinCapacity: 1, MaxCapacity: 10 });
    expect(ScalableTargetARN).toMatch(
      /^arn:aws:application-autoscaling:eu-west-1:123456789012:scalable-target\/[0-9a-f]{36}$/,
    );
    expect(count()).toBe(1);
    expect(activities()).toMatchObject([
      { Cause: 'minimum capacity was set to 1', Description: 'Setting desired count to 1.' },
    ]);
    expect(await target()).toEqual({
      ServiceNamespace: 'ecs',
      ResourceId: ID,
      ScalableDimension: 'ecs:service:DesiredCount',
      MinCapacity: 1,
      MaxCapacity: 10,
      RoleARN:
        'arn:aws:iam::123456789012:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService',
      CreationTime: new Date('2026-11-24T08:00:00Z'),
      SuspendedState: suspended(false, false, false),
      ScalableTargetARN,
    });
  });

  it('pulls a count down to the maximum', async () => {
    const { register, count, activities } = scaledService(undefined, 4);
    await register({ MinCapacity: 0, MaxCapacity: 3 });
    expect(count()).toBe(3);
    expect(activities()).toMatchObject([{ Cause: 'maximum capacity was set to 3' }]);
  });

  it('pulls the count into the bounds even when the call names none of them', async () => {
    const { register, count, update } = scaledService({ min: 1, max: 5 });
    update(0);
    await register({ SuspendedState: { DynamicScalingOutSuspended: true } });
    expect(count()).toBe(1);
  });

  it('leaves a count alone that lies within', async () => {
    const { register, count, activities } = scaledService({ min: 1, max: 5 });
    await register({ MinCapacity: 0 });
    expect([count(), activities()]).toEqual([2, []]);
  });

  it('keeps what the call does not name, switch by switch', async () => {
    const { register, target } = scaledService({ min: 1, max: 5 });
    const first = await register({ SuspendedState: suspended(true, false, true) });
    const second = await register({ MinCapacity: 0, SuspendedState: { DynamicScalingOutSuspended: true } });
    expect(second).toEqual(first);
    expect(await target()).toMatchObject({
      MinCapacity: 0,
      MaxCapacity: 5,
      SuspendedState: suspended(true, true, true),
    });
    await register({ SuspendedState: { DynamicScalingInSuspended: false } });
    expect((await target())?.SuspendedState).toEqual(suspended(false, true, true));
  });

  it.each([
    ['another service', { ServiceNamespace: 'dynamodb', ResourceId: 'table/x' }, /^Unsupported service namespace/],
    ['another dimension', { ScalableDimension: 'dynamodb:table:ReadCapacityUnits' }, /^Unsupported service namespace/],
    ['an ARN for a resource id', { ResourceId: 'arn:aws:ecs:eu-west-1:1:service/a/b' }, /^Unsupported service/],
    ['a namespace that AWS does not have', { ServiceNamespace: 'ecr' }, /at 'serviceNamespace' failed to satisfy/],
    ['no dimension', { ScalableDimension: undefined }, /'scalableDimension' .* must not be null/],
    [
      'a service that is not there',
      { ResourceId: 'service/prod/none' },
      /^ECS service doesn't exist: service\/prod\/none$/,
    ],
    ['a cluster that is not there', { ResourceId: 'service/dev/web' }, /^ECS service doesn't exist/],
    ['a maximum below the minimum', { MinCapacity: 6 }, /^Maximum capacity cannot be less than minimum capacity$/],
    ['a negative minimum', { MinCapacity: -1 }, /whole number/],
    ['tags', { Tags: { a: 'b' } }, /no tags/],
  ])('refuses %s, and changes nothing', async (_what, input, message) => {
    const { register, target } = scaledService({ min: 1, max: 5 });
    const before = await target();
    await expect(register(input as never)).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringMatching(message),
    });
    expect(await target()).toEqual(before);
  });

  it('needs both bounds of a target that is new', async () => {
    const { register, target } = scaledService(undefined);
    await expect(register({ MaxCapacity: 3 })).rejects.toMatchObject({ code: 'ValidationException' });
    await expect(register({ MinCapacity: 1 })).rejects.toMatchObject({ code: 'ValidationException' });
    expect(await target()).toBeUndefined();
  });
});
