import type {
  DescribeServiceRevisionsResponse,
  DescribeServicesResponse,
  ListClustersResponse,
  ListServicesResponse,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { describeServiceRevisions } from '../../../../sandbox/services/ecs/describeServiceRevisions.ts';
import { describeServices } from '../../../../sandbox/services/ecs/describeServices.ts';
import { listClusters } from '../../../../sandbox/services/ecs/listClusters.ts';
import { listServices } from '../../../../sandbox/services/ecs/listServices.ts';
import { clusters } from '../../../../sandbox/services/ecs/state.ts';
import { DIGEST, ecsArn, IMAGE, workloads } from './workloads.ts';

const more = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ name: `s${at}`, taskDefinition: 'job:1', desiredCount: 0 }));

describe('ListClusters and ListServices', () => {
  it('lists clusters, 100 a page', async () => {
    const many = Array.from({ length: 100 }, (_, at) => ({ name: `c${at}` }));
    const { run } = workloads({ clusters: many });
    const first = await run<ListClustersResponse>(listClusters, {});
    expect(first.clusterArns).toHaveLength(100);
    expect(first.clusterArns?.[0]).toBe(ecsArn('cluster/prod'));
    const second = await run<ListClustersResponse>(listClusters, { nextToken: first.nextToken });
    expect(second).toEqual({ clusterArns: [ecsArn('cluster/c99')] });
    await expect(run(listClusters, { maxResults: 101 })).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });

  it('lists services, ten a page unless asked otherwise', async () => {
    const { run } = workloads({ services: more(11) });
    const list = (input: object) => run<ListServicesResponse>(listServices, { cluster: 'prod', ...input });
    const first = await list({});
    expect(first.serviceArns).toHaveLength(10);
    expect((await list({ nextToken: first.nextToken })).serviceArns).toHaveLength(2);
    expect((await list({ maxResults: 100 })).serviceArns).toHaveLength(12);
    expect((await list({ launchType: 'EC2' })).serviceArns).toEqual([]);
    expect((await list({ schedulingStrategy: 'DAEMON' })).serviceArns).toEqual([]);
    await expect(list({ maxResults: 101 })).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await expect(list({ cluster: 'dev' })).rejects.toMatchObject({ code: 'ClusterNotFoundException' });
  });
});

describe('DescribeServices', () => {
  it('describes a service as it stands', async () => {
    const { run } = workloads();
    const { services, failures } = await run<DescribeServicesResponse>(describeServices, {
      cluster: 'prod',
      services: ['api'],
    });
    expect(failures).toEqual([]);
    expect(services?.[0]).toMatchObject({
      serviceArn: ecsArn('service/prod/api'),
      clusterArn: ecsArn('cluster/prod'),
      status: 'ACTIVE',
      desiredCount: 2,
      runningCount: 2,
      pendingCount: 0,
      taskDefinition: ecsArn('task-definition/api:7'),
      createdAt: new Date('2026-11-24T08:00:00Z'),
      deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED', desiredCount: 2, runningCount: 2 }],
      currentServiceRevisions: [{ requestedTaskCount: 2, runningTaskCount: 2 }],
    });
    expect(services?.[0]?.deployments?.[0]?.id).toMatch(/^ecs-svc\/\d{19}$/);
  });

  it('counts what runs and what is wanted but not there yet', async () => {
    const { run, account } = workloads();
    const [first] = clusters(account).get('prod')?.tasks.values() ?? [];
    const counts = async (status: 'PENDING' | 'STOPPING') => {
      if (first !== undefined) first.status = status;
      const answer = await run<DescribeServicesResponse>(describeServices, { cluster: 'prod', services: ['api'] });
      return [answer.services?.[0]?.runningCount, answer.services?.[0]?.pendingCount];
    };
    expect(await counts('PENDING')).toEqual([1, 1]);
    expect(await counts('STOPPING')).toEqual([1, 0]);
  });

  it('shows tags when it is asked for them', async () => {
    const { run } = workloads();
    const ask = (include: readonly string[]) =>
      run<DescribeServicesResponse>(describeServices, { cluster: 'prod', services: ['api'], include });
    expect((await ask(['TAGS'])).services?.[0]?.tags).toEqual([{ key: 'team', value: 'payments' }]);
    expect((await ask([])).services?.[0]).not.toHaveProperty('tags');
  });

  it('says MISSING of what is not there', async () => {
    const { run } = workloads();
    const services = [ecsArn('service/prod/api'), 'web', ecsArn('service/dev/api')];
    const answer = await run<DescribeServicesResponse>(describeServices, { cluster: 'prod', services });
    expect(answer.services?.map(({ serviceName }) => serviceName)).toEqual(['api']);
    expect(answer.failures).toEqual([
      { arn: ecsArn('service/prod/web'), reason: 'MISSING' },
      { arn: ecsArn('service/dev/api'), reason: 'MISSING' },
    ]);
  });

  it('takes 1 to 10 services', async () => {
    const { run } = workloads();
    const ask = (count: number) =>
      run<DescribeServicesResponse>(describeServices, {
        cluster: 'prod',
        services: more(count).map(({ name }) => name),
      });
    expect((await ask(10)).failures).toHaveLength(10);
    await expect(ask(11)).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await expect(ask(0)).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });
});

describe('DescribeServiceRevisions', () => {
  const revisionOf = async ({ run }: ReturnType<typeof workloads>, service: string): Promise<string> => {
    const answer = await run<DescribeServicesResponse>(describeServices, { cluster: 'prod', services: [service] });
    return answer.services?.[0]?.currentServiceRevisions?.[0]?.arn ?? '';
  };

  it('shows the digests that the deployment resolved', async () => {
    const all = workloads();
    const arn = await revisionOf(all, 'api');
    expect(arn).toMatch(/^arn:aws:ecs:eu-west-1:123456789012:service-revision\/prod\/api\/\d{19}$/);
    const answer = await all.run<DescribeServiceRevisionsResponse>(describeServiceRevisions, {
      serviceRevisionArns: [arn, `${arn}0`],
    });
    expect(answer.serviceRevisions).toEqual([
      {
        serviceRevisionArn: arn,
        serviceArn: ecsArn('service/prod/api'),
        clusterArn: ecsArn('cluster/prod'),
        taskDefinition: ecsArn('task-definition/api:7'),
        launchType: 'FARGATE',
        platformVersion: '1.4.0',
        platformFamily: 'Linux',
        createdAt: new Date('2026-11-24T08:00:00Z'),
        containerImages: [{ containerName: 'web', image: IMAGE, imageDigest: DIGEST }],
      },
    ]);
    expect(answer.failures).toEqual([{ arn: `${arn}0`, reason: 'MISSING' }]);
  });

  it('has no digest of a service that never deployed a task', async () => {
    const all = workloads({ services: more(1) });
    const serviceRevisionArns = [await revisionOf(all, 's0')];
    const answer = await all.run<DescribeServiceRevisionsResponse>(describeServiceRevisions, { serviceRevisionArns });
    expect(answer.serviceRevisions?.[0]?.containerImages).toEqual([{ containerName: 'run', image: IMAGE }]);
  });

  it('takes 1 to 20 ARNs, and asks IAM for the service of each too', async () => {
    const { run, account } = workloads();
    const arns = (count: number) => Array.from({ length: count }, (_, at) => ecsArn(`service-revision/prod/api/${at}`));
    const ask = (count: number) =>
      run<DescribeServiceRevisionsResponse>(describeServiceRevisions, { serviceRevisionArns: arns(count) });
    expect((await ask(20)).failures).toHaveLength(20);
    await expect(ask(21)).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await expect(ask(0)).rejects.toMatchObject({ code: 'InvalidParameterException' });
    const needs = describeServiceRevisions.needs({ serviceRevisionArns: arns(1) } as never, account);
    expect(needs.map(({ resource }) => resource)).toEqual([
      ecsArn('service-revision/prod/api/0'),
      ecsArn('service/prod/api'),
    ]);
  });
});
