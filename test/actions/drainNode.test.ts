import { describe, expect, it } from 'vitest';
import { drainNode as action } from '../../shared/actions/drainNode/drainNode.ts';
import type { Params } from '../../shared/actions/drainNode/types.ts';
import { ActionFailed, TargetGone } from '../../shared/platform/errors.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { actContext } from './actContext.ts';
import { host, type InCluster, node, nodeAws, other, pod, target, twoNodes } from './nodeWorld.ts';

const settings = { quietPullDays: 7 };
const params: Params = { deleteEmptyDirData: false };
const observing = (given: InCluster, before?: JsonObject) =>
  action.observe(target, params, { ...actContext(nodeAws(given).aws), ...(before === undefined ? {} : { before }) });
const planned = async (given: InCluster, its: Params = params) =>
  action.plan(target, its, await observing(given), settings);
const running = [[pod('web-1'), pod('aws-node', { owner: 'DaemonSet' })]];
const emptyDir = { spec: { volumes: [{ emptyDir: {} }] } };

describe('which node a host is', () => {
  it.each([
    ['EKS itself', { 'aws:eks:cluster-name': 'prod', 'eks:cluster-name': 'other' }],
    ['a managed node group', { 'eks:cluster-name': 'prod', 'kubernetes.io/cluster/prod': 'owned' }],
    ['Karpenter or Auto Mode', { 'eks:eks-cluster-name': 'prod' }],
    ['whoever launched it', { 'kubernetes.io/cluster/prod': 'owned' }],
  ])('is read of the cluster that its tags name, put there by %s', async (_who, tags) => {
    expect(await observing({ tags })).toMatchObject({ cluster: 'prod', node: 'node-a', uid: 'uid-a', none: null });
  });

  it('is said by its provider id, whatever its name is', async () => {
    const nodes = [[node(host, other), node('node-a', host)]];
    expect(await observing({ nodes })).toMatchObject({ node: 'node-a' });
  });

  it('is found on any page of the list', async () => {
    const nodes = [[node('node-b', other)], [], [node('node-a', host)]];
    expect(await observing({ nodes })).toMatchObject({ node: 'node-a', others: 1, nodes: 2 });
  });

  it.each([
    ['names two', { tags: { 'eks:cluster-name': 'a', 'kubernetes.io/cluster/b': 'owned' } }, 'several clusters'],
    ['names no cluster of EKS', { tags: { 'kubernetes.io/cluster/*': 'owned' } }, 'no name of an EKS cluster'],
    ['is in no cluster', { nodes: [[node('node-b', other)]] }, 'no node of the cluster prod is this instance'],
    ['is two nodes', { nodes: [[node('node-a', host), node('node-c', host)]] }, '2 nodes of the cluster prod say'],
    ['is a node of Fargate', { nodes: [[node('fargate-a', 'fargate-a')]] }, 'no node of the cluster prod'],
  ])(
    'is not known where it %s: a person is asked, before what would come after a drain',
    async (_what, given, reason) => {
      expect(await planned(given)).toMatchObject({ kind: 'hold', reason: expect.stringContaining(reason) });
    },
  );

  it('is none where its tags name no cluster: that is skipped', async () => {
    const reason = expect.stringContaining('its tags name no EKS cluster');
    expect(await planned({ tags: { team: 'a' } })).toEqual({ kind: 'skip', reason });
  });

  it('is gone where it was one', async () => {
    const before = await observing({});
    await expect(observing({ nodes: [[node('node-b', other)]] }, before)).rejects.toThrow(TargetGone);
  });

  it('is protected by its label, its annotation, or a tag of the instance', async () => {
    const labelled = [[node('node-a', host, { metadata: { labels: { 'firebreak/protected': 'yes' } } })]];
    const annotated = [[node('node-a', host, { metadata: { annotations: { 'firebreak/protected': 'yes' } } })]];
    const tags = { 'aws:eks:cluster-name': 'prod', 'firebreak:protected': 'yes', team: 'shop' };
    for (const given of [{ nodes: labelled }, { nodes: annotated }, { tags }]) {
      expect(await observing(given)).toMatchObject({ protectedBy: 'tag firebreak:protected' });
    }
    expect(await observing({ tags })).toMatchObject({ owner: 'shop (tag team)' });
  });
});

describe('what runs there', () => {
  it('is sorted as kubectl drain does it, over all pages', async () => {
    const pods = [
      [pod('web-1', emptyDir), pod('aws-node', { owner: 'DaemonSet' })],
      [pod('proxy', { metadata: { annotations: { 'kubernetes.io/config.mirror': 'a' } } })],
      [pod('debug', { owner: null }), pod('job', { owner: 'Job' }), pod('over', { owner: null, phase: 'Succeeded' })],
    ];
    expect((await observing({ pods }))['pods']).toEqual({
      moved: [
        { name: 'shop/web-1', uid: 'uid of web-1' },
        { name: 'shop/job', uid: 'uid of job' },
      ],
      stay: ['shop/aws-node', 'shop/proxy'],
      alone: ['shop/debug'],
      local: ['shop/web-1'],
    });
  });

  it('is nobody’s where an owner does not control it', async () => {
    const pods = [[pod('debug', { metadata: { ownerReferences: [{ kind: 'DaemonSet' }] } })]];
    expect((await observing({ pods }))['pods']).toMatchObject({ alone: ['shop/debug'] });
  });

  it('stays for a daemon set of Kubernetes itself alone: others have kinds of that name', async () => {
    const pods = [[pod('log', { owner: 'DaemonSet', api: 'apps.kruise.io/v1alpha1' })]];
    expect((await observing({ pods }))['pods']).toMatchObject({ stay: [], moved: [{ name: 'shop/log' }] });
  });

  it('is asked for of that node alone', async () => {
    const { aws, asked } = nodeAws({});
    await action.observe(target, params, actContext(aws));
    expect(asked).toContainEqual(['list pods', { limit: 500, fieldSelector: 'spec.nodeName=node-a' }]);
  });
});

describe('what is planned', () => {
  it('is to cordon it and to evict its pods, and what that does not do is said', async () => {
    expect(await planned({ pods: running })).toMatchObject({
      kind: 'step',
      sentence:
        'Cordon node node-a of the cluster prod, and evict its 1 pod, as their disruption budgets allow; 1 other node takes pods. 1 pod of daemon sets and of the node itself stays.',
      chosen: { cluster: 'prod', node: 'node-a', uid: 'uid-a' },
      undo: { possible: true },
      remains: expect.stringContaining('Nobody is put out by a drain'),
      leavesHealthy: { count: 1, of: 2 },
    });
  });

  it('of one that is cordoned already is to evict, and an undo leaves it so', async () => {
    const nodes = [[node('node-a', host, { spec: { unschedulable: true } }), node('node-b', other)]];
    expect(await planned({ nodes, pods: running })).toMatchObject({
      sentence: expect.stringContaining('is cordoned already'),
      undo: { possible: false, why: expect.stringContaining('not by Firebreak') },
    });
    expect(await planned({ nodes })).toMatchObject({
      kind: 'skip',
      reason: expect.stringContaining('drained already'),
    });
  });

  it.each([
    ['does not answer', { nodes: [[node('node-a', host, { ready: 'Unknown' }), node('node-b', other)]] }, 'not Ready'],
    ['is the only one', { nodes: [[node('node-a', host)]] }, 'no other node is Ready'],
    [
      'is the last that takes pods',
      { nodes: [[node('node-a', host), node('node-b', other, { spec: { unschedulable: true } })]] },
      'no other node is Ready',
    ],
    [
      'is the last that answers',
      { nodes: [[node('node-a', host), node('node-b', other, { ready: 'False' })]] },
      'no other node is Ready',
    ],
    [
      'has neighbours that repel pods alone',
      {
        nodes: [
          [node('node-a', host), node('node-b', other, { spec: { taints: [{ key: 'gpu', effect: 'NoExecute' }] } })],
        ],
      },
      'no other node is Ready',
    ],
    [
      'has neighbours on Fargate alone',
      { nodes: [[node('node-a', host), node('fargate-b', 'fargate-b')]] },
      'no other node is Ready',
    ],
    ['has a pod of no controller', { pods: [[pod('debug', { owner: null })]] }, 'nothing would start shop/debug again'],
    ['keeps what its pods write', { pods: [[pod('web-1', emptyDir)]] }, 'says deleteEmptyDirData: true'],
  ])('is to ask a person about one that %s', async (_what, given, reason) => {
    expect(await planned(given)).toMatchObject({ kind: 'hold', reason: expect.stringContaining(reason) });
  });

  it('takes a neighbour that pods would rather not go to, and may lose what pods keep where that is said', async () => {
    const mild = { spec: { taints: [{ key: 'old', effect: 'PreferNoSchedule' }] } };
    expect(await planned({ nodes: [[node('node-a', host), node('node-b', other, mild)]] })).toMatchObject({
      kind: 'step',
    });
    const given = { pods: [[pod('web-1', emptyDir)]] };
    expect(await planned(given, { deleteEmptyDirData: true })).toMatchObject({ kind: 'step' });
  });
});

it('nodes of one cluster take turns, whichever hosts they are', async () => {
  const observed = await observing({});
  const another = { ...target, id: other, arn: target.arn.replace(host, other) };
  expect(action.turn?.(target, observed)).toMatchObject({ id: 'EKS cluster prod' });
  expect(action.turn?.(another, observed)).toEqual(action.turn?.(target, observed));
  expect(action.turn?.(target, await observing({ tags: {} }))).toBeNull();
});

describe('what is permitted', () => {
  it('is to read where the API of the cluster is that was chosen, and no other', () => {
    const { read, write } = action.permissions(target, { cluster: 'prod', node: 'node-a', uid: 'uid-a' });
    expect(read.at(-1)).toMatchObject({ resource: 'arn:aws:eks:eu-central-1:123456789012:cluster/prod' });
    expect(write).toEqual([]);
  });

  it.each(['*', 'prod*', 'prod/other', ''])('is nothing for what is no name of a cluster: %s', (cluster) => {
    expect(() => action.permissions(target, { cluster, node: 'a', uid: 'b' })).toThrow(ActionFailed);
  });

  it('is nothing for what is no instance of the target’s account', () => {
    expect(() => action.permissions({ ...target, account: '210987654321' })).toThrow(ActionFailed);
  });
});

it('counts all nodes that are instances', async () => {
  expect(await observing({ nodes: twoNodes })).toMatchObject({ nodes: 2, others: 1, schedulable: true, ready: true });
});
