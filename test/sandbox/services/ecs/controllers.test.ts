import type { DescribeServicesResponse, ListServiceDeploymentsResponse } from '@aws-sdk/client-ecs';
import { expect, it } from 'vitest';
import { describeServices } from '../../../../sandbox/services/ecs/describeServices.ts';
import { listServiceDeployments } from '../../../../sandbox/services/ecs/listServiceDeployments.ts';
import { stopTask } from '../../../../sandbox/services/ecs/stopTask.ts';
import { watched } from './watched.ts';
import { ecsArn, workloads } from './workloads.ts';

const shop = (deploymentController: string) =>
  workloads({
    services: [{ name: 'shop', taskDefinition: 'api:7', desiredCount: 2, deploymentController, targetGroup: 'blue' }],
  });

const described = async ({ run }: ReturnType<typeof workloads>) =>
  (await run<DescribeServicesResponse>(describeServices, { cluster: 'prod', services: ['shop'] })).services?.[0];

it.each(['CODE_DEPLOY', 'EXTERNAL'])(
  'a service of %s has a primary task set instead of deployments',
  async (controller) => {
    const world = shop(controller);
    const service = await described(world);
    expect(service).toMatchObject({ deployments: [], deploymentController: { type: controller } });
    expect(service).not.toHaveProperty('currentServiceRevisions');
    expect(service?.taskDefinition).toBe(controller === 'EXTERNAL' ? undefined : ecsArn('task-definition/api:7'));
    const [taskSet] = service?.taskSets ?? [];
    expect(taskSet).toMatchObject({
      status: 'PRIMARY',
      taskDefinition: ecsArn('task-definition/api:7'),
      computedDesiredCount: 2,
      runningCount: 2,
      pendingCount: 0,
      scale: { value: 100, unit: 'PERCENT' },
      stabilityStatus: 'STEADY_STATE',
      loadBalancers: [{ targetGroupArn: expect.stringContaining(':targetgroup/blue/'), containerName: 'web' }],
    });
    expect(taskSet?.taskSetArn).toBe(ecsArn(`task-set/prod/shop/${taskSet?.id}`));
    expect(watched(world, 'shop').tasks()[0]?.startedBy).toBe(taskSet?.id);
    const list = { cluster: 'prod', service: 'shop' };
    expect((await world.run<ListServiceDeploymentsResponse>(listServiceDeployments, list)).serviceDeployments).toEqual(
      [],
    );
  },
);

it('keeps the tasks of a task set, too', async () => {
  const world = shop('EXTERNAL');
  const { tasks, wanted } = watched(world, 'shop');
  await world.run(stopTask, { cluster: 'prod', task: tasks()[0]?.id });
  await world.clock.advance(15_000);
  expect((await described(world))?.taskSets?.[0]?.stabilityStatus).toBe('STABILIZING');
  await world.clock.advance(120_000);
  expect(wanted()).toHaveLength(2);
  expect((await described(world))?.taskSets?.[0]).toMatchObject({ runningCount: 2, stabilityStatus: 'STEADY_STATE' });
});
