import { serviceNow } from '../service.ts';
import type { Layer } from './layer.ts';

const [cluster, service] = ['prod', 'checkout-api'] as const;

export const partnerThreat: Layer = {
  name: 'partner-threat',
  title: 'Another product sees a shell in a task, and says so through Security Hub: that task is replaced',
  finding: 'Security Hub, of Sysdig: `TTPs/Execution/Unix Shell`',
  sample: 'hub-sysdig-task',
  rule: 'partner-threat',
  action: 'ecs.contain-service',
  look: async (theatre) => {
    const { tasks } = await serviceNow(theatre, cluster, service);
    return `${service} runs ${tasks
      .map(({ arn }) => arn.slice(-32, -24))
      .toSorted()
      .join(', ')}`;
  },
  outcome: 'contained',
  told: 'page',
  notUndone: /A stopped task is gone/,
};
