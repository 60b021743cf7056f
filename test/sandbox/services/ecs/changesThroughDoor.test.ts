import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListContainerInstancesCommand,
  ListServiceDeploymentsCommand,
  RegisterTaskDefinitionCommand,
  StopTaskCommand,
  UpdateContainerInstancesStateCommand,
  UpdateServiceCommand,
  UpdateTaskProtectionCommand,
} from '@aws-sdk/client-ecs';
import { expect, it } from 'vitest';
import { credentialsFor } from '../../../../sandbox/iam/credentials.ts';
import { createRole } from '../../../../sandbox/iam/roles.ts';
import type { RunningAccount } from '../../../../sandbox/kernel/kernel.ts';
import { ecsService } from '../../../../sandbox/services/ecs/service.ts';
import { clusters } from '../../../../sandbox/services/ecs/state.ts';
import { loadWorld } from '../../../../sandbox/world/load.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { digest } from '../../world/digests.ts';
import { clientOptions, policyOf, throughDoor } from '../throughDoor.ts';
import { ecsArn } from './workloads.ts';

const role = 'arn:aws:iam::123456789012:role/api';
const world = worldSchema.parse({
  region: 'eu-west-1',
  repositories: [
    {
      name: 'app',
      images: [
        { digest: digest('a'), tags: ['prod'] },
        { digest: digest('b'), tags: ['broken'], exits: true },
      ],
    },
  ],
  taskDefinitions: [
    {
      family: 'api',
      revision: 1,
      taskRoleArn: role,
      tags: { team: 'payments' },
      containers: [{ name: 'web', image: 'app:prod' }],
    },
    { family: 'broken', revision: 1, containers: [{ name: 'web', image: 'app:broken' }] },
  ],
  clusters: [
    {
      name: 'prod',
      containerInstances: [{ ec2InstanceId: 'i-0aaaaaaaaaaaaaaaa', cpu: 2048, memory: 4096 }],
      services: [{ name: 'api', taskDefinition: 'api:1', desiredCount: 1, taskIds: ['one'] }],
    },
  ],
});

const api = { cluster: 'prod', service: 'api' };

const through = (use: (ecs: ECSClient, running: RunningAccount) => Promise<void>) =>
  throughDoor([ecsService], async (running) => {
    loadWorld(running.account, world);
    await use(new ECSClient(clientOptions(running.account)), running);
  });

it('lets the ECS client copy a task definition, deploy it and read what became of it', () =>
  through(async (ecs, { clock }) => {
    const copied = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'api:1', include: ['TAGS'] }));
    const { family, containerDefinitions, ...rest } = copied.taskDefinition ?? {};
    const { taskDefinition } = await ecs.send(
      new RegisterTaskDefinitionCommand({ ...rest, family, containerDefinitions, tags: copied.tags }),
    );
    expect(taskDefinition).toMatchObject({ revision: 2, taskRoleArn: role, containerDefinitions });
    await clock.advance(1000);
    await ecs.send(new UpdateServiceCommand({ ...api, taskDefinition: 'api' }));
    await clock.settle();
    const { services } = await ecs.send(new DescribeServicesCommand({ cluster: 'prod', services: ['api'] }));
    expect(services?.[0]).toMatchObject({
      taskDefinition: ecsArn('task-definition/api:2'),
      runningCount: 1,
      pendingCount: 0,
    });
    expect(services?.[0]?.events?.[0]?.createdAt).toBeInstanceOf(Date);
    const after = new Date('2026-11-24T08:00:00.500Z');
    const newer = await ecs.send(new ListServiceDeploymentsCommand({ ...api, createdAt: { after } }));
    expect(newer.serviceDeployments).toMatchObject([{ status: 'SUCCESSFUL' }]);
    const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster: 'prod', tasks: ['one'] }));
    expect(tasks?.[0]).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'ServiceSchedulerInitiated' });
    expect(tasks?.[0]?.stoppedAt).toBeInstanceOf(Date);
  }));

it('settles although a service never comes up', () =>
  through(async (ecs, { account, clock }) => {
    await ecs.send(new UpdateServiceCommand({ ...api, taskDefinition: 'broken:1' }));
    await clock.settle();
    const service = clusters(account).get('prod')?.services.get('api');
    expect(service?.deployments[0]).toMatchObject({ rolloutState: 'IN_PROGRESS' });
    const failed = service?.startFailures ?? 0;
    await clock.advance(3_600_000);
    expect(service?.startFailures).toBeGreaterThan(failed);
  }));

it('lets a role do to its target alone what its policy says', () =>
  through(async (_root, { account }) => {
    createRole(account, {
      name: 'Responder',
      arn: 'arn:aws:iam::123456789012:role/Responder',
      trust: policyOf({ Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole' }),
      policies: [
        {
          name: 'change',
          document: policyOf(
            { Effect: 'Allow', Action: 'ecs:UpdateService', Resource: ecsArn('service/prod/api') },
            { Effect: 'Allow', Action: 'ecs:StopTask', Resource: ecsArn('task/prod/one') },
          ),
        },
      ],
    });
    const ecs = new ECSClient(clientOptions(account, credentialsFor(account, 'Responder', 'test')));
    const denied = { name: 'AccessDeniedException' };
    await ecs.send(new UpdateServiceCommand({ ...api, desiredCount: 0 }));
    await ecs.send(new StopTaskCommand({ cluster: 'prod', task: 'one', reason: 'contained' }));
    await expect(ecs.send(new StopTaskCommand({ cluster: 'prod', task: 'two' }))).rejects.toMatchObject(denied);
    const passing = ecs.send(new UpdateServiceCommand({ ...api, taskDefinition: 'api:1' }));
    await expect(passing).rejects.toMatchObject({ ...denied, message: expect.stringContaining('iam:PassRole') });
    const protection = new UpdateTaskProtectionCommand({ cluster: 'prod', tasks: ['one'], protectionEnabled: false });
    await expect(ecs.send(protection)).rejects.toMatchObject(denied);
  }));

it('lets the ECS client drain a host and see what is left on it', () =>
  through(async (ecs) => {
    const { containerInstanceArns: containerInstances } = await ecs.send(
      new ListContainerInstancesCommand({ cluster: 'prod' }),
    );
    const drain = new UpdateContainerInstancesStateCommand({ cluster: 'prod', containerInstances, status: 'DRAINING' });
    const { containerInstances: drained, failures } = await ecs.send(drain);
    expect(failures).toEqual([]);
    const resources = [
      { name: 'CPU', type: 'INTEGER', integerValue: 2048 },
      { name: 'MEMORY', type: 'INTEGER', integerValue: 4096 },
    ];
    expect(drained).toMatchObject([
      { status: 'DRAINING', version: 2, registeredResources: resources, remainingResources: resources },
    ]);
    const listed = await ecs.send(new ListContainerInstancesCommand({ cluster: 'prod', status: 'DRAINING' }));
    expect(listed.containerInstanceArns).toEqual(containerInstances);
  }));
