import { DescribeServicesCommand, DescribeTasksCommand, ECSClient, ListTasksCommand } from '@aws-sdk/client-ecs';
import { clientOf } from '../client.ts';
import type { Layer } from './layer.ts';

const [cluster, service] = ['prod', 'docs'] as const;

export const outdatedPlatform: Layer = {
  name: 'outdated-platform',
  title: 'A service is pinned to a platform version of Fargate: somebody says yes, and it follows the latest',
  finding: 'AWS Config `ecs-fargate-latest-platform-version`',
  sample: 'config-service',
  named: () => ({ 'service/prod/checkout-api': `service/${cluster}/${service}` }),
  rule: 'platform-outdated',
  action: 'ecs.update-platform-version',
  look: async (theatre) => {
    const ecs = new ECSClient(clientOf(theatre));
    const { services } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
    const { taskArns: tasks = [] } = await ecs.send(new ListTasksCommand({ cluster, serviceName: service }));
    const described = await ecs.send(new DescribeTasksCommand({ cluster, tasks }));
    const runsOn = new Set(described.tasks?.map(({ platformVersion }) => platformVersion));
    return `${service}: platform version ${services?.[0]?.platformVersion}, its tasks on ${[...runsOn].join(', ')}`;
  },
  outcome: 'contained',
  asked: 'notice',
  told: 'digest',
};
