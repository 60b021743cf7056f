import type { DescribeClustersResponse } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { describeClusters } from '../../../../sandbox/services/ecs/describeClusters.ts';
import { clusters } from '../../../../sandbox/services/ecs/state.ts';
import { runOn } from '../runOn.ts';
import { ecsArn, workloads } from './workloads.ts';

describe('DescribeClusters', () => {
  const { fake } = setUp();
  const describeThem = (input: object): Promise<DescribeClustersResponse> => runOn(fake)(describeClusters, input);

  it('finds by name and ARN, and names what is missing among the failures', async () => {
    const { clusters: found, failures } = await describeThem({
      clusters: ['prod', ecsArn('cluster/prod'), 'none', ecsArn('cluster/gone')],
    });
    expect(found?.map(({ clusterName }) => clusterName)).toEqual(['prod', 'prod']);
    expect(failures).toEqual([
      { arn: ecsArn('cluster/none'), reason: 'MISSING' },
      { arn: ecsArn('cluster/gone'), reason: 'MISSING' },
    ]);
  });

  it('means default where none is named', async () => {
    expect(await describeThem({})).toEqual({
      clusters: [],
      failures: [{ arn: ecsArn('cluster/default'), reason: 'MISSING' }],
    });
  });

  it('counts, and shows statistics, settings and tags only when asked', async () => {
    const plain = (await describeThem({ clusters: ['prod'] })).clusters?.[0];
    expect(plain).toMatchObject({
      clusterArn: ecsArn('cluster/prod'),
      status: 'ACTIVE',
      runningTasksCount: 2,
      pendingTasksCount: 0,
      activeServicesCount: 1,
      registeredContainerInstancesCount: 0,
      statistics: [],
      settings: [],
      tags: [],
    });
    const [full] =
      (await describeThem({ clusters: ['prod'], include: ['STATISTICS', 'SETTINGS', 'TAGS'] })).clusters ?? [];
    expect(full?.settings).toEqual([{ name: 'containerInsights', value: 'disabled' }]);
    expect(full?.tags).toEqual([{ key: 'team', value: 'shop' }]);
    expect(full?.statistics).toContainEqual({ name: 'runningFargateTasksCount', value: '2' });
    expect(full?.statistics).toContainEqual({ name: 'runningEC2TasksCount', value: '0' });
    expect(full?.statistics).toContainEqual({ name: 'activeFargateServiceCount', value: '1' });
    expect(full?.statistics).toHaveLength(8);
  });

  it('refuses more than 100, and what nobody can ask to see', async () => {
    const refusal = { code: 'InvalidParameterException' };
    await expect(describeThem({ clusters: Array(101).fill('prod') })).rejects.toMatchObject(refusal);
    await expect(describeThem({ clusters: ['prod'], include: ['COSTS'] })).rejects.toMatchObject(refusal);
  });
});

function setUp() {
  const fake = workloads();
  const prod = clusters(fake.account).get('prod');
  if (prod === undefined) throw new Error('no cluster prod');
  prod.tags = { team: 'shop' };
  return { fake };
}
