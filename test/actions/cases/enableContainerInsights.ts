import { ECSClient, UpdateClusterSettingsCommand } from '@aws-sdk/client-ecs';
import { clusters, ecsArn } from '../../../sandbox/services/ecs/state.ts';
import { asAdministrator } from '../../system/asAdministrator.ts';
import { configFinding } from '../../system/configFinding.ts';
import type { ActionCase } from '../actionCase.ts';

const [cluster, other] = ['cases-unseen', 'cases-as-unseen'] as const;
const set = (of: string, value: string) => (ecs: ECSClient) =>
  ecs.send(new UpdateClusterSettingsCommand({ cluster: of, settings: [{ name: 'containerInsights', value }] }));

/** A cluster of which CloudWatch collects nothing. */
export const it: ActionCase = {
  action: 'ecs.enable-container-insights',
  world: (tags) => ({ clusters: [{ name: cluster, tags }, { name: other }] }),
  target: ({ account, region }) => ({
    ...{ kind: 'ecs-cluster', id: cluster, cluster, tasks: [], account, region },
    arn: `arn:aws:ecs:${region}:${account}:cluster/${cluster}`,
  }),
  finding: (stage) => configFinding(stage, 'config-cluster', ecsArn(stage.account, `cluster/${cluster}`)),
  when: ['compliance: { rule: [ecs-container-insights-enabled] }', 'status: [open]'],
  truth: (account) =>
    Object.fromEntries(
      [...clusters(account).values()].map(({ name, containerInsights }) => [`insights of ${name}`, containerInsights]),
    ),
  changes: { of: `insights of ${cluster}`, from: 'disabled', to: 'enabled' },
  byHand: (stage) => asAdministrator(stage, ECSClient, set(cluster, 'disabled')),
  call: 'UpdateClusterSettings',
  elsewhere: { 'ecs:UpdateClusterSettings': [{ call: ({ ecs }) => set(other, 'enabled')(ecs) }] },
};
