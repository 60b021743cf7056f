import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScalingActivitiesCommand,
  DescribeScalingPoliciesCommand,
  DescribeScheduledActionsCommand,
  RegisterScalableTargetCommand,
  type RegisterScalableTargetCommandInput,
} from '@aws-sdk/client-application-auto-scaling';
import { type Script, step } from '../script.ts';
import { ecsInMoto, ecsWorld } from './ecs.ts';

const target = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/prod/shop',
  ScalableDimension: 'ecs:service:DesiredCount',
} as const;
const register = (input: Partial<RegisterScalableTargetCommandInput>) => () =>
  new RegisterScalableTargetCommand({ ...target, ...input });
const targets =
  (...ResourceIds: string[]) =>
  () =>
    new DescribeScalableTargetsCommand({
      ServiceNamespace: 'ecs',
      ...(ResourceIds.length === 0 ? {} : { ResourceIds }),
    });

const base: Omit<Script, 'steps'> = {
  service: 'application-autoscaling',
  client: (connection) => new ApplicationAutoScalingClient(connection),
  world: ecsWorld,
  moto: ecsInMoto,
  fields: { CreationTime: 'time', ScalableTargetARN: 'id' },
};

export const autoscaling: readonly Script[] = [
  {
    ...base,
    steps: [
      step('describes no targets', targets()),
      step('describes a target that is not there', targets('service/prod/nowhere')),
      step('describes no policies', () => new DescribeScalingPoliciesCommand({ ServiceNamespace: 'ecs' })),
      step('describes no scheduled actions', () => new DescribeScheduledActionsCommand({ ServiceNamespace: 'ecs' })),
      step('describes no activities', () => new DescribeScalingActivitiesCommand({ ServiceNamespace: 'ecs' })),
      step('registers a target', register({ MinCapacity: 1, MaxCapacity: 5 })),
      step('describes the target', targets()),
      step('describes it by its id', targets('service/prod/shop')),
      step('changes one bound', register({ MaxCapacity: 7 })),
      step('describes the changed bound', targets()),
      step(
        'suspends its scaling',
        register({
          SuspendedState: {
            DynamicScalingInSuspended: true,
            DynamicScalingOutSuspended: true,
            ScheduledScalingSuspended: true,
          },
        }),
      ),
      step('describes what is suspended', targets()),
      step(
        'refuses a service that is not there',
        register({ ResourceId: 'service/prod/nowhere', MinCapacity: 1, MaxCapacity: 2 }),
      ),
      step(
        'refuses a dimension of another service',
        register({ ScalableDimension: 'ec2:spot-fleet-request:TargetCapacity', MinCapacity: 1, MaxCapacity: 2 }),
      ),
    ],
  },
  // In an account of their own, because moto takes them.
  {
    ...base,
    steps: [
      step('refuses a new target without bounds', register({})),
      step('refuses bounds the wrong way round', register({ MinCapacity: 5, MaxCapacity: 1 })),
    ],
  },
];
