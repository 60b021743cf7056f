import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { clusters } from '../../sandbox/services/ecs/state.ts';
import { serviceTargets } from '../../sandbox/services/ecs/targets.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import { openStage, type Stage } from './stage.ts';
import { taskThreat } from './taskThreat.ts';

const rule = readFileSync(new URL('../../examples/rules/out-of-traffic.yaml', import.meta.url), 'utf8');
const accused = '5e'.repeat(16);
const incident = 'ecs-service/123456789012/us-east-1/prod/cart';

/** A shell was found in one of the tasks of a service behind a target group, with what the service is besides. */
async function found(service: object = {}, text = rule): Promise<Stage> {
  const world = worldSchema.parse({
    repositories: [{ name: 'cart', images: [{ digest: `sha256:${'5e'.repeat(32)}`, tags: ['1.0'] }] }],
    roles: [{ name: 'cart-task' }],
    taskDefinitions: [
      { family: 'cart', revision: 87, taskRoleArn: 'cart-task', containers: [{ name: 'cart', image: 'cart:1.0' }] },
    ],
    clusters: [
      {
        name: 'prod',
        services: [
          {
            name: 'cart',
            taskDefinition: 'cart:87',
            desiredCount: 3,
            targetGroup: 'cart',
            taskIds: [accused],
            ...service,
          },
        ],
      },
    ],
  });
  const stage = await openStage({ world, rules: { 'out-of-traffic': text } });
  stage.deliver(taskThreat(stage, { cluster: 'prod', service: 'cart', task: accused }));
  await stage.settle();
  return stage;
}

const runs = ({ account }: Stage): boolean => clusters(account).get('prod')?.tasks.get(accused)?.status === 'RUNNING';
const outcome = (stage: Stage) => stage.heads().find((head) => head.incident === incident)?.outcome;
const changes = ({ account }: Stage): readonly string[] =>
  account.trail
    .map(({ action }) => action)
    .filter((action) => ['elasticloadbalancing:DeregisterTargets', 'ecs:StopTask'].includes(action));
const last = (stage: Stage) => stage.told().at(-1);

describe('a task that somebody is in, behind a target group', () => {
  it('gets no more requests before it is stopped, and its replacement gets them', async () => {
    await using stage = await found();
    expect(changes(stage)).toEqual(['elasticloadbalancing:DeregisterTargets', 'ecs:StopTask']);
    expect(runs(stage)).toBe(false);
    expect(outcome(stage)).toBe('contained');
    expect(last(stage)?.body).toContain('is draining, for 300 s at the most');
    expect(serviceTargets(stage.account).map(({ healthy }) => healthy)).toEqual([true, true, true]);
    expect(await stage.undo(incident)).toMatchObject({ kind: 'opened' });
    await stage.settle();
    expect(last(stage)?.subject).toContain('not undone, it is gone');
    expect(stage.calls('elasticloadbalancing:RegisterTargets')).toBe(0);
  });

  it('is stopped though its service registers it again, which is told', async () => {
    await using stage = await found({ registersAgain: true });
    expect(runs(stage)).toBe(false);
    expect(outcome(stage)).toBe('degraded');
    expect(last(stage)).toMatchObject({ tier: 'page', body: expect.stringContaining('has registered it again') });
  });

  it('is stopped though it is the last that answers where the rule allows that, and stays in traffic until then', async () => {
    await using stage = await found({ desiredCount: 1 });
    expect(changes(stage)).toEqual(['ecs:StopTask']);
    expect(outcome(stage)).toBe('contained');
    expect(last(stage)?.body).toContain('no healthy target that nothing accuses is left in target group cart');
  });

  it('is stopped where no load balancer is in front of it', async () => {
    await using stage = await found({ targetGroup: undefined });
    expect(changes(stage)).toEqual(['ecs:StopTask']);
    expect(last(stage)?.body).toContain('is behind no load balancer: service cart has none');
  });

  it('is not told as contained by a rule that stops nobody: somebody is woken, and told what to do', async () => {
    const alone = rule.replace(/^ {2}- ecs\.(?:contain-service|stop-task).*\n/gm, '');
    await using stage = await found({}, alone);
    expect(changes(stage)).toEqual(['elasticloadbalancing:DeregisterTargets']);
    expect(runs(stage)).toBe(true);
    expect(outcome(stage)).toBe('not-contained');
    expect(last(stage)).toMatchObject({
      tier: 'page',
      subject: expect.stringContaining('NOT contained'),
      body: expect.stringContaining('Nothing that was done stops what is accused: it goes on, and may call out.'),
    });
  });
});
