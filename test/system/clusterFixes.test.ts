import { describe, expect, it } from 'vitest';
import { clusters, ecsArn } from '../../sandbox/services/ecs/state.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import { enableContainerInsights as action } from '../../shared/actions/enableContainerInsights.ts';
import { configFinding } from './configFinding.ts';
import { openStage, type Stage } from './stage.ts';

const incident = 'ecs-cluster/123456789012/us-east-1/prod';

const worldWith = (cluster: object) => worldSchema.parse({ clusters: [{ name: 'prod', ...cluster }] });

const enforced = (level: string): string => `name: insights
when:
  compliance: { rule: [ecs-container-insights-enabled] }
  status: [open]
do:
  - ecs.enable-container-insights: { level: ${level} }
mode: enforce
`;

/** AWS Config finds that nothing is collected of the cluster. */
async function found(stage: Stage): Promise<void> {
  stage.deliver(configFinding(stage, 'config-cluster', ecsArn(stage.account, 'cluster/prod')));
  await stage.settle();
}

const insights = ({ account }: Stage) => clusters(account).get('prod')?.containerInsights;
const heard = (stage: Stage): readonly string[] => stage.told().map(({ tier, subject }) => `${tier} ${subject}`);
const subject = (words: string): string => `NO ACTION: prod ${words}, us-east-1 123456789012`;

describe('a cluster of which CloudWatch collects nothing', () => {
  it('is told with what would change that and that it costs money, under the shipped rules, and left as it is', async () => {
    await using stage = await openStage({ rules: {}, world: worldWith({}) });
    await found(stage);
    expect(heard(stage)).toEqual([`digest ${subject('seen, nothing done')}`]);
    expect(stage.told()[0]?.body).toContain(
      'Set Container Insights of cluster prod from disabled to enabled: CloudWatch collects what its services and tasks use, and bills it.',
    );
    expect(insights(stage)).toBe('disabled');
  });

  it.each([
    ['disabled', 'enabled'],
    ['enabled', 'enhanced'],
  ] as const)('is raised from %s to %s where a rule enforces it; an undo puts that back', async (was, level) => {
    await using stage = await openStage({
      rules: { insights: enforced(level) },
      world: worldWith({ tags: { team: 'payments' }, containerInsights: was }),
    });
    await found(stage);
    expect(insights(stage)).toBe(level);
    expect(heard(stage)).toEqual([`digest ${subject('fixed')}`]);
    const [{ body } = { body: '' }] = stage.told();
    expect(body).toContain('Owner payments (tag team)');
    expect(body).not.toContain('lease');

    await stage.undo(incident);
    await stage.settle();
    expect({ insights: insights(stage) }).toEqual({ insights: was });
    // All that it declares to put back.
    expect(action.restores).toEqual(['insights']);
    expect(heard(stage).slice(1)).toEqual([`notice ${subject('undone')}`]);
  });

  it('stays as it is where it collects more already', async () => {
    await using stage = await openStage({
      rules: { insights: enforced('enabled') },
      world: worldWith({ containerInsights: 'enhanced' }),
    });
    await found(stage);
    expect(insights(stage)).toBe('enhanced');
    expect(stage.calls('ecs:UpdateClusterSettings')).toBe(0);
  });
});
