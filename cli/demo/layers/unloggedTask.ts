import { DescribeServicesCommand, DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs';
import { clientOf } from '../client.ts';
import type { Layer } from './layer.ts';

const [cluster, service] = ['prod', 'mail-sender'] as const;

export const unloggedTask: Layer = {
  name: 'unlogged-task',
  title: 'A container writes its log nowhere: its service is deployed with a copy that writes to CloudWatch Logs',
  finding: 'AWS Config `ecs-task-definition-log-configuration`',
  sample: 'config-definition-unlogged',
  rule: 'task-hardening',
  completed: ['- ecs.fix-task-definition', '- ecs.fix-task-definition: { logGroup: /ecs/mail-sender }'],
  action: 'ecs.fix-task-definition',
  look: async (theatre) => {
    const ecs = new ECSClient(clientOf(theatre));
    const [one] = (await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }))).services ?? [];
    const runs = one?.taskDefinition ?? '';
    const { taskDefinition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: runs }));
    const logs = (taskDefinition?.containerDefinitions ?? []).map(
      ({ name, logConfiguration: { logDriver = 'none', options = {} } = {} }) =>
        `the log of ${name}: ${[logDriver, options['awslogs-group'] ?? []].flat().join(' to ')}`,
    );
    return `${service} runs ${runs.slice(runs.lastIndexOf('/') + 1)}, ${logs.join(', ')}`;
  },
  outcome: 'contained',
  told: 'digest',
};
