import { expectThat } from '../../../../cli/demo/scenario.ts';
import { threatEvent } from '../../../../cli/demo/threat.ts';
import { embeddedTarget, worldOf } from '../../../actions/embeddedWorlds.ts';
import { openStage } from '../../stage.ts';
import { containing } from '../../threats/shop.ts';
import { miner } from '../../threats/threats.ts';
import type { Proof } from '../proof.ts';

/**
 * A service on hosts, whose tag has moved since its clean version ran, with a protected task, roles, logs, autoscaling and a circuit
 * breaker: its containment needs about every call that an action on ECS may make.
 */
export const containedService: Proof = {
  name: 'a service on hosts is contained, and its evidence is whole, without one refusal',
  near: /ResponderRole: (EcsContain|ReadEcs|ReadLogs|ReadAnything: ec2)/,
  happen: async (template) => {
    await using stage = await openStage({ template, world: worldOf('ecs-service'), rules: { containing } });
    const now = new Date(stage.sandbox.clock.now());
    const task = embeddedTarget('ecs-task');
    const event = threatEvent(stage.account, now, {
      ...miner,
      id: '0123456789abcdef0123456789abcdef',
      cluster: 'prod',
      service: 'checkout-api',
      task: task.arn,
      taskDefinition: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/checkout-api:42',
      container: { name: 'app', image: 'payments/checkout-api:stable' },
      firstSeenAt: new Date(Date.parse('2026-11-20T01:10:00Z')),
      lastSeenAt: now,
      count: 1,
    });
    stage.deliver(event as never);
    await stage.settle();
    const [head] = stage.heads();
    expectThat(head?.outcome === 'contained', `it came out as ${head?.outcome}`);
    const refused = stage.account.trail.filter(({ result }) => /^AccessDenied|^UnauthorizedOperation/.test(result));
    expectThat(refused.length === 0, `refused: ${[...new Set(refused.map(({ action }) => action))].join(', ')}`);
  },
};
