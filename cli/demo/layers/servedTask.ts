import { DescribeServicesCommand, DescribeTasksCommand, ECSClient } from '@aws-sdk/client-ecs';
import { DescribeTargetHealthCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { clientOf } from '../client.ts';
import type { Theatre } from '../theatre.ts';
import type { Layer } from './layer.ts';

const [cluster, service, task] = ['prod', 'checkout-api', '0f1e2d3c4b5a69788796a5b4c3d2e1f0'] as const;

/** How many targets of its target group get requests, and whether the accused task is one of them. */
async function look(theatre: Theatre): Promise<string> {
  const [ecs, balancing] = [new ECSClient(clientOf(theatre)), new ElasticLoadBalancingV2Client(clientOf(theatre))];
  const [one] = (await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }))).services ?? [];
  const TargetGroupArn = one?.loadBalancers?.[0]?.targetGroupArn;
  const { TargetHealthDescriptions: all = [] } = await balancing.send(
    new DescribeTargetHealthCommand({ TargetGroupArn }),
  );
  const healthy = all.filter(({ TargetHealth }) => TargetHealth?.State === 'healthy');
  const [accused] = (await ecs.send(new DescribeTasksCommand({ cluster, tasks: [task] }))).tasks ?? [];
  const own = accused?.containers?.[0]?.networkInterfaces?.[0]?.privateIpv4Address;
  const isIn = healthy.some(({ Target }) => Target?.Id === own);
  return `target group ${service}: ${healthy.length} healthy targets, the accused task ${isIn ? 'is' : 'is not'} one of them`;
}

export const servedTask: Layer = {
  name: 'served-task',
  title: 'Somebody is in a task behind a load balancer: it gets no more requests, then it is stopped and replaced',
  finding: 'GuardDuty `Execution:Runtime/ReverseShell`',
  sample: 'guardduty-ecs-reverse-shell',
  rule: 'out-of-traffic',
  action: 'ecs.remove-from-traffic',
  look,
  outcome: 'contained',
  told: 'page',
  // It was stopped, and another one serves in its place.
  staysAs: /3 healthy targets, the accused task is not one of them$/,
};
