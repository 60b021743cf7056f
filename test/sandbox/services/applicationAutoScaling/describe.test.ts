import type {
  DescribeScalableTargetsResponse,
  DescribeScalingActivitiesResponse,
  DescribeScalingPoliciesResponse,
  DescribeScheduledActionsResponse,
} from '@aws-sdk/client-application-auto-scaling';
import { describe, expect, it } from 'vitest';
import { describeScalableTargets } from '../../../../sandbox/services/applicationAutoScaling/operations/describeScalableTargets.ts';
import { describeScalingActivities } from '../../../../sandbox/services/applicationAutoScaling/operations/describeScalingActivities.ts';
import { describeScalingPolicies } from '../../../../sandbox/services/applicationAutoScaling/operations/describeScalingPolicies.ts';
import { describeScheduledActions } from '../../../../sandbox/services/applicationAutoScaling/operations/describeScheduledActions.ts';
import { workloads } from '../ecs/workloads.ts';
import { ID, scaledService } from './scaledService.ts';

const DIMENSION = 'ecs:service:DesiredCount';
const many = (count: number) =>
  workloads({
    services: Array.from({ length: count }, (_, at) => ({
      name: `s${at}`,
      taskDefinition: 'job:1',
      desiredCount: 0,
      autoscaling: { min: 0, max: 1, target: 0 },
    })),
  });

describe('DescribeScalableTargets', () => {
  const { run } = many(60);
  const ask = (input: object) =>
    run<DescribeScalableTargetsResponse>(describeScalableTargets, { ServiceNamespace: 'ecs', ...input });
  const ids = async (input: object) => (await ask(input)).ScalableTargets?.map(({ ResourceId }) => ResourceId);

  it('answers page by page, 50 at the most', async () => {
    const first = await ask({});
    expect(first.ScalableTargets).toHaveLength(50);
    const second = await ask({ NextToken: first.NextToken });
    expect(second.ScalableTargets).toHaveLength(10);
    expect(second).not.toHaveProperty('NextToken');
    expect(await ids({ MaxResults: 1 })).toEqual(['service/prod/s0']);
  });

  it('leaves out what is not registered', async () => {
    expect(await ids({ ResourceIds: ['service/prod/s7', 'service/prod/api', 'service/dev/s7'] })).toEqual([
      'service/prod/s7',
    ]);
    expect(await ids({ ResourceIds: ['service/prod/s7'], ScalableDimension: DIMENSION })).toHaveLength(1);
    expect(await ids({ ResourceIds: ['service/prod/s7'], ScalableDimension: 'rds:cluster:ReadReplicaCount' })).toEqual(
      [],
    );
    expect(await ids({ ServiceNamespace: 'dynamodb' })).toEqual([]);
  });

  it.each([
    ['no namespace', { ServiceNamespace: undefined }, 'ValidationException'],
    ['a dimension without a resource', { ScalableDimension: DIMENSION }, 'ValidationException'],
    [
      '51 resources',
      { ResourceIds: Array.from({ length: 51 }, (_, at) => `service/prod/${at}`) },
      'ValidationException',
    ],
    ['a page of 51', { MaxResults: 51 }, 'ValidationException'],
    ['a token that it did not give', { NextToken: 'x' }, 'InvalidNextTokenException'],
  ])('refuses %s', async (_what, input, code) => {
    await expect(ask(input)).rejects.toMatchObject({ code });
  });
});

describe('DescribeScalingPolicies', () => {
  const { run } = scaledService({ min: 1, max: 5, target: 2 });
  const ask = async (input: object) =>
    (await run<DescribeScalingPoliciesResponse>(describeScalingPolicies, { ServiceNamespace: 'ecs', ...input }))
      .ScalingPolicies;

  it('shows the policy with its alarms', async () => {
    const name = { AlarmName: expect.stringMatching(/^TargetTracking-service\/prod\/web-Alarm(High|Low)-/) };
    expect(await ask({})).toMatchObject([
      {
        PolicyARN: expect.stringMatching(
          /^arn:aws:autoscaling:eu-west-1:123456789012:scalingPolicy:[0-9a-f-]{36}:resource\/ecs\/service\/prod\/web:policyName\/web-cpu$/,
        ),
        PolicyName: 'web-cpu',
        ResourceId: ID,
        PolicyType: 'TargetTrackingScaling',
        Alarms: [name, name],
        CreationTime: new Date('2026-11-24T08:00:00Z'),
      },
    ]);
  });

  it('filters by resource and name', async () => {
    expect(await ask({ ResourceId: ID, PolicyNames: ['web-cpu'] })).toHaveLength(1);
    expect(await ask({ ResourceId: 'service/prod/api' })).toEqual([]);
    expect(await ask({ PolicyNames: ['other'] })).toEqual([]);
    await expect(ask({ ScalableDimension: DIMENSION })).rejects.toMatchObject({ code: 'ValidationException' });
  });
});

describe('DescribeScalingActivities', () => {
  it('lists those of one resource, newest first, for six weeks', async () => {
    const { run, clock, update } = scaledService({ min: 1, max: 5, target: 2 });
    const ask = async (input: object) =>
      (await run<DescribeScalingActivitiesResponse>(describeScalingActivities, { ServiceNamespace: 'ecs', ...input }))
        .ScalingActivities;
    for (const count of [0, 5]) {
      update(count);
      await clock.advance(60_000);
    }
    const found = await ask({ ResourceId: ID, ScalableDimension: DIMENSION });
    expect(found?.map(({ StartTime }) => StartTime?.toISOString())).toEqual([
      '2026-11-24T08:02:00.000Z',
      '2026-11-24T08:01:00.000Z',
    ]);
    expect(await ask({ ResourceId: 'service/prod/api' })).toEqual([]);
    await clock.advance(42 * 24 * 60 * 60_000 - 30_000);
    expect(await ask({})).toHaveLength(1);
  });
});

describe('DescribeScheduledActions', () => {
  const scheduled = [
    { name: 'day', schedule: 'cron(0 7 ? * MON-FRI *)', min: 2, max: 12 },
    { name: 'night', schedule: 'rate(1 day)', min: 0, max: 2 },
  ];
  const { run } = scaledService({ min: 1, max: 5, target: 2, scheduled });
  const ask = (input: object) =>
    run<DescribeScheduledActionsResponse>(describeScheduledActions, { ServiceNamespace: 'ecs', ...input });
  const names = async (input: object) =>
    (await ask(input)).ScheduledActions?.map(({ ScheduledActionName }) => ScheduledActionName);

  it('shows when they act, and the bounds that they set', async () => {
    expect((await ask({ ResourceId: ID })).ScheduledActions?.[0]).toEqual({
      ScheduledActionName: 'day',
      ScheduledActionARN: expect.stringMatching(
        /^arn:aws:autoscaling:eu-west-1:123456789012:scheduledAction:[0-9a-f-]{36}:resource\/ecs\/service\/prod\/web:scheduledActionName\/day$/,
      ),
      ServiceNamespace: 'ecs',
      Schedule: 'cron(0 7 ? * MON-FRI *)',
      ResourceId: ID,
      ScalableDimension: DIMENSION,
      ScalableTargetAction: { MinCapacity: 2, MaxCapacity: 12 },
      CreationTime: new Date('2026-11-24T08:00:00Z'),
    });
  });

  it('filters by resource and name', async () => {
    expect(await names({})).toEqual(['day', 'night']);
    expect(await names({ ScheduledActionNames: ['night', 'other'] })).toEqual(['night']);
    expect(await names({ ResourceId: 'service/prod/api' })).toEqual([]);
    await expect(ask({ ServiceNamespace: undefined })).rejects.toMatchObject({ code: 'ValidationException' });
  });
});
