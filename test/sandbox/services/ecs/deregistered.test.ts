import type {
  DescribeTaskDefinitionResponse,
  ListTaskDefinitionsResponse,
  UpdateServiceResponse,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { describeTaskDefinition } from '../../../../sandbox/services/ecs/describeTaskDefinition.ts';
import { listTaskDefinitions } from '../../../../sandbox/services/ecs/listTaskDefinitions.ts';
import { runTask } from '../../../../sandbox/services/ecs/runTask.ts';
import { updateService } from '../../../../sandbox/services/ecs/updateService.ts';
import { ecsArn, workloads } from './workloads.ts';

const inactive = {
  family: 'api',
  revision: 13,
  status: 'INACTIVE',
  containers: [{ name: 'web', image: 'app:prod' }],
};
const arn = ecsArn('task-definition/api:13');
const refused = { code: 'InvalidParameterException', message: 'TaskDefinition is inactive' };

describe('a task definition that was deregistered', () => {
  const world = () => workloads({ definitions: [inactive] });

  it('is described by its revision, and is not the latest of its family', async () => {
    const { run } = world();
    const ask = (taskDefinition: string) =>
      run<DescribeTaskDefinitionResponse>(describeTaskDefinition, { taskDefinition });
    expect((await ask('api:13')).taskDefinition).toMatchObject({ taskDefinitionArn: arn, status: 'INACTIVE' });
    expect((await ask('api')).taskDefinition).toMatchObject({ revision: 12, status: 'ACTIVE' });
  });

  it('is listed among the INACTIVE ones alone', async () => {
    const { run } = world();
    const listed = async (input: object) =>
      (await run<ListTaskDefinitionsResponse>(listTaskDefinitions, { familyPrefix: 'api', ...input }))
        .taskDefinitionArns;
    expect(await listed({ status: 'INACTIVE' })).toEqual([arn]);
    expect(await listed({})).toEqual([ecsArn('task-definition/api:7'), ecsArn('task-definition/api:12')]);
  });

  it('starts no task, and no service can be pointed at it', async () => {
    const { run } = world();
    await expect(run(runTask, { cluster: 'prod', taskDefinition: 'api:13' })).rejects.toMatchObject(refused);
    const update = run(updateService, { cluster: 'prod', service: 'api', taskDefinition: arn });
    await expect(update).rejects.toMatchObject(refused);
  });

  it('keeps a service that has it running, which can still be scaled', async () => {
    const { run, clock } = workloads({ definitions: [inactive], api: { taskDefinition: 'api:13' } });
    const { service } = await run<UpdateServiceResponse>(updateService, {
      cluster: 'prod',
      service: 'api',
      desiredCount: 3,
    });
    expect(service).toMatchObject({ taskDefinition: arn, desiredCount: 3 });
    await clock.advance(120_000);
    const after = await run<UpdateServiceResponse>(updateService, {
      cluster: 'prod',
      service: 'api',
      desiredCount: 3,
    });
    expect(after.service?.runningCount).toBe(3);
  });
});
