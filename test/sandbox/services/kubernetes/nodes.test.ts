import { describe, expect, it } from 'vitest';
import { addFaults } from '../../../../sandbox/faults/set.ts';
import { openedCluster } from './ground.ts';

const [one, two] = ['i-0a1b2c3d4e5f60718', 'i-0a1b2c3d4e5f60719'] as const;
const namespace = 'shop';
const instances = [{ ec2InstanceId: one }, { ec2InstanceId: two }];

/** Two nodes; of the four pods of a deployment there are two on each. */
const opened = (web: object = {}, node: object = {}) =>
  openedCluster(
    {
      nodes: [{ instance: one, ...node }, { instance: two }],
      workloads: [{ namespace, name: 'web', replicas: 4, terminationSeconds: 20, ...web }],
      pods: [
        { namespace: 'kube-system', name: 'aws-node-1', daemonSet: 'aws-node', node: one },
        { namespace: 'kube-system', name: 'proxy', mirror: true, node: two },
      ],
    },
    { instances },
  );
type Opened = Awaited<ReturnType<typeof opened>>;

async function seen(cluster: Opened) {
  const { core } = await cluster.api();
  const { items } = await core.listNode();
  const nameOf = (instance: string): string =>
    items.find(({ spec }) => spec?.providerID === `aws:///us-east-1a/${instance}`)?.metadata?.name ?? '';
  const podsOn = async (name: string) =>
    (await core.listPodForAllNamespaces({ fieldSelector: `spec.nodeName=${name}` })).items;
  return { core, items, nameOf, podsOn };
}
const eviction = (name: string, uid?: string) => ({
  ...{ name, namespace },
  body: {
    metadata: { name, namespace },
    ...(uid === undefined ? {} : { deleteOptions: { preconditions: { uid } } }),
  },
});
const unscheduled = (unschedulable: boolean | null, resourceVersion?: string) => ({
  spec: { unschedulable },
  ...(resourceVersion === undefined ? {} : { metadata: { resourceVersion } }),
});

describe('a node', () => {
  it('is an instance, which has the tags of its cluster, and shows what runs there', async () => {
    await using cluster = await opened({ emptyDir: true }, { labels: { pool: 'a' } });
    const { core, nameOf, podsOn } = await seen(cluster);
    const shown = await core.readNode({ name: nameOf(one) });
    expect(shown.metadata?.labels).toMatchObject({ pool: 'a', 'kubernetes.io/hostname': nameOf(one) });
    expect(shown.status?.conditions).toMatchObject([{ type: 'Ready', status: 'True' }]);
    const pods = await podsOn(nameOf(one));
    expect(pods.map(({ metadata }) => metadata?.ownerReferences?.[0]?.kind)).toEqual([
      'ReplicaSet',
      'ReplicaSet',
      'DaemonSet',
    ]);
    expect(pods[0]?.spec?.volumes).toMatchObject([{ emptyDir: {} }]);
    const [, , mirror] = await podsOn(nameOf(two));
    expect(mirror?.metadata?.annotations).toHaveProperty('kubernetes.io/config.mirror');
    await expect(core.readNode({ name: 'none' })).rejects.toMatchObject({ name: 'NotFound' });
    await expect(core.listPodForAllNamespaces({ fieldSelector: 'spec.host=a' })).rejects.toMatchObject({
      name: 'BadRequest',
    });
  });

  it('is listed page by page, as pods are', async () => {
    await using cluster = await opened();
    const { core } = await seen(cluster);
    const first = await core.listNode({ limit: 1 });
    const rest = await core.listNode({ limit: 1, _continue: first.metadata?._continue ?? '' });
    expect([first.items.length, rest.items.length, rest.metadata?._continue]).toEqual([1, 1, undefined]);
    expect(first.items[0]?.metadata?.name).not.toBe(rest.items[0]?.metadata?.name);
    const pods = await core.listPodForAllNamespaces({ limit: 4 });
    expect(pods.metadata).toMatchObject({ remainingItemCount: 2 });
    await expect(core.listNode({ limit: 1, _continue: 'none' })).rejects.toMatchObject({ name: 'BadRequest' });
  });

  it('that is cordoned says so, and gets no new pods until it takes them again', async () => {
    await using cluster = await opened({ minAvailable: undefined });
    const { core, nameOf, podsOn } = await seen(cluster);
    const { mergePatch } = await cluster.api();
    for (const instance of [one, two])
      await core.patchNode({ name: nameOf(instance), body: unscheduled(true) }, mergePatch);
    const cordoned = await core.readNode({ name: nameOf(one) });
    expect(cordoned.spec).toMatchObject({
      unschedulable: true,
      taints: [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }],
    });
    const [pod] = await podsOn(nameOf(one));
    await core.createNamespacedPodEviction(eviction(pod?.metadata?.name ?? ''));
    await cluster.pass(60);
    const waiting = (await core.listNamespacedPod({ namespace })).items.filter(
      ({ spec }) => spec?.nodeName === undefined,
    );
    expect(waiting.map(({ status }) => status?.phase)).toEqual(['Pending']);
    await core.patchNode({ name: nameOf(two), body: unscheduled(null) }, mergePatch);
    await cluster.pass(10);
    expect(await podsOn(nameOf(two))).toHaveLength(4);
    expect((await core.readNode({ name: nameOf(two) })).spec?.unschedulable).toBeUndefined();
  });

  it('is changed in the version that is named, and in what can be set alone', async () => {
    await using cluster = await opened();
    const { core, nameOf } = await seen(cluster);
    const { mergePatch } = await cluster.api();
    const name = nameOf(one);
    await core.patchNode({ name, body: unscheduled(true, '1') }, mergePatch);
    await expect(core.patchNode({ name, body: unscheduled(false, '1') }, mergePatch)).rejects.toMatchObject({
      ...{ name: 'Conflict', $metadata: { httpStatusCode: 409 } },
    });
    await expect(core.patchNode({ name, body: { spec: {} } }, mergePatch)).resolves.toBeDefined();
    await expect(core.patchNode({ name, body: { spec: { unschedulable: 1 } } }, mergePatch)).rejects.toMatchObject({
      name: 'BadRequest',
    });
    await expect(core.patchNode({ name, body: unscheduled(true) })).rejects.toMatchObject({
      name: 'UnsupportedMediaType',
    });
  });
});

describe('an eviction', () => {
  it('ends a pod in its time, and its controller starts another elsewhere', async () => {
    await using cluster = await opened();
    const { core, nameOf, podsOn } = await seen(cluster);
    const { mergePatch } = await cluster.api();
    await core.patchNode({ name: nameOf(one), body: unscheduled(true) }, mergePatch);
    const [pod] = await podsOn(nameOf(one));
    const name = pod?.metadata?.name ?? '';
    await core.createNamespacedPodEviction(eviction(name, pod?.metadata?.uid));
    await core.createNamespacedPodEviction(eviction(name));
    await cluster.pass(10);
    expect((await core.readNamespacedPod({ namespace, name })).metadata?.deletionTimestamp).toBeInstanceOf(Date);
    expect((await podsOn(nameOf(two))).filter(({ status }) => status?.phase === 'Running')).toHaveLength(4);
    await cluster.pass(15);
    await expect(core.readNamespacedPod({ namespace, name })).rejects.toMatchObject({ name: 'NotFound' });
    await expect(core.createNamespacedPodEviction(eviction(name))).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('is refused past the budget, and is no throttle then; a pod that is away leaves another one the less', async () => {
    await using cluster = await opened({ minAvailable: 3 });
    const { core, nameOf, podsOn } = await seen(cluster);
    const [first, second] = await podsOn(nameOf(one));
    const of = (pod: typeof first) => eviction(pod?.metadata?.name ?? '');
    await core.createNamespacedPodEviction(of(first));
    await expect(core.createNamespacedPodEviction(of(second))).rejects.toMatchObject({
      ...{ name: 'DisruptionBudget', $metadata: { httpStatusCode: 429 } },
      message: 'The disruption budget web needs 3 healthy pods and has 3 currently',
    });
    // Another runs in the place of the first.
    await cluster.pass(10);
    await core.createNamespacedPodEviction(of(second));
    addFaults(cluster.account, [{ service: 'kubernetes', operation: 'CreatePodEviction', fault: 'throttled' }]);
    await expect(core.createNamespacedPodEviction(of(second))).rejects.toMatchObject({ name: 'TooManyRequests' });
  });

  it('is of the pod that is meant', async () => {
    await using cluster = await opened();
    const { core, nameOf, podsOn } = await seen(cluster);
    const [pod] = await podsOn(nameOf(one));
    const asked = core.createNamespacedPodEviction(eviction(pod?.metadata?.name ?? '', 'another'));
    await expect(asked).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('Precondition failed'),
    });
  });

  it('of a pod whose node does not answer never ends', async () => {
    await using cluster = await opened({}, { ready: false });
    const { core, nameOf, podsOn } = await seen(cluster);
    const [pod] = await podsOn(nameOf(one));
    const name = pod?.metadata?.name ?? '';
    await core.createNamespacedPodEviction(eviction(name));
    await cluster.pass(3600);
    expect((await core.readNamespacedPod({ namespace, name })).metadata?.deletionTimestamp).toBeInstanceOf(Date);
  });
});

describe('who may', () => {
  it('is whom the manifest lets, and the others are told at which scope', async () => {
    await using cluster = await opened();
    const { nameOf } = await seen(cluster);
    const responder = await cluster.api('responder');
    await responder.core.patchNode({ name: nameOf(one), body: unscheduled(true) }, responder.mergePatch);
    const { core } = await cluster.api('guest');
    await expect(core.listNode()).rejects.toThrow(/cannot list resource "nodes" in API group "" at the cluster scope$/);
    await expect(core.createNamespacedPodEviction(eviction('a'))).rejects.toThrow(
      /cannot create resource "pods\/eviction" in API group "" in the namespace "shop"$/,
    );
  });
});
