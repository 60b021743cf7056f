import { DescribeServicesCommand, DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs';
import { clientOf } from '../client.ts';
import type { Layer } from './layer.ts';

const [cluster, service] = ['hosts', 'reports'] as const;

export const privilegedTask: Layer = {
  name: 'privileged-task',
  title: 'A container may do on its host whatever root may: its service is deployed with a copy that may not',
  finding: 'AWS Config `ecs-containers-nonprivileged`',
  sample: 'config-task-definition',
  named: () => ({ 'task-definition/checkout-api:87': 'task-definition/reports:12' }),
  rule: 'task-hardening',
  action: 'ecs.fix-task-definition',
  look: async (theatre) => {
    const ecs = new ECSClient(clientOf(theatre));
    const [one] = (await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }))).services ?? [];
    const runs = one?.taskDefinition ?? '';
    const { taskDefinition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: runs }));
    const privileged = taskDefinition?.containerDefinitions?.some((container) => container.privileged === true);
    return `${service} runs ${runs.slice(runs.lastIndexOf('/') + 1)}, ${privileged === true ? 'privileged' : 'not privileged'}`;
  },
  outcome: 'contained',
  told: 'digest',
};
