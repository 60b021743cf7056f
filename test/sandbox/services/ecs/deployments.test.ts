import type { DescribeServicesResponse, UpdateServiceResponse } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { repositories } from '../../../../sandbox/services/ecr/state.ts';
import { describeServiceRevisions } from '../../../../sandbox/services/ecs/describeServiceRevisions.ts';
import { describeServices } from '../../../../sandbox/services/ecs/describeServices.ts';
import { registerTaskDefinition } from '../../../../sandbox/services/ecs/registerTaskDefinition.ts';
import { stopTask } from '../../../../sandbox/services/ecs/stopTask.ts';
import { updateService } from '../../../../sandbox/services/ecs/updateService.ts';
import { watched } from './watched.ts';
import { DIGEST, ecsArn, IMAGE, NEXT, passing, workloads } from './workloads.ts';

type World = ReturnType<typeof workloads>;

const update = (world: World, input: object) =>
  world.run<UpdateServiceResponse>(updateService, { cluster: 'prod', service: 'api', ...input });

const moveTag = ({ account }: World) => {
  const images = repositories(account).get('app')?.images;
  images?.get(DIGEST)?.tags.delete('prod');
  images?.get(NEXT)?.tags.add('prod');
};

/** How many tasks of each digest run, as far as they are wanted. */
const running = (world: World) => {
  const all = watched(world)
    .wanted()
    .filter(({ status }) => status === 'RUNNING');
  const of = (digest: string) => all.filter(({ containers }) => containers[0]?.digest === digest).length;
  return [of(DIGEST), of(NEXT)];
};

describe('a deployment', () => {
  it('starts new tasks, and stops old ones as new ones are healthy', async () => {
    const world = workloads();
    const { service } = await update(world, { taskDefinition: 'next:1' });
    expect(service?.taskDefinition).toBe(ecsArn('task-definition/next:1'));
    expect(service?.deployments).toMatchObject([
      { status: 'PRIMARY', rolloutState: 'IN_PROGRESS', runningCount: 0, desiredCount: 2, failedTasks: 0 },
      { status: 'ACTIVE', rolloutState: 'COMPLETED', runningCount: 2 },
    ]);
    const counts = await watched(world).during(120, () => running(world));
    expect(counts.every(([before = 0, after = 0]) => before + after >= 2 && before + after <= 4)).toBe(true);
    expect(counts.at(-1)).toEqual([0, 2]);
  });

  it('shows two revisions while it runs, and one after', async () => {
    const world = workloads();
    const ask = async () => {
      const { services } = await world.run<DescribeServicesResponse>(describeServices, {
        cluster: 'prod',
        services: ['api'],
      });
      return services?.[0];
    };
    const before = (await ask())?.currentServiceRevisions?.[0]?.arn;
    await update(world, { taskDefinition: 'next:1' });
    const during = await ask();
    expect(during?.currentServiceRevisions).toMatchObject([
      { requestedTaskCount: 2 },
      { arn: before, runningTaskCount: 2 },
    ]);
    expect(during?.currentServiceDeployment).toMatch(/:service-deployment\/prod\/api\/[\w-]{21}$/);
    await world.clock.advance(120_000);
    const after = await ask();
    expect(after?.currentServiceRevisions).toMatchObject([{ runningTaskCount: 2 }]);
    expect(after?.currentServiceRevisions?.[0]?.arn).not.toBe(before);
    expect(after).not.toHaveProperty('currentServiceDeployment');
    expect(after?.events?.map(({ message }) => message?.replace(/\d{19}/, 'N'))).toContain(
      '(service api) (deployment ecs-svc/N) deployment completed.',
    );
    const { serviceRevisions } = await world.run<{ serviceRevisions: object[] }>(describeServiceRevisions, {
      serviceRevisionArns: [before, after?.currentServiceRevisions?.[0]?.arn],
    });
    expect(serviceRevisions).toMatchObject([
      { taskDefinition: ecsArn('task-definition/api:7'), containerImages: [{ imageDigest: DIGEST }] },
      { taskDefinition: ecsArn('task-definition/next:1'), containerImages: [{ imageDigest: NEXT }] },
    ]);
  });

  it('stops old tasks first where the percentages say so', async () => {
    const world = workloads({ api: { minimumHealthyPercent: 50, maximumPercent: 100 } });
    await update(world, { taskDefinition: 'next:1' });
    const counts = await watched(world).during(180, () => running(world));
    expect(counts.every(([before = 0, after = 0]) => before + after >= 1 && before + after <= 2)).toBe(true);
    expect(counts).toContainEqual([1, 0]);
    expect(counts.at(-1)).toEqual([0, 2]);
  });

  it('rounds the minimum up and the maximum down, and says when that leaves no way', async () => {
    const world = workloads({ api: { desiredCount: 3, minimumHealthyPercent: 75, maximumPercent: 125 } });
    await update(world, { taskDefinition: 'next:1' });
    await world.clock.advance(120_000);
    expect(running(world)).toEqual([3, 0]);
    expect(watched(world).messages()).toEqual([
      '(service api) was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.',
    ]);
    await update(world, { deploymentConfiguration: { maximumPercent: 200 } });
    await world.clock.advance(120_000);
    expect(running(world)).toEqual([0, 3]);
  });

  it('is none when nothing is new', async () => {
    const world = workloads();
    const { service } = await update(world, {
      taskDefinition: 'api:7',
      deploymentConfiguration: { maximumPercent: 150 },
    });
    expect(service?.deployments).toHaveLength(1);
    expect(service?.deploymentConfiguration).toMatchObject({ maximumPercent: 150, minimumHealthyPercent: 100 });
    await world.clock.advance(120_000);
    expect(watched(world).tasks()).toHaveLength(2);
  });

  it('takes the place of one that is under way', async () => {
    const world = workloads();
    await update(world, { taskDefinition: 'next:1' });
    await world.clock.advance(10_000);
    await update(world, { taskDefinition: 'api:12' });
    await world.clock.advance(120_000);
    expect(running(world)).toEqual([2, 0]);
    const { service, wanted } = watched(world);
    expect(wanted().every(({ definition }) => definition.revision === 12)).toBe(true);
    expect(service().serviceDeployments.map(({ status }) => status)).toEqual(['SUCCESSFUL', 'STOPPED', 'SUCCESSFUL']);
  });
});

describe('the digest of a tag', () => {
  it('stays what it was for tasks that are replaced, and is resolved anew for a deployment', async () => {
    const world = workloads();
    moveTag(world);
    await world.run(stopTask, { cluster: 'prod', task: watched(world).tasks()[0]?.id });
    await world.clock.advance(60_000);
    expect(running(world)).toEqual([2, 0]);
    await update(world, { desiredCount: 3 });
    await world.clock.advance(60_000);
    expect(running(world)).toEqual([3, 0]);
    await update(world, { forceNewDeployment: true });
    expect(watched(world).service().revision.containers).toEqual([{ name: 'web', image: IMAGE, digest: NEXT }]);
    await world.clock.advance(120_000);
    expect(running(world)).toEqual([0, 3]);
  });

  it('is that of an old task definition today: going back to one does not bring its image back', async () => {
    const world = workloads();
    await update(world, { taskDefinition: 'api:12' });
    await world.clock.advance(120_000);
    moveTag(world);
    await update(world, { taskDefinition: 'api:7' });
    await world.clock.advance(120_000);
    expect(running(world)).toEqual([0, 2]);
  });

  it('is resolved by each task where the container wants it so', async () => {
    const world = workloads();
    await world.run(registerTaskDefinition, {
      family: 'loose',
      networkMode: 'awsvpc',
      containerDefinitions: [{ name: 'web', image: IMAGE, versionConsistency: 'disabled' }],
    });
    await update(world, { taskDefinition: 'loose' });
    await world.clock.advance(120_000);
    expect(running(world)).toEqual([2, 0]);
    moveTag(world);
    await world.run(stopTask, { cluster: 'prod', task: watched(world).wanted()[0]?.id });
    await world.clock.advance(60_000);
    expect(running(world)).toEqual([1, 1]);
  });

  it('is not known of a service without tasks, until its first starts', async () => {
    const world = workloads({ api: { desiredCount: 0 } });
    const digestOf = () => watched(world).service().revision.containers[0]?.digest;
    expect(digestOf()).toBeUndefined();
    moveTag(world);
    await update(world, { desiredCount: 1 });
    expect(digestOf()).toBeUndefined();
    await world.clock.advance(60_000);
    expect(digestOf()).toBe(NEXT);
  });
});

describe('UpdateService', () => {
  const daemon = { name: 'agent', taskDefinition: 'agent:1', schedulingStrategy: 'DAEMON' };
  const blueGreen = { name: 'shop', taskDefinition: 'api:7', desiredCount: 1, deploymentController: 'CODE_DEPLOY' };
  const external = { name: 'lab', taskDefinition: 'api:7', desiredCount: 1, deploymentController: 'EXTERNAL' };
  const gone = { name: 'gone', taskDefinition: 'api:7', desiredCount: 0, status: 'INACTIVE' };

  it.each([
    [
      'a count of a DAEMON',
      { service: 'agent', desiredCount: 1 },
      'InvalidParameterException',
      'does not support a desired count',
    ],
    [
      'a task definition under CODE_DEPLOY',
      { service: 'shop', taskDefinition: 'next:1' },
      'InvalidParameterException',
      'Unable to update task definition on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.',
    ],
    [
      'a task definition under EXTERNAL',
      { service: 'lab', taskDefinition: 'next:1' },
      'InvalidParameterException',
      'EXTERNAL',
    ],
    [
      'a new deployment under EXTERNAL',
      { service: 'lab', forceNewDeployment: true },
      'InvalidParameterException',
      'EXTERNAL',
    ],
    [
      'a service that was deleted',
      { service: 'gone', desiredCount: 1 },
      'ServiceNotActiveException',
      'Service was not ACTIVE.',
    ],
    ['a service that is not there', { service: 'nobody' }, 'ServiceNotFoundException', 'Service not found.'],
    ['a cluster that is not there', { cluster: 'dev' }, 'ClusterNotFoundException', 'Cluster not found.'],
    [
      'a task definition that is not there',
      { taskDefinition: 'api:99' },
      'ClientException',
      'TaskDefinition not found.',
    ],
    ['less than nothing', { desiredCount: -1 }, 'InvalidParameterException', 'desired count'],
    [
      'percentages that leave no way',
      { deploymentConfiguration: { maximumPercent: 50 } },
      'InvalidParameterException',
      'maximumPercent',
    ],
    [
      'what it does not know, by name',
      { enableExecuteCommand: true },
      'UnsupportedFeatureException',
      'enableExecuteCommand',
    ],
    ['another strategy', { deploymentConfiguration: { strategy: 'CANARY' } }, 'UnsupportedFeatureException', 'ROLLING'],
  ])('refuses %s', async (_what, input, code, words) => {
    const world = workloads({
      services: [daemon, blueGreen, external, gone],
      hosts: [{ ec2InstanceId: 'i-0ab12cd34ef567890' }],
    });
    await expect(update(world, input)).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
    await world.clock.advance(60_000);
    expect(watched(world).tasks()).toHaveLength(2);
  });

  it('takes a count of a service with task sets', async () => {
    const world = workloads({ services: [blueGreen] });
    await update(world, { service: 'shop', desiredCount: 3 });
    await world.clock.advance(60_000);
    expect(watched(world, 'shop').wanted()).toHaveLength(3);
  });

  it('asks IAM for the service, and for the roles that new tasks are given', async () => {
    const world = workloads();
    const role = 'arn:aws:iam::123456789012:role/api';
    await world.run(registerTaskDefinition, {
      family: 'roled',
      taskRoleArn: role,
      containerDefinitions: [{ name: 'web', image: IMAGE }],
    });
    const service = { action: 'ecs:UpdateService', resource: ecsArn('service/prod/api') };
    const ask = (more: object) =>
      updateService.needs({ cluster: 'prod', service: 'api', ...more } as never, world.account);
    expect(ask({ desiredCount: 0 })).toEqual([service]);
    expect(ask({ taskDefinition: 'roled:1' })).toEqual([service, passing(role)]);
  });
});
