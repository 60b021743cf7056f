import type { ClusterSetting, UpdateClusterSettingsRequest, UpdateClusterSettingsResponse } from '@aws-sdk/client-ecs';
import { AwsError, operation } from '../../account.ts';
import { describedCluster } from './describe/cluster.ts';
import { type ContainerInsights, clusterNamed, ecsArn, INSIGHTS, lastPart } from './state.ts';

const refused = (message: string): AwsError => new AwsError('InvalidParameterException', message);

const isKnown = (value: string | undefined): value is ContainerInsights => INSIGHTS.some((one) => one === value);

/** Throws AwsError InvalidParameterException. */
function insightsIn(settings: readonly ClusterSetting[] | undefined): ContainerInsights {
  const [setting, ...more] = settings ?? [];
  if (setting === undefined || more.length > 0) throw refused('Settings must have one element.');
  if (setting.name !== 'containerInsights') throw refused(`Unknown setting name: ${setting.name}`);
  if (!isKnown(setting.value)) throw refused(`Invalid setting value: ${setting.value}`);
  return setting.value;
}

/** The only setting of a cluster is `containerInsights`; the account's default for new clusters stays as it is. */
export const updateClusterSettings = operation<UpdateClusterSettingsRequest, UpdateClusterSettingsResponse>(
  (input, account) => [
    { action: 'ecs:UpdateClusterSettings', resource: ecsArn(account, `cluster/${lastPart(input.cluster ?? '')}`) },
  ],
  (input, { account }) => {
    if (input.cluster === undefined) throw refused('Cluster cannot be null.');
    const insights = insightsIn(input.settings);
    const cluster = clusterNamed(account, input.cluster);
    cluster.containerInsights = insights;
    return { cluster: describedCluster(cluster, ['SETTINGS']) };
  },
);
