import { DescribeTasksCommand, ECSClient, ListTasksCommand } from '@aws-sdk/client-ecs';
import { GetFunctionCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { expect, it } from 'vitest';
import { credentialsFor } from '../../../../sandbox/iam/credentials.ts';
import { createRole } from '../../../../sandbox/iam/roles.ts';
import { ecsService } from '../../../../sandbox/services/ecs/service.ts';
import { lambdaService } from '../../../../sandbox/services/lambda/service.ts';
import { loadWorld } from '../../../../sandbox/world/load.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { digest } from '../../world/digests.ts';
import { clientOptions, policyOf, throughDoor } from '../throughDoor.ts';

const world = worldSchema.parse({
  region: 'eu-west-1',
  repositories: [{ name: 'app', images: [{ digest: digest('a'), tags: ['prod'] }] }],
  taskDefinitions: [{ family: 'job', revision: 1, containers: [{ name: 'run', image: 'app:prod' }] }],
  clusters: [{ name: 'prod', tasks: [{ id: 'one', taskDefinition: 'job:1' }] }],
  functions: [{ name: 'worker', image: 'app:prod' }, { name: 'zip' }],
});

it('answers the ECS client in its own types', () =>
  throughDoor([ecsService], async ({ account }) => {
    loadWorld(account, world);
    const ecs = new ECSClient(clientOptions(account));
    const { taskArns } = await ecs.send(new ListTasksCommand({ cluster: 'prod' }));
    const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster: 'prod', tasks: taskArns }));
    expect(tasks?.[0]?.createdAt).toEqual(new Date('2026-11-24T08:00:00Z'));
    expect(tasks?.[0]?.containers?.[0]?.imageDigest).toBe(digest('a'));
    const missing = ecs.send(new ListTasksCommand({ cluster: 'dev' }));
    await expect(missing).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
  }));

it('lets a role see the tasks of one cluster alone', () =>
  throughDoor([ecsService], async ({ account }) => {
    loadWorld(account, world);
    const Resource = 'arn:aws:ecs:eu-west-1:123456789012:task/prod/*';
    createRole(account, {
      name: 'Reader',
      arn: 'arn:aws:iam::123456789012:role/Reader',
      trust: policyOf({ Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole' }),
      policies: [{ name: 'read', document: policyOf({ Effect: 'Allow', Action: 'ecs:DescribeTasks', Resource }) }],
    });
    const ecs = new ECSClient(clientOptions(account, credentialsFor(account, 'Reader', 'test')));
    expect((await ecs.send(new DescribeTasksCommand({ cluster: 'prod', tasks: ['one'] }))).tasks).toHaveLength(1);
    const denied = { name: 'AccessDeniedException' };
    await expect(ecs.send(new ListTasksCommand({ cluster: 'prod' }))).rejects.toMatchObject(denied);
    await expect(ecs.send(new DescribeTasksCommand({ cluster: 'dev', tasks: ['one'] }))).rejects.toMatchObject(denied);
  }));

it('shows the Lambda client the functions of the account and their images', () =>
  throughDoor([lambdaService], async ({ account }) => {
    loadWorld(account, world);
    const lambda = new LambdaClient(clientOptions(account));
    const { Functions } = await lambda.send(new ListFunctionsCommand({ FunctionVersion: 'ALL', MaxItems: 50 }));
    expect(Functions?.map(({ FunctionName, PackageType }) => [FunctionName, PackageType])).toEqual([
      ['worker', 'Image'],
      ['zip', 'Zip'],
    ]);
    const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:worker';
    const { Code } = await lambda.send(new GetFunctionCommand({ FunctionName: arn, Qualifier: '$LATEST' }));
    expect(Code?.ResolvedImageUri).toBe(`123456789012.dkr.ecr.eu-west-1.amazonaws.com/app@${digest('a')}`);
    const missing = lambda.send(new GetFunctionCommand({ FunctionName: 'nobody' }));
    await expect(missing).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  }));
