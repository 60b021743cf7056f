import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScalingActivitiesCommand,
  DescribeScalingPoliciesCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { describe, expect, it } from 'vitest';
import { type Account, AwsError } from '../../../../sandbox/account.ts';
import { faults } from '../../../../sandbox/faults/faults.ts';
import { credentialsFor } from '../../../../sandbox/iam/credentials.ts';
import { createRole } from '../../../../sandbox/iam/roles.ts';
import { applicationAutoScalingService } from '../../../../sandbox/services/applicationAutoScaling/service.ts';
import { scalingState } from '../../../../sandbox/services/applicationAutoScaling/state.ts';
import { desiredCountOf, setDesiredCount } from '../../../../sandbox/services/ecs/desiredCount.ts';
import { loadWorld } from '../../../../sandbox/world/load.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { digest } from '../../world/digests.ts';
import { clientOptions, policyOf, throughDoor } from '../throughDoor.ts';

const world = worldSchema.parse({
  region: 'eu-west-1',
  repositories: [{ name: 'app', images: [{ digest: digest('a'), tags: ['prod'] }] }],
  taskDefinitions: [{ family: 'web', revision: 1, containers: [{ name: 'run', image: 'app:prod' }] }],
  clusters: [
    {
      name: 'prod',
      services: [
        { name: 'web', taskDefinition: 'web:1', desiredCount: 2, autoscaling: { min: 1, max: 5, target: 2 } },
        { name: 'other', taskDefinition: 'web:1', desiredCount: 1, autoscaling: { min: 1, max: 2 } },
      ],
    },
  ],
});

const ServiceNamespace = 'ecs';
const web = {
  ServiceNamespace,
  ResourceId: 'service/prod/web',
  ScalableDimension: 'ecs:service:DesiredCount',
} as const;

it('answers the client in its own types', () =>
  throughDoor([applicationAutoScalingService], async ({ account, clock }) => {
    loadWorld(account, world);
    const scaling = new ApplicationAutoScalingClient(clientOptions(account));
    const { ScalableTargets } = await scaling.send(
      new DescribeScalableTargetsCommand({ ServiceNamespace, ResourceIds: [web.ResourceId] }),
    );
    expect(ScalableTargets).toMatchObject([
      { MinCapacity: 1, MaxCapacity: 5, CreationTime: new Date('2026-11-24T08:00:00Z') },
    ]);
    setDesiredCount(account, 'prod', 'web', 0);
    await clock.settle();
    expect(desiredCountOf(account, 'prod', 'web')).toBe(0);
    await clock.advance(60_000);
    expect(desiredCountOf(account, 'prod', 'web')).toBe(2);
    const { ScalingActivities } = await scaling.send(new DescribeScalingActivitiesCommand({ ServiceNamespace }));
    expect(ScalingActivities).toMatchObject([{ StatusCode: 'Successful', EndTime: new Date('2026-11-24T08:01:00Z') }]);
    const { ScalingPolicies } = await scaling.send(new DescribeScalingPoliciesCommand({ ServiceNamespace }));
    expect(ScalingPolicies).toMatchObject([{ PolicyName: 'web-cpu' }]);
    const wrong = scaling.send(new RegisterScalableTargetCommand({ ...web, MaxCapacity: 0 }));
    await expect(wrong).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Maximum capacity cannot be less than minimum capacity',
    });
  }));

it('throws ConcurrentUpdateException where a test asks for it', () =>
  throughDoor([applicationAutoScalingService], async ({ account }) => {
    loadWorld(account, world);
    const busy = new AwsError(
      'ConcurrentUpdateException',
      'You already have a pending update to an Auto Scaling resource.',
      500,
    );
    faults(account).push(({ operation }) => (operation === 'RegisterScalableTarget' ? busy : undefined));
    const scaling = new ApplicationAutoScalingClient(clientOptions(account));
    const refused = scaling.send(new RegisterScalableTargetCommand({ ...web, MinCapacity: 0 }));
    await expect(refused).rejects.toMatchObject({ name: 'ConcurrentUpdateException', $fault: 'server' });
  }));

describe('for a role', () => {
  const service = (name: string) => `arn:aws:ecs:eu-west-1:123456789012:service/prod/${name}`;
  const register = 'application-autoscaling:RegisterScalableTarget';

  function clientOf(account: Account, ...statements: readonly object[]): ApplicationAutoScalingClient {
    createRole(account, {
      name: 'Responder',
      arn: 'arn:aws:iam::123456789012:role/Responder',
      trust: policyOf({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }),
      policies: [{ name: 'own', document: policyOf(...(statements as Record<string, unknown>[])) }],
    });
    return new ApplicationAutoScalingClient(clientOptions(account, credentialsFor(account, 'Responder', 'run')));
  }

  const ecs = { Effect: 'Allow', Action: ['ecs:DescribeServices', 'ecs:UpdateService'], Resource: service('web') };

  it('registers one target alone, and only with the permissions on its service', () =>
    throughDoor([applicationAutoScalingService], async ({ account }) => {
      loadWorld(account, world);
      const arn = scalingState(account).targets.get(web.ResourceId)?.arn;
      const scaling = clientOf(account, ecs, { Effect: 'Allow', Action: register, Resource: arn });
      await scaling.send(new RegisterScalableTargetCommand({ ...web, MinCapacity: 0 }));
      const other = scaling.send(new RegisterScalableTargetCommand({ ...web, ResourceId: 'service/prod/other' }));
      await expect(other).rejects.toMatchObject({ name: 'AccessDeniedException' });
    }));

  it('says which permissions on the service are missing', () =>
    throughDoor([applicationAutoScalingService], async ({ account }) => {
      loadWorld(account, world);
      const scaling = clientOf(account, ecs, { Effect: 'Allow', Action: register, Resource: '*' });
      const other = { ...web, ResourceId: 'service/prod/other', MaxCapacity: 4 };
      await expect(scaling.send(new RegisterScalableTargetCommand(other))).rejects.toMatchObject({
        name: 'ValidationException',
        message: 'User is missing the following permissions: ecs:DescribeServices, ecs:UpdateService',
      });
      expect(scalingState(account).targets.get(other.ResourceId)?.maxCapacity).toBe(2);
    }));

  it.each([
    ['ecs', 'ecs:service:DesiredCount', true],
    ['dynamodb', 'ecs:service:DesiredCount', false],
    ['ecs', 'dynamodb:table:ReadCapacityUnits', false],
  ])('evaluates conditions on namespace and dimension (%s, %s)', (namespace, dimension, isAllowed) =>
    throughDoor([applicationAutoScalingService], async ({ account }) => {
      loadWorld(account, world);
      const scaling = clientOf(account, ecs, {
        Effect: 'Allow',
        Action: register,
        Resource: 'arn:aws:application-autoscaling:eu-west-1:123456789012:scalable-target/*',
        Condition: {
          StringEquals: {
            'application-autoscaling:service-namespace': namespace,
            'application-autoscaling:scalable-dimension': dimension,
          },
        },
      });
      const sent = scaling.send(new RegisterScalableTargetCommand({ ...web, MinCapacity: 0 }));
      if (isAllowed) expect((await sent).ScalableTargetARN).toContain(':scalable-target/');
      else await expect(sent).rejects.toMatchObject({ name: 'AccessDeniedException' });
    }),
  );
});
