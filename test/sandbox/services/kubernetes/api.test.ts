import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { describe, expect, it } from 'vitest';
import { addFaults } from '../../../../sandbox/faults/set.ts';
import { rootCredentials } from '../../../../sandbox/iam/credentials.ts';
import { eksClusters } from '../../../../sandbox/services/eks/state.ts';
import { openedCluster } from './ground.ts';

const [namespace, name] = ['shop', 'web'];
const names = (list: { readonly items: readonly { readonly metadata?: { readonly name?: string } }[] }) =>
  list.items.map(({ metadata }) => metadata?.name);
const scaled = (replicas: number) => ({ namespace, name, body: { spec: { replicas } } });

describe('what a cluster shows', () => {
  it('is a pod with the chain of its owners up to the deployment', async () => {
    await using cluster = await openedCluster();
    const { core, apps } = await cluster.api();
    const pod = await core.readNamespacedPod({ namespace, name: 'web-1' });
    const [owner] = pod.metadata?.ownerReferences ?? [];
    expect(owner).toMatchObject({
      kind: 'ReplicaSet',
      controller: true,
      name: expect.stringMatching(/^web-[0-9a-f]{10}$/),
    });
    const set = await apps.readNamespacedReplicaSet({ namespace, name: owner?.name ?? '' });
    expect(set.metadata?.uid).toBe(owner?.uid);
    expect(set.metadata?.ownerReferences).toMatchObject([{ kind: 'Deployment', name: 'web' }]);
    const deployment = await apps.readNamespacedDeployment({ namespace, name });
    expect(deployment.metadata?.uid).toBe(set.metadata?.ownerReferences?.[0]?.uid);
    expect(deployment).toMatchObject({ spec: { replicas: 2, selector: { matchLabels: { app: 'web' } } } });
  });

  it('is the pods of a namespace, by their labels', async () => {
    await using cluster = await openedCluster();
    const { core } = await cluster.api();
    expect(names(await core.listNamespacedPod({ namespace }))).toHaveLength(5);
    const db = await core.listNamespacedPod({ namespace, labelSelector: 'app=db' });
    expect(names(db)).toEqual(['db-0', 'db-1']);
    expect(db.items[0]?.metadata?.ownerReferences).toMatchObject([{ kind: 'StatefulSet', name: 'db' }]);
    const alone = await core.readNamespacedPod({ namespace, name: 'debug' });
    expect(alone.metadata?.ownerReferences).toBeUndefined();
    await expect(core.listNamespacedPod({ namespace, labelSelector: 'app in (a)' })).rejects.toThrow(/requirement/);
  });

  it('is nothing of what is not there, in its own words', async () => {
    await using cluster = await openedCluster();
    const { core, apps } = await cluster.api();
    const asked = [
      core.readNamespacedPod({ namespace, name: 'none' }),
      apps.readNamespacedReplicaSet({ namespace, name: 'none' }),
      apps.readNamespacedDeployment({ namespace, name: 'none' }),
      apps.readNamespacedStatefulSet({ namespace, name: 'none' }),
      apps.patchNamespacedDeploymentScale({ ...scaled(1), name: 'none' }),
    ];
    for (const one of await Promise.allSettled(asked)) {
      expect(one).toMatchObject({ reason: { name: 'NotFound', $metadata: { httpStatusCode: 404 } } });
    }
  });
});

describe('a scale', () => {
  it('of zero ends all pods in their time, and starts others when it is raised', async () => {
    await using cluster = await openedCluster();
    const { core, apps, mergePatch } = await cluster.api();
    await apps.patchNamespacedDeploymentScale(scaled(0), mergePatch);
    await cluster.pass(10);
    const ending = await core.readNamespacedPod({ namespace, name: 'web-1' });
    expect(ending.metadata?.deletionTimestamp).toBeInstanceOf(Date);
    await cluster.pass(15);
    expect(names(await core.listNamespacedPod({ namespace, labelSelector: 'app=web' }))).toEqual([]);
    await apps.patchNamespacedDeploymentScale(scaled(2), mergePatch);
    await cluster.pass(2);
    const started = await core.listNamespacedPod({ namespace, labelSelector: 'app=web' });
    expect(started.items.map(({ status }) => status?.phase)).toEqual(['Pending', 'Pending']);
    expect(names(started)).not.toContain('web-1');
    await cluster.pass(5);
    const { status } = await apps.readNamespacedDeployment({ namespace, name });
    expect(status).toMatchObject({ replicas: 2, readyReplicas: 2 });
    expect(names(await core.listNamespacedPod({ namespace: 'other' }))).toHaveLength(1);
  });

  it('of a stateful set gives the pods their numbers again', async () => {
    await using cluster = await openedCluster();
    const { core, apps, mergePatch } = await cluster.api();
    await apps.patchNamespacedStatefulSetScale({ ...scaled(1), name: 'db' }, mergePatch);
    await cluster.pass(40);
    expect(names(await core.listNamespacedPod({ namespace, labelSelector: 'app=db' }))).toEqual(['db-0']);
    await apps.patchNamespacedStatefulSetScale({ ...scaled(2), name: 'db' }, mergePatch);
    await cluster.pass(10);
    expect(names(await core.listNamespacedPod({ namespace, labelSelector: 'app=db' }))).toEqual(['db-0', 'db-1']);
  });

  it('is refused with another version, a number that is none, and another kind of patch', async () => {
    await using cluster = await openedCluster();
    const { apps, mergePatch } = await cluster.api();
    const body = { spec: { replicas: 0 }, metadata: { resourceVersion: '7' } };
    await expect(apps.patchNamespacedDeploymentScale({ namespace, name, body }, mergePatch)).rejects.toMatchObject({
      name: 'Conflict',
    });
    await expect(apps.patchNamespacedDeploymentScale(scaled(-1), mergePatch)).rejects.toMatchObject({
      name: 'Invalid',
    });
    await expect(apps.patchNamespacedDeploymentScale(scaled(0))).rejects.toMatchObject({
      name: 'UnsupportedMediaType',
    });
    expect((await apps.readNamespacedDeployment({ namespace, name })).spec?.replicas).toBe(2);
  });
});

describe('who is let in', () => {
  it('is the role of an access entry, to do what the manifest allows', async () => {
    await using cluster = await openedCluster();
    const { core, apps, mergePatch } = await cluster.api('responder');
    expect(names(await core.listNamespacedPod({ namespace }))).toHaveLength(5);
    await apps.patchNamespacedDeploymentScale(scaled(0), mergePatch);
    const called = cluster.account.trail.filter(({ action }) => action.startsWith('kubernetes:'));
    expect(called.at(-1)).toMatchObject({
      action: 'kubernetes:PatchDeploymentScale',
      resource: `${eksClusters(cluster.account).get('prod')?.arn}/namespaces/shop/deployments/scale/web`,
      result: 'ok',
    });
  });

  it('is nobody for whom no role of the cluster speaks, and nobody without an entry', async () => {
    await using cluster = await openedCluster();
    const guest = await cluster.api('guest');
    await expect(guest.core.readNamespacedPod({ namespace, name: 'web-1' })).rejects.toThrow(
      /^pods "web-1" is forbidden: User "arn:aws:sts::123456789012:assumed-role\/guest\/test" cannot get resource "pods" in API group "" in the namespace "shop"$/,
    );
    await expect(guest.apps.patchNamespacedDeploymentScale(scaled(0), guest.mergePatch)).rejects.toMatchObject({
      name: 'Forbidden',
      message: expect.stringContaining('cannot patch resource "deployments/scale" in API group "apps"'),
    });
    const { core } = await cluster.api('stranger');
    await expect(core.listNamespacedPod({ namespace })).rejects.toMatchObject({ name: 'Unauthorized' });
  });

  it('is nobody without a token of EKS', async () => {
    await using cluster = await openedCluster();
    const { account, door } = cluster;
    const eks = new EKSClient({
      endpoint: door.endpoint,
      region: account.region,
      credentials: rootCredentials(account),
    });
    const { cluster: described } = await eks.send(new DescribeClusterCommand({ name: 'prod' }));
    const pods = `${described?.endpoint}/api/v1/namespaces/shop/pods`;
    const asked = (authorization?: string) => fetch(pods, authorization ? { headers: { authorization } } : {});
    const url = (query: string) => Buffer.from(`https://sts.us-east-1.amazonaws.com/?${query}`).toString('base64url');
    const key = 'X-Amz-Credential=AKIASANDBOXADMIN0000%2F20261120%2Fus-east-1%2Fsts%2Faws4_request';
    const bound = 'X-Amz-SignedHeaders=host%3Bx-k8s-aws-id';
    for (const token of [
      undefined,
      'Bearer abc',
      `Bearer k8s-aws-v1.${url(`Action=GetCallerIdentity&${key}&X-Amz-SignedHeaders=host`)}`,
      `Bearer k8s-aws-v1.${url(`Action=AssumeRole&${key}&${bound}`)}`,
      `Bearer k8s-aws-v1.${url(`Action=GetCallerIdentity&${bound}`)}`,
    ]) {
      const answer = await asked(token);
      expect(answer.status, token).toBe(401);
      expect(await answer.json()).toMatchObject({ kind: 'Status', reason: 'Unauthorized', code: 401 });
    }
    const good = await asked(`Bearer k8s-aws-v1.${url(`Action=GetCallerIdentity&${key}&${bound}`)}`);
    expect(good.status).toBe(200);
  });
});

describe('faults', () => {
  it.each([
    ['throttled', 'TooManyRequests', 429],
    ['failed', 'InternalError', 500],
    ['denied', 'Forbidden', 403],
  ] as const)('are told as an API server tells them: %s', async (fault, reason, httpStatusCode) => {
    await using cluster = await openedCluster();
    const { core } = await cluster.api();
    addFaults(cluster.account, [{ service: 'kubernetes', operation: 'GetPod', fault }]);
    await expect(core.readNamespacedPod({ namespace, name: 'web-1' })).rejects.toMatchObject({
      name: reason,
      $metadata: { httpStatusCode },
    });
  });
});
