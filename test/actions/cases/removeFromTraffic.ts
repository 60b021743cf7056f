import {
  DeregisterTargetsCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Account } from '../../../sandbox/account.ts';
import { serviceTargets, targetGroupArn } from '../../../sandbox/services/ecs/targets.ts';
import { asked, targetsOf } from '../../../sandbox/services/elbv2/targets.ts';
import { asAdministrator } from '../../system/asAdministrator.ts';
import { taskThreat } from '../../system/taskThreat.ts';
import type { ActionCase, Tags } from '../actionCase.ts';

const [cluster, service, other] = ['cases-served', 'cases-served', 'cases-as-served'] as const;
const id = '5e'.repeat(16);
const digest = `sha256:${'5e'.repeat(32)}`;

const worldIn = (networkMode: 'awsvpc' | 'bridge') => (tags: Tags) => ({
  repositories: [{ name: service, images: [{ digest, tags: ['1.0'] }] }],
  taskDefinitions: [
    { family: service, revision: 3, networkMode, containers: [{ name: service, image: `${service}:1.0` }] },
  ],
  clusters: [
    {
      name: cluster,
      containerInstances: networkMode === 'awsvpc' ? [] : [{ ec2InstanceId: 'i-0ca5e50000000005e' }],
      services: [service, other].map((name) => ({
        ...{ name, taskDefinition: `${service}:3`, desiredCount: 2, targetGroup: name },
        ...(networkMode === 'awsvpc' ? {} : { launchType: 'EC2' }),
        ...(name === service ? { taskIds: [id], tags } : {}),
      })),
    },
  ],
});

/** What a service has registered of one of its tasks. */
function own(account: Account, task: string) {
  const found = serviceTargets(account).find(({ taskArn }) => taskArn.endsWith(`/${task}`));
  if (found === undefined) throw new Error(`${task} does not run`);
  const { targetGroup, id: Id, port: Port } = found;
  return { group: targetGroup, Id, Port };
}

function isIn(account: Account, task: string): string {
  const { group, ...target } = own(account, task);
  const state = targetsOf(account, group).get(asked(account, group, target))?.State;
  return state === undefined || state === 'draining' ? 'gets no new requests' : 'gets requests';
}

/** A target of the other service's group, in whichever Region. */
async function theirs(balancing: ElasticLoadBalancingV2Client) {
  const place = { region: await balancing.config.region(), id: '123456789012' } as Account;
  return { TargetGroupArn: targetGroupArn(place, other), Targets: [{ Id: '10.0.1.1', Port: 80 }] };
}

/** A shell in one of two tasks behind a target group: others answer, and nothing of it contains. */
export const it: ActionCase = {
  action: 'ecs.remove-from-traffic',
  world: worldIn('awsvpc'),
  // Targets by their host.
  otherWorld: worldIn('bridge'),
  target: ({ account, region }) => ({
    ...{ kind: 'ecs-task', id: `${cluster}/${id}`, cluster, service, group: `service:${service}`, account, region },
    arn: `arn:aws:ecs:${region}:${account}:task/${cluster}/${id}`,
    ...{ taskDefinition: null, launchType: null, containers: [] },
  }),
  incident: ({ account, region }) => `ecs-service/${account}/${region}/${cluster}/${service}`,
  accusation: ({ account, region }) => ({ tasks: [`arn:aws:ecs:${region}:${account}:task/${cluster}/${id}`] }),
  finding: (stage) => taskThreat(stage, { cluster, service, task: id }),
  when: ['source: [guardduty]', `resource: { kind: [ecs-task], cluster: [${cluster}] }`, 'status: [open]'],
  truth: (account) =>
    Object.fromEntries(
      serviceTargets(account)
        .filter(({ targetGroup }) => [service, other].some((name) => name === targetGroup))
        .map(({ taskArn }) => taskArn.slice(-32))
        .map((task) => [`task ${task}`, isIn(account, task)]),
    ),
  changes: { of: `task ${id}`, from: 'gets requests', to: 'gets no new requests' },
  byHand: (stage) => {
    const { group, ...target } = own(stage.account, id);
    const asked = { TargetGroupArn: targetGroupArn(stage.account, group), Targets: [target] };
    return asAdministrator(stage, ElasticLoadBalancingV2Client, (elb) => elb.send(new RegisterTargetsCommand(asked)));
  },
  call: 'RegisterTargets',
  elsewhere: {
    'elasticloadbalancing:DeregisterTargets': [
      { call: async ({ balancing }) => balancing.send(new DeregisterTargetsCommand(await theirs(balancing))) },
    ],
    'elasticloadbalancing:RegisterTargets': [
      { call: async ({ balancing }) => balancing.send(new RegisterTargetsCommand(await theirs(balancing))) },
    ],
  },
  spares: true,
  // What runs in it goes on: somebody has to stop it.
  pages: 1,
};
