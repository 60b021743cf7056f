import type { Service, Task } from '@aws-sdk/client-ecs';
import type { TargetHealth } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { noAccusation } from '../../shared/actions/accusation.ts';
import type { Planned, Target } from '../../shared/actions/contract.ts';
import { removeFromTraffic } from '../../shared/actions/removeFromTraffic/removeFromTraffic.ts';
import { sessionPolicy } from '../../shared/actions/sessionPolicy.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { actContext } from './actContext.ts';
import { answeringAws } from './answeringAws.ts';

const place = { account: '123456789012', region: 'us-east-1' };
const arnOf = (kind: string, rest: string): string => `arn:aws:ecs:us-east-1:123456789012:${kind}/prod/${rest}`;
const groupArn = (name: string, account = place.account): string =>
  `arn:aws:elasticloadbalancing:us-east-1:${account}:targetgroup/${name}/0123456789abcdef`;
const target: Target<'ecs-task'> = {
  kind: 'ecs-task',
  ...{ id: 'prod/one', arn: arnOf('task', 'one'), cluster: 'prod', service: 'cart', group: null },
  ...{ taskDefinition: null, launchType: null, containers: [], ...place },
};

const taskAt = (name: string, ip: string, more: Partial<Task> = {}): Task => ({
  taskArn: arnOf('task', name),
  group: 'service:cart',
  lastStatus: 'RUNNING',
  desiredStatus: 'RUNNING',
  containers: [{ name: 'app', networkInterfaces: [{ privateIpv4Address: ip }] }],
  ...more,
});
const onHost = (hostPort: number): Partial<Task> => ({
  containerInstanceArn: arnOf('container-instance', 'a'),
  containers: [{ name: 'app', networkInterfaces: [], networkBindings: [{ containerPort: 8080, hostPort }] }],
});

type Health = Readonly<Record<string, TargetHealth>>;
const healthy: TargetHealth = { State: 'healthy' };
const draining: TargetHealth = { State: 'draining', Reason: 'Target.DeregistrationInProgress' };
const unregistered: TargetHealth = { State: 'unused', Reason: 'Target.NotRegistered' };

interface Given {
  readonly tasks?: readonly Task[];
  readonly service?: Partial<Service>;
  /** By target group and `id:port`. */
  readonly health?: { readonly [group: string]: Health };
  readonly accused?: readonly string[];
}

const balanced = { targetGroupArn: groupArn('cart'), containerName: 'app', containerPort: 8080 };

/** A task of `cart`, and what AWS answers about it. */
function asked({
  tasks = [taskAt('one', '10.0.1.1')],
  service = {},
  health = { cart: { '10.0.1.1:8080': healthy, '10.0.1.2:8080': healthy } },
  accused = [],
}: Given = {}) {
  const groupIn = (arn: string): Health => health[arn.split('/')[1] ?? ''] ?? {};
  const { aws, sent } = answeringAws({
    DescribeTasks: ({ tasks: arns }: { tasks: readonly string[] }) => ({
      tasks: tasks.filter(({ taskArn = '' }) => arns.includes(taskArn)),
    }),
    DescribeServices: () => ({
      services: [{ status: 'ACTIVE', desiredCount: 2, tags: [], loadBalancers: [balanced], ...service }],
    }),
    DescribeClusters: () => ({ clusters: [{ tags: [] }] }),
    DescribeContainerInstances: () => ({
      containerInstances: [{ containerInstanceArn: arnOf('container-instance', 'a'), ec2InstanceId: 'i-0a' }],
    }),
    DescribeTargetHealth: ({ TargetGroupArn, Targets }: { TargetGroupArn: string; Targets?: object[] }) => {
      const all = groupIn(TargetGroupArn);
      const keys = Targets?.map((one) => Object.values(one).join(':')) ?? Object.keys(all);
      return {
        TargetHealthDescriptions: keys.map((key) => {
          const [Id, port] = key.split(':');
          return { Target: { Id, Port: Number(port) }, TargetHealth: all[key] ?? unregistered };
        }),
      };
    },
    DescribeTargetGroupAttributes: () => ({
      Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '120' }],
    }),
    DeregisterTargets: () => ({}),
    RegisterTargets: () => ({}),
  });
  const context = { ...actContext(aws), accusation: { ...noAccusation, tasks: [target.arn, ...accused] } };
  const observe = (more: object = {}) => removeFromTraffic.observe(target, {}, { ...context, ...more });
  const plan = async (): Promise<Planned> => removeFromTraffic.plan(target, {}, await observe(), { quietPullDays: 1 });
  const changing = () => sent.filter(({ operation }) => /^(?:De)?[Rr]egister/.test(operation));
  return { context, observe, plan, changing };
}

const one = { name: 'cart 10.0.1.1:8080', group: groupArn('cart'), id: '10.0.1.1', port: 8080 };
const chosen: JsonObject = { targets: [one] };

describe('a plan', () => {
  it('takes the task out by its own address and port, says how long that lasts and what stays', async () => {
    expect(await asked().plan()).toMatchObject({
      kind: 'step',
      sentence:
        'Take task prod/one out of target group cart: it gets no new requests, and has up to 120 s for those that it has; 1 other healthy target stays.',
      remains: expect.stringContaining('it is contained only once it is stopped'),
      chosen,
      sparing: true,
      leavesHealthy: { count: 1, of: 2 },
    });
  });

  it('takes it out of every group that it is in, those of a blue/green deployment and of task sets too', async () => {
    const blue = { ...balanced, advancedConfiguration: { alternateTargetGroupArn: groupArn('green') } };
    const sets = [{ loadBalancers: [{ ...balanced, targetGroupArn: groupArn('set') }] }];
    const both = { '10.0.1.1:8080': healthy, '10.0.1.2:8080': healthy };
    const { plan } = asked({
      service: { loadBalancers: [blue], taskSets: sets },
      health: { cart: both, green: { ...both, '10.0.1.3:8080': healthy }, set: { '10.0.1.2:8080': healthy } },
    });
    expect(await plan()).toMatchObject({
      sentence: expect.stringContaining('target groups cart, green'),
      chosen: { targets: [one, { ...one, name: 'green 10.0.1.1:8080', group: groupArn('green') }] },
      leavesHealthy: { count: 1 },
    });
  });

  it('finds a task without an interface of its own by its host and the port there', async () => {
    const { plan } = asked({
      tasks: [taskAt('one', '', onHost(32_769))],
      health: { cart: { 'i-0a:32768': healthy, 'i-0a:32769': healthy } },
    });
    expect(await plan()).toMatchObject({
      chosen: { targets: [{ name: 'cart i-0a:32769', group: groupArn('cart'), id: 'i-0a', port: 32_769 }] },
      leavesHealthy: { count: 1 },
    });
  });

  it.each([
    ['unhealthy', { State: 'unhealthy' }],
    ['draining', draining],
    ['not looked at yet', { State: 'initial' }],
  ] as const)('leaves the last healthy target to a person: the other is %s', async (_how, State) => {
    const { plan } = asked({ health: { cart: { '10.0.1.1:8080': healthy, '10.0.1.2:8080': State } } });
    expect(await plan()).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('no healthy target that nothing accuses is left in target group cart'),
    });
  });

  it('counts no target whose task is accused, too', async () => {
    const other = taskAt('two', '10.0.1.2');
    const tasks = [taskAt('one', '10.0.1.1'), other];
    expect(await asked({ tasks }).plan()).toMatchObject({ kind: 'step' });
    expect(await asked({ tasks, accused: [other.taskArn ?? ''] }).plan()).toMatchObject({ kind: 'hold' });
  });

  it.each([
    ['is stopped already', { tasks: [taskAt('one', '10.0.1.1', { lastStatus: 'STOPPED', desiredStatus: 'STOPPED' })] }],
    ['is being stopped already', { tasks: [taskAt('one', '10.0.1.1', { desiredStatus: 'STOPPED' })] }],
    ['was started for no service', { tasks: [taskAt('one', '10.0.1.1', { group: 'family:job' })] }],
    ['is behind no load balancer', { service: { loadBalancers: [] } }],
    ['gets no new requests any more', { health: { cart: { '10.0.1.1:8080': draining, '10.0.1.2:8080': healthy } } }],
    ['is reached by AWS Cloud Map', { service: { loadBalancers: [], serviceRegistries: [{ registryArn: 'arn:x' }] } }],
    [
      'is reached by Service Connect, VPC Lattice',
      {
        service: {
          loadBalancers: [],
          deployments: [
            { serviceConnectConfiguration: { enabled: true }, vpcLatticeConfigurations: [{}] },
          ] as unknown as Service['deployments'],
        },
      },
    ],
    ['is reached by a Classic Load Balancer', { service: { loadBalancers: [{ loadBalancerName: 'old' }] } }],
  ] as const)('does nothing, and says why: %s', async (why, given) => {
    expect(await asked(given as Given).plan()).toMatchObject({ kind: 'skip', reason: expect.stringContaining(why) });
  });

  it('says beside what it does by what else the task is reached', async () => {
    const { plan } = asked({ service: { serviceRegistries: [{ registryArn: 'arn:x' }] } });
    expect(await plan()).toMatchObject({ remains: expect.stringContaining('still reached by AWS Cloud Map') });
  });
});

describe('what is observed', () => {
  it('takes a target for registered whose group or zone is not in use', async () => {
    const inUse = { State: 'unused', Reason: 'Target.NotInUse' } as const;
    const { observe } = asked({ health: { cart: { '10.0.1.1:8080': inUse } } });
    expect(await observe()).toMatchObject({ targets: { 'cart 10.0.1.1:8080': true } });
  });

  it('is protected by tags of the service and of the task', async () => {
    const tags = [{ key: 'firebreak:protected', value: 'yes' }];
    expect(await asked({ service: { tags } }).observe()).toMatchObject({ protectedBy: 'tag firebreak:protected' });
    const { observe } = asked({ tasks: [taskAt('one', '10.0.1.1', { tags })] });
    expect(await observe()).toMatchObject({ protectedBy: 'tag firebreak:protected of the task' });
  });

  it('is gone where ECS does not show the task, and once it was taken out, where it does not run any more', async () => {
    await expect(asked({ tasks: [] }).observe()).rejects.toMatchObject({ name: 'TargetGone' });
    const { observe } = asked({ tasks: [taskAt('one', '10.0.1.1', { desiredStatus: 'STOPPED' })] });
    await expect(observe({ before: {} })).rejects.toMatchObject({ name: 'TargetGone' });
  });
});

describe('what is done', () => {
  const observedBefore = async (given: Given = {}) => asked(given).observe();

  it('names exactly the chosen target', async () => {
    const { context, changing } = asked();
    await removeFromTraffic.execute(target, {}, await observedBefore(), { ...context, chosen });
    expect(changing()).toEqual([
      {
        operation: 'DeregisterTargets',
        input: { TargetGroupArn: groupArn('cart'), Targets: [{ Id: '10.0.1.1', Port: 8080 }] },
      },
    ]);
  });

  it('leaves an address alone that is not the task’s any more, and registers none of a task that is being stopped', async () => {
    const moved = asked({ tasks: [taskAt('one', '10.0.9.9')] });
    await removeFromTraffic.execute(target, {}, await observedBefore(), { ...moved.context, chosen });
    await removeFromTraffic.undo?.(target, {}, await observedBefore(), { ...moved.context, chosen });
    expect(moved.changing()).toEqual([]);
    const stopping = asked({ tasks: [taskAt('one', '10.0.1.1', { desiredStatus: 'STOPPED' })] });
    const undone = removeFromTraffic.undo?.(target, {}, await observedBefore(), { ...stopping.context, chosen });
    await expect(undone).rejects.toMatchObject({ name: 'TargetGone' });
    expect(stopping.changing()).toEqual([]);
  });

  it.each([
    ['holds', draining, 'cart 10.0.1.1:8080 is draining, for 120 s at the most'],
    ['holds', unregistered, 'is unused'],
    ['broken', { State: 'initial' }, 'has registered it again'],
    ['broken', healthy, 'has registered it again'],
  ] as const)('reads back as %s: %o', async (state, health, seen) => {
    const { context } = asked({ health: { cart: { '10.0.1.1:8080': health } } });
    const read = await removeFromTraffic.verify(target, {}, await observedBefore(), { ...context, chosen });
    expect(read).toMatchObject({ state, seen: expect.stringContaining(seen), absence: false });
  });

  it.each([
    ['holds', healthy],
    ['pending', { State: 'initial' }],
    ['broken', unregistered],
  ] as const)('is undone as %s: %o', async (state, health) => {
    const { context } = asked({ health: { cart: { '10.0.1.1:8080': health } } });
    const read = await removeFromTraffic.verifyUndone?.(target, {}, await observedBefore(), { ...context, chosen });
    expect(read).toMatchObject({ state });
    expect(read?.partlyGone).toBeUndefined();
  });

  it('is undone in part where the service is behind other groups by now', async () => {
    const { context } = asked({ service: { loadBalancers: [] } });
    const read = await removeFromTraffic.verifyUndone?.(target, {}, await observedBefore(), { ...context, chosen });
    expect(read).toMatchObject({ partlyGone: true, seen: expect.stringContaining('any more') });
  });
});

describe('its permissions', () => {
  it('change the chosen groups alone, and refuse what is no target group of the account', () => {
    const { write } = removeFromTraffic.permissions(target, chosen);
    expect(write.map(({ resource }) => resource)).toEqual([groupArn('cart'), groupArn('cart')]);
    for (const group of [groupArn('cart', '210987654321'), groupArn('*'), 'arn:aws:s3:::x', `${groupArn('cart')}*`]) {
      expect(() => removeFromTraffic.permissions(target, { targets: [{ ...one, group }] }), group).toThrow(
        'none of its account',
      );
    }
  });

  it('fit a session, however long the names and many the groups', () => {
    const long = { ...target, cluster: 'c'.repeat(255), service: 's'.repeat(255) };
    const targets = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ ...one, group: groupArn(name.repeat(32)), id: 'i-0a' }));
    const { read, write } = removeFromTraffic.permissions(long, { targets });
    expect(sessionPolicy([...read, ...write]).length).toBeLessThanOrEqual(2048);
    expect(write.every(({ resource }) => resource.includes(':targetgroup/'))).toBe(true);
  });
});
