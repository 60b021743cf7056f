import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { clientOf } from '../client.ts';
import type { Layer } from './layer.ts';
import { definitionOf } from './runningDefinition.ts';

const service = 'orders';
const logGroupName = '/shop/orders';

export const routedTask: Layer = {
  name: 'routed-task',
  title:
    'A container writes its log nowhere: its service is deployed with a copy in which a FireLens router beside it takes the log',
  finding: 'AWS Config `ecs-task-definition-log-configuration`',
  sample: 'config-definition-unlogged',
  named: () => ({ 'task-definition/mail-sender:41': 'task-definition/orders:19' }),
  rule: 'logs-routed',
  action: 'ecs.fix-task-definition',
  look: async (theatre) => {
    const { name, containers } = await definitionOf(theatre, service);
    const logs = new CloudWatchLogsClient(clientOf(theatre));
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
    const written = containers.map(
      ({ name: container, logConfiguration: { logDriver = 'none' } = {} }) => `the log of ${container}: ${logDriver}`,
    );
    const isRouted = containers.some(({ firelensConfiguration }) => firelensConfiguration !== undefined);
    const last = isRouted ? `, in ${logGroupName}: ${events.at(-1)?.message ?? 'nothing'}` : '';
    return `${service} runs ${name}, ${written.join(', ')}${last}`;
  },
  outcome: 'contained',
  told: 'digest',
};
