import type { Layer } from './layer.ts';
import { definitionOf } from './runningDefinition.ts';

const service = 'ledger';
const variable = 'DATABASE_PASSWORD';

export const movedSecret: Layer = {
  name: 'moved-secret',
  title:
    'A password stands in a task definition in plain text: once its owner has made a new one, and somebody approves it, the service is given that from Secrets Manager',
  finding: 'AWS Config `ecs-no-environment-secrets`',
  sample: 'config-environment-password',
  rule: 'secret-moved',
  action: 'ecs.fix-task-definition',
  look: async (theatre) => {
    const { name, containers } = await definitionOf(theatre, service);
    const given = containers.map(({ environment = [], secrets = [] }) => {
      const { valueFrom } = secrets.find((one) => one.name === variable) ?? {};
      const isPlain = environment.some((one) => one.name === variable);
      return [isPlain ? 'in plain text' : [], valueFrom === undefined ? [] : `from ${valueFrom}`].flat().join(' and ');
    });
    return `${service} runs ${name}, ${variable} ${given.join(', ')}`;
  },
  outcome: 'contained',
  asked: 'notice',
  told: 'digest',
};
