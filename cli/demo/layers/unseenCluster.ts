import { DescribeClustersCommand, ECSClient } from '@aws-sdk/client-ecs';
import { clientOf } from '../client.ts';
import type { Layer } from './layer.ts';

const cluster = 'prod';

export const unseenCluster: Layer = {
  name: 'unseen-cluster',
  title: 'CloudWatch collects nothing of a cluster: Container Insights is switched on',
  finding: 'AWS Config `ecs-container-insights-enabled`',
  sample: 'config-cluster',
  rule: 'insights-off',
  action: 'ecs.enable-container-insights',
  look: async (theatre) => {
    const command = new DescribeClustersCommand({ clusters: [cluster], include: ['SETTINGS'] });
    const [one] = (await new ECSClient(clientOf(theatre)).send(command)).clusters ?? [];
    return `${cluster}: ${one?.settings?.map(({ name, value }) => `${name} ${value}`).join(', ')}`;
  },
  outcome: 'contained',
  told: 'digest',
};
