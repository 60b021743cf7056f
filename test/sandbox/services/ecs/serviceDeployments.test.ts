import type {
  DescribeServiceDeploymentsResponse,
  ListServiceDeploymentsResponse,
  StopServiceDeploymentResponse,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { describeServiceDeployments } from '../../../../sandbox/services/ecs/describeServiceDeployments.ts';
import { listServiceDeployments } from '../../../../sandbox/services/ecs/listServiceDeployments.ts';
import { stopServiceDeployment } from '../../../../sandbox/services/ecs/stopServiceDeployment.ts';
import { updateService } from '../../../../sandbox/services/ecs/updateService.ts';
import { watched } from './watched.ts';
import { DIGEST, ecsArn, NEXT, workloads } from './workloads.ts';

type World = ReturnType<typeof workloads>;

const begin = async (world: World) => {
  await world.run(updateService, { cluster: 'prod', service: 'api', taskDefinition: 'next:1' });
  return watched(world).service().serviceDeployments[0]?.arn ?? '';
};

const describeOne = async (world: World, arn: string) => {
  const input = { serviceDeploymentArns: [arn] };
  return (await world.run<DescribeServiceDeploymentsResponse>(describeServiceDeployments, input))
    .serviceDeployments?.[0];
};

const statuses = (world: World, seconds: number) =>
  watched(world).during(seconds, () => watched(world).service().serviceDeployments[0]?.status);

describe('service deployments', () => {
  it('are listed newest first, with what became of them', async () => {
    const world = workloads({ api: { history: [{ taskDefinition: 'api:12', deployedAt: '2026-11-01T00:00:00Z' }] } });
    await begin(world);
    const list = (input: object) =>
      world.run<ListServiceDeploymentsResponse>(listServiceDeployments, { cluster: 'prod', service: 'api', ...input });
    const all = (await list({})).serviceDeployments;
    expect(all?.map(({ status }) => status)).toEqual(['PENDING', 'SUCCESSFUL', 'SUCCESSFUL']);
    expect(all?.[2]).toMatchObject({
      serviceArn: ecsArn('service/prod/api'),
      clusterArn: ecsArn('cluster/prod'),
      finishedAt: new Date('2026-11-01T00:00:00Z'),
    });
    expect((await list({ status: ['SUCCESSFUL'] })).serviceDeployments).toHaveLength(2);
    expect((await list({ createdAt: { before: new Date('2026-11-02') } })).serviceDeployments).toHaveLength(1);
    expect((await list({ createdAt: { after: Date.parse('2026-11-02') / 1000 } })).serviceDeployments).toHaveLength(2);
    const first = await list({ maxResults: 2 });
    expect((await list({ nextToken: first.nextToken })).serviceDeployments).toHaveLength(1);
    await expect(list({ service: 'nobody' })).rejects.toMatchObject({ code: 'ServiceNotFoundException' });
  });

  it('are described with source, target and times', async () => {
    const world = workloads();
    const source = watched(world).service().revision.arn;
    const arn = await begin(world);
    expect(await statuses(world, 90)).toEqual(['PENDING', 'IN_PROGRESS', 'SUCCESSFUL']);
    const described = await describeOne(world, arn);
    expect(described).toMatchObject({
      sourceServiceRevisions: [{ arn: source, runningTaskCount: 0 }],
      targetServiceRevision: { requestedTaskCount: 2, runningTaskCount: 2 },
      deploymentCircuitBreaker: { status: 'DISABLED', failureCount: 0, threshold: 3 },
      deploymentConfiguration: { maximumPercent: 200 },
    });
    expect(described?.finishedAt?.getTime()).toBeGreaterThan(described?.startedAt?.getTime() ?? Infinity);
    const answer = await world.run<DescribeServiceDeploymentsResponse>(describeServiceDeployments, {
      serviceDeploymentArns: [`${arn}x`],
    });
    expect(answer).toEqual({ serviceDeployments: [], failures: [{ arn: `${arn}x`, reason: 'MISSING' }] });
  });
});

describe('StopServiceDeployment', () => {
  const stop = (world: World, input: object) => world.run<StopServiceDeploymentResponse>(stopServiceDeployment, input);

  it('rolls back to the revision that ran before, although no circuit breaker is on', async () => {
    const world = workloads();
    const arn = await begin(world);
    await world.clock.advance(12_000);
    expect(await stop(world, { serviceDeploymentArn: arn, stopType: 'ROLLBACK' })).toEqual({
      serviceDeploymentArn: arn,
    });
    expect(await statuses(world, 120)).toEqual(['ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS', 'ROLLBACK_SUCCESSFUL']);
    const { wanted } = watched(world);
    expect(wanted().map(({ containers }) => containers[0]?.digest)).toEqual([DIGEST, DIGEST]);
    expect(watched(world).service().definition.family).toBe('api');
  });

  it('rolls back one that has not begun, and says the same when it is asked twice', async () => {
    const world = workloads();
    const arn = await begin(world);
    await stop(world, { serviceDeploymentArn: arn });
    await stop(world, { serviceDeploymentArn: arn });
    await world.clock.advance(60_000);
    expect((await describeOne(world, arn))?.status).toBe('ROLLBACK_SUCCESSFUL');
    expect(watched(world).tasks()).toHaveLength(2);
  });

  it('aborted, leaves the tasks as they are', async () => {
    const world = workloads({ api: { desiredCount: 4, maximumPercent: 125 } });
    const arn = await begin(world);
    await watched(world).during(60, () => undefined);
    await stop(world, { serviceDeploymentArn: arn, stopType: 'ABORT' });
    await world.clock.advance(60_000);
    const settled = watched(world)
      .wanted()
      .map(({ id }) => id);
    await world.clock.advance(600_000);
    expect(
      watched(world)
        .wanted()
        .map(({ id }) => id),
    ).toEqual(settled);
    expect(
      watched(world)
        .wanted()
        .some(({ containers }) => containers[0]?.digest === NEXT),
    ).toBe(true);
    expect(
      watched(world)
        .wanted()
        .some(({ containers }) => containers[0]?.digest === DIGEST),
    ).toBe(true);
    expect(await describeOne(world, arn)).toMatchObject({ status: 'STOPPED', stoppedAt: expect.any(Date) });
  });

  it('refuses one that is over, one that is not there, and another way', async () => {
    const world = workloads();
    const arn = await begin(world);
    await expect(stop(world, { serviceDeploymentArn: arn, stopType: 'NOW' })).rejects.toMatchObject({
      code: 'InvalidParameterException',
    });
    await world.clock.advance(120_000);
    await expect(stop(world, { serviceDeploymentArn: arn })).rejects.toMatchObject({ code: 'ConflictException' });
    await expect(stop(world, { serviceDeploymentArn: `${arn}x` })).rejects.toMatchObject({
      code: 'ServiceDeploymentNotFoundException',
    });
  });

  it('asks IAM for the deployment and its service', () => {
    const arn = ecsArn('service-deployment/prod/api/abc');
    const needs = stopServiceDeployment.needs({ serviceDeploymentArn: arn } as never, workloads().account);
    expect(needs.map(({ resource }) => resource)).toEqual([arn, ecsArn('service/prod/api')]);
  });
});
