import { expectThat } from '../../../../cli/demo/scenario.ts';
import { clusters, ecsArn } from '../../../../sandbox/services/ecs/state.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { configFinding } from '../../configFinding.ts';
import { openStage } from '../../stage.ts';
import type { Proof } from '../proof.ts';

const insights = `name: insights
when:
  compliance: { rule: [ecs-container-insights-enabled] }
  status: [open]
do:
  - ecs.enable-container-insights
mode: enforce
`;

/** A cluster of which nothing is collected is fixed where a rule enforces it, and an undo puts that back. */
export const fixedCluster: Proof = {
  name: 'Container Insights of a cluster is enabled, and set back',
  near: /ResponderRole: (EcsEnableContainerInsights|.*ecs:DescribeClusters)/,
  happen: async (template) => {
    const world = worldSchema.parse({ clusters: [{ name: 'prod' }] });
    await using stage = await openStage({ template, rules: { insights }, world });
    const now = () => clusters(stage.account).get('prod')?.containerInsights;
    stage.deliver(configFinding(stage, 'config-cluster', ecsArn(stage.account, 'cluster/prod')));
    await stage.settle();
    expectThat(now() === 'enabled', `Container Insights is ${now()}`);
    await stage.undo('ecs-cluster/123456789012/us-east-1/prod');
    await stage.settle();
    expectThat(now() === 'disabled', `Container Insights is ${now()} after the undo`);
  },
};
