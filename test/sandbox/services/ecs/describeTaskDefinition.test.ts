import type { DescribeTaskDefinitionResponse } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { describeTaskDefinition } from '../../../../sandbox/services/ecs/describeTaskDefinition.ts';
import { DIGEST, ecsArn, IMAGE, workloads } from './workloads.ts';

describe('DescribeTaskDefinition', () => {
  const ask = (taskDefinition: string) =>
    workloads().run<DescribeTaskDefinitionResponse>(describeTaskDefinition, { taskDefinition });

  it('describes a revision by name or ARN', async () => {
    const answer = await ask('api:7');
    expect(answer.taskDefinition).toEqual({
      taskDefinitionArn: ecsArn('task-definition/api:7'),
      family: 'api',
      revision: 7,
      status: 'ACTIVE',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      compatibilities: ['EC2', 'FARGATE'],
      cpu: '256',
      memory: '512',
      volumes: [],
      placementConstraints: [],
      registeredAt: new Date('2026-11-24T08:00:00Z'),
      containerDefinitions: [
        {
          name: 'web',
          image: IMAGE,
          essential: true,
          cpu: 0,
          environment: [],
          portMappings: [],
          mountPoints: [],
          volumesFrom: [],
          systemControls: [],
        },
      ],
    });
    expect(await ask(ecsArn('task-definition/api:7'))).toEqual(answer);
  });

  it('takes the latest revision of a family by its number, not by its spelling', async () => {
    const { taskDefinition } = await ask('api');
    expect(taskDefinition?.revision).toBe(12);
    expect(taskDefinition?.containerDefinitions?.[0]?.image).toBe(IMAGE.replace(':prod', `@${DIGEST}`));
  });

  it.each([
    'web',
    'api:8',
    ecsArn('task-definition/api:8'),
    'arn:aws:ecs:us-east-1:123456789012:task-definition/api:7',
  ])('knows nothing of %s', async (name) => {
    await expect(ask(name)).rejects.toMatchObject({
      code: 'ClientException',
      message: 'Unable to describe task definition.',
    });
  });
});
