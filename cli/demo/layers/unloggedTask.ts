import type { Layer } from './layer.ts';
import { definitionOf } from './runningDefinition.ts';

const service = 'mail-sender';

export const unloggedTask: Layer = {
  name: 'unlogged-task',
  title: 'A container writes its log nowhere: its service is deployed with a copy that writes to CloudWatch Logs',
  finding: 'AWS Config `ecs-task-definition-log-configuration`',
  sample: 'config-definition-unlogged',
  rule: 'task-hardening',
  completed: ['- ecs.fix-task-definition', '- ecs.fix-task-definition: { logGroup: /ecs/mail-sender }'],
  action: 'ecs.fix-task-definition',
  look: async (theatre) => {
    const { name, containers } = await definitionOf(theatre, service);
    const logs = containers.map(
      ({ name: container, logConfiguration: { logDriver = 'none', options = {} } = {} }) =>
        `the log of ${container}: ${[logDriver, options['awslogs-group'] ?? []].flat().join(' to ')}`,
    );
    return `${service} runs ${name}, ${logs.join(', ')}`;
  },
  outcome: 'contained',
  told: 'digest',
};
