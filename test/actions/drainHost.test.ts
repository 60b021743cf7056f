import { describe, expect, it } from 'vitest';
import { drainHost as action } from '../../shared/actions/drainHost/drainHost.ts';
import { params as shape } from '../../shared/actions/drainHost/types.ts';
import { fitsSession } from '../../shared/actions/sessionPolicy.ts';
import { TargetGone } from '../../shared/platform/errors.ts';
import { actContext } from './actContext.ts';
import { another, type DrainWorld, drainAws, itself, ofService, worldOf } from './drainHostWorld.ts';
import { container, host, id } from './hostWorld.ts';

const settings = { quietPullDays: 7 };
const observing = (change: Partial<DrainWorld> = {}) =>
  action.observe(host, shape.parse({}), actContext(drainAws(worldOf(change)).aws));
const planned = async (change: Partial<DrainWorld> = {}, given: object = {}) =>
  action.plan(host, shape.parse(given), await observing(change), settings);

const daemon = { serviceName: 'logs', schedulingStrategy: 'DAEMON', desiredCount: 2 };
const limits = (minimumHealthyPercent: number, maximumPercent: number, desiredCount = 4) => ({
  services: [{ serviceName: 'web', desiredCount, deploymentConfiguration: { minimumHealthyPercent, maximumPercent } }],
});

describe('a host of ECS', () => {
  it('is observed with what runs there, over all pages, and with what takes tasks beside it', async () => {
    const tasks = [ofService('a1', 'web'), ofService('c1', 'logs'), { id: 'b1' }, ofService('a2', 'web')];
    const others = [
      [another('b'), another('c', { status: 'DRAINING' })],
      [],
      [another('d'), another('e', { agentConnected: false })],
    ];
    const services = [{ serviceName: 'web', desiredCount: 4 }, daemon];
    const ending = [{ id: 'f1' }, { id: 'g1', lastStatus: 'STOPPED' }];
    expect(await observing({ tasks, others, services, ending })).toMatchObject({
      ...{ status: 'ACTIVE', cluster: 'prod', container, connected: true, others: 2, hosts: 5 },
      services: [
        { name: 'logs', tasks: 1, daemon: true, stuck: null, roomless: null },
        { name: 'web', tasks: 2, daemon: false, stuck: null, roomless: null },
      ],
      alone: ['b1', 'f1'],
    });
  });

  it('asks for ten services at a time', async () => {
    const names = Array.from({ length: 12 }, (_, at) => `web-${at + 10}`);
    const seen = await observing({
      tasks: names.map((name, at) => ofService(`a${at}`, name)),
      services: names.map((serviceName) => ({ serviceName, desiredCount: 1 })),
    });
    expect(seen['services']).toHaveLength(12);
  });

  it('is protected by its tags in EC2 or in ECS, and has a group and a provider', async () => {
    const ofInstance = {
      tags: [
        { Key: 'firebreak:protected', Value: 'yes' },
        { Key: 'aws:autoscaling:groupName', Value: 'asg' },
      ],
    };
    expect(await observing(ofInstance)).toMatchObject({ protectedBy: 'tag firebreak:protected', group: 'asg' });
    const ofContainer = itself({ tags: [{ key: 'firebreak:protected', value: 'yes' }], capacityProviderName: 'spot' });
    expect(await observing({ host: ofContainer })).toMatchObject({
      ...{ protectedBy: 'tag firebreak:protected', provider: 'spot' },
    });
  });

  it.each(['terminated', 'shutting-down'])('is gone when it is %s', async (state) => {
    await expect(observing({ state })).rejects.toThrow(TargetGone);
  });
});

describe('the plan', () => {
  it('drains it, and says who starts elsewhere, what stops last, what stays, and that nobody is put out', async () => {
    const given = await planned({
      tasks: [ofService('a1', 'web'), ofService('a2', 'web'), ofService('c1', 'logs'), { id: 'b1' }],
      services: [{ serviceName: 'web', desiredCount: 4 }, daemon],
      tags: [{ Key: 'aws:autoscaling:groupName', Value: 'asg' }],
    });
    expect(given).toEqual({
      kind: 'step',
      sentence: `Drain host ${id} of cluster prod: its services start 2 tasks (web) elsewhere, as their limits allow; 1 other host takes tasks. What is on every host (logs) stops last. A drain leaves 1 task of no service (b1), and nothing here stops it.`,
      undo: { possible: true, sentence: expect.stringContaining('if it still drains') },
      chosen: { cluster: 'prod', container },
      remains: expect.stringMatching(
        /^Nobody is put out by a drain.*with its network\..* group asg, which starts another/,
      ),
      leavesHealthy: { count: 1, of: 2 },
    });
  });

  it('says that a task of no service is waited for, where the rule says so', async () => {
    expect(await planned({ tasks: [{ id: 'b1' }] }, { standaloneTasks: 'wait' })).toMatchObject({
      kind: 'step',
      sentence: expect.stringContaining('The host is not empty before 1 task of no service (b1) has ended.'),
    });
  });

  it.each<[string, Partial<DrainWorld>, RegExp]>([
    ['is of no cluster', { host: undefined }, /is a host of no ECS cluster$/],
    ['is managed by AWS', { principal: 'ecs.amazonaws.com' }, /managed by ecs\.amazonaws\.com/],
    ['drains already', { host: itself({ status: 'DRAINING' }) }, /drains already in cluster prod$/],
  ])('leaves alone one that %s', async (_what, change, reason) => {
    expect(await planned(change)).toEqual({ kind: 'skip', reason: expect.stringMatching(reason) });
  });

  it.each<[string, Partial<DrainWorld>, RegExp]>([
    ['that is being registered', { host: itself({ status: 'REGISTERING' }) }, /it is REGISTERING there/],
    ['whose agent is not connected', { host: itself({ agentConnected: false }) }, /ECS cannot stop its tasks/],
    ['that is the only one', { others: [[]] }, /no other host of the cluster takes tasks/],
    ['beside one that drains', { others: [[another('b', { status: 'DRAINING' })]] }, /no other host/],
    ['beside one whose agent is off', { others: [[another('b', { agentConnected: false })]] }, /no other host/],
    [
      'of a service that may not move',
      limits(100, 100),
      /of service web, it may have neither fewer nor more than 4 tasks/,
    ],
    ['of one whose part of a task is none', limits(50, 150, 1), /neither fewer nor more than 1 task \(minimum 50 %/],
    [
      'whose tasks have too much memory for any other',
      { tasks: [ofService('a1', 'web', { memory: '4096' })] },
      /no other host has room for a task of service web \(256 CPU units, 4096 MiB\)/,
    ],
    [
      'whose containers together have too much CPU',
      {
        tasks: [
          {
            id: 'a1',
            service: 'web',
            containers: [
              { cpu: '1000', memory: '64' },
              { cpu: '25', memoryReservation: '8' },
            ],
          },
        ],
      },
      /\(1025 CPU units, 72 MiB\)/,
    ],
  ])('asks a person about a host %s', async (_what, change, reason) => {
    expect(await planned(change)).toMatchObject({ kind: 'hold', reason: expect.stringMatching(reason) });
  });

  it.each<[string, Partial<DrainWorld>]>([
    ['one may stop first', limits(75, 100)],
    ['one may start first', limits(100, 125)],
    ['none is wanted', limits(100, 100, 0)],
    [
      'it is on every host, whatever its limits are',
      {
        services: [
          {
            ...daemon,
            serviceName: 'web',
            ...{ deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 100 } },
          },
        ],
      },
    ],
  ])('goes on where of its service %s', async (_what, change) => {
    expect(await planned(change)).toMatchObject({ kind: 'step' });
  });

  it('leaves it to a capacity provider whether there is room', async () => {
    const change = {
      host: itself({ capacityProviderName: 'spot' }),
      tasks: [ofService('a1', 'web', { memory: '4096' })],
    };
    expect(await planned(change)).toMatchObject({
      kind: 'step',
      remains: expect.stringContaining('capacity provider spot may terminate it'),
    });
  });

  it('asks about a task of no service where the rule wants that', async () => {
    const tasks = [ofService('a1', 'web'), { id: 'b1' }];
    expect(await planned({ tasks }, { standaloneTasks: 'hold' })).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('1 task of no service runs there (b1), which a drain does not move'),
    });
    expect(await planned({}, { standaloneTasks: 'hold' })).toMatchObject({ kind: 'step' });
  });
});

describe('permissions', () => {
  it('are for the one container instance, and fit a session', () => {
    const { read, write } = action.permissions(host, { cluster: 'prod', container });
    expect(write).toEqual([{ action: 'ecs:UpdateContainerInstancesState', resource: container }]);
    expect(read.find((one) => one.action === 'ecs:DescribeTasks')?.resource).toMatch(/:task\/prod\/\*$/);
    expect(fitsSession([...read, ...write])).toBe(true);
  });

  it('are given for nothing that is no container instance', () => {
    for (const chosen of [
      { cluster: 'prod', container: `${container.slice(0, -32)}*` },
      { cluster: '*', container },
    ]) {
      expect(() => action.permissions(host, chosen)).toThrow('no valid ARN');
    }
  });
});
