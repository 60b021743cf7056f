import type { DescribeClustersResponse, UpdateClusterSettingsResponse } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { describeClusters } from '../../../../sandbox/services/ecs/describeClusters.ts';
import { updateClusterSettings } from '../../../../sandbox/services/ecs/updateClusterSettings.ts';
import { runOn } from '../runOn.ts';
import { ecsArn, workloads } from './workloads.ts';

const setting = (value: string) => [{ name: 'containerInsights', value }];

describe('UpdateClusterSettings', () => {
  const { run } = setUp();

  it.each(['enhanced', 'enabled', 'disabled'])('sets Container Insights to %s, and shows it', async (value) => {
    const cluster = ecsArn('cluster/prod');
    const { cluster: changed } = await run<UpdateClusterSettingsResponse>(updateClusterSettings, {
      cluster,
      settings: setting(value),
    });
    expect(changed).toMatchObject({ clusterArn: cluster, settings: setting(value) });
    const { clusters } = await run<DescribeClustersResponse>(describeClusters, {
      clusters: ['prod'],
      include: ['SETTINGS'],
    });
    expect(clusters?.[0]?.settings).toEqual(setting(value));
  });

  it.each([
    ['no cluster', { settings: setting('enabled') }],
    ['no setting', { cluster: 'prod', settings: [] }],
    ['two settings', { cluster: 'prod', settings: [...setting('enabled'), ...setting('disabled')] }],
    ['another setting', { cluster: 'prod', settings: [{ name: 'insights', value: 'enabled' }] }],
    ['another value', { cluster: 'prod', settings: setting('on') }],
  ])('refuses %s', async (_what, input) => {
    await expect(run(updateClusterSettings, input)).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });

  it('knows no cluster that is not there, and asks IAM about the one that is named', async () => {
    await expect(run(updateClusterSettings, { cluster: 'none', settings: setting('enabled') })).rejects.toMatchObject({
      code: 'ClusterNotFoundException',
    });
    const { account } = workloads();
    expect(updateClusterSettings.needs({ cluster: 'prod' } as never, account)).toEqual([
      { action: 'ecs:UpdateClusterSettings', resource: ecsArn('cluster/prod') },
    ]);
  });
});

function setUp() {
  return { run: runOn(workloads()) };
}
