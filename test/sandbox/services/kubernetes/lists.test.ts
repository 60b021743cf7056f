import { describe, expect, it } from 'vitest';
import { containerIdOf } from '../../../../sandbox/services/kubernetes/state.ts';
import { openedCluster } from './ground.ts';

const digest = `sha256:${'7'.repeat(64)}`;
const archived = `sha256:${'8'.repeat(64)}`;
const registry = '123456789012.dkr.ecr.us-east-1.amazonaws.com';
const repositories = [
  {
    name: 'shop/web',
    images: [
      { digest, tags: ['prod'] },
      { digest: archived, tags: ['old'], storageClass: 'ARCHIVE' },
    ],
  },
];
const template = (image: string) => ({ spec: { template: { spec: { containers: [{ image }] } } } });

describe('lists of a cluster', () => {
  it('shows workloads of all namespaces with their templates', async () => {
    await using at = await openedCluster({
      cronJobs: [{ namespace: 'shop', name: 'report', image: `${registry}/shop/web:prod`, suspend: true }],
      pods: [
        { namespace: 'kube-system', name: 'agent-a', daemonSet: 'agent', image: 'agent:1' },
        { namespace: 'kube-system', name: 'agent-b', daemonSet: 'agent', image: 'agent:1' },
      ],
    });
    const { apps, batch } = await at.api('responder');
    const deployments = await apps.listDeploymentForAllNamespaces({ limit: 1 });
    expect(deployments.items).toMatchObject([
      { metadata: { namespace: 'shop', name: 'web' }, ...template('public.ecr.aws/nginx/nginx:1.27') },
    ]);
    const next = await apps.listDeploymentForAllNamespaces({ _continue: deployments.metadata?._continue ?? '' });
    expect(next.items).toMatchObject([{ metadata: { namespace: 'other', name: 'web' } }]);
    expect((await apps.listStatefulSetForAllNamespaces()).items).toMatchObject([{ metadata: { name: 'db' } }]);
    expect((await apps.listDaemonSetForAllNamespaces()).items).toMatchObject([
      { metadata: { namespace: 'kube-system', name: 'agent' }, ...template('agent:1') },
    ]);
    expect((await batch.listCronJobForAllNamespaces()).items).toMatchObject([
      { metadata: { name: 'report' }, spec: { suspend: true, jobTemplate: template(`${registry}/shop/web:prod`) } },
    ]);
  });

  it('shows of a pod what its kubelet has pulled, by which id its container runs, and its address', async () => {
    const more = { pods: [{ namespace: 'shop', name: 'debug', image: `${registry}/shop/web:prod` }] };
    await using at = await openedCluster(more, { repositories });
    const { core } = await at.api('responder');
    const { items } = await core.listPodForAllNamespaces();
    const debug = items.find(({ metadata }) => metadata?.name === 'debug');
    expect(debug?.status?.containerStatuses).toMatchObject([
      {
        imageID: `${registry}/shop/web@${digest}`,
        containerID: `containerd://${containerIdOf({ uid: debug?.metadata?.uid ?? '' })}`,
      },
    ]);
    const addresses = items.map(({ status }) => status?.podIP);
    expect(new Set(addresses).size).toBe(items.length);
    expect(debug?.status).toMatchObject({ podIPs: [{ ip: debug?.status?.podIP }], startTime: expect.any(Date) });
    const ids = items.flatMap(({ status }) => status?.containerStatuses?.map(({ containerID }) => containerID) ?? []);
    expect(new Set(ids).size).toBe(items.length);
  });

  it('leaves a pod Pending whose image cannot be pulled', async () => {
    const workloads = [{ namespace: 'shop', name: 'web', image: `${registry}/shop/web:old`, podNames: ['web-1'] }];
    await using at = await openedCluster({ workloads }, { repositories });
    const { core, apps, mergePatch } = await at.api('responder');
    const patch = { namespace: 'shop', name: 'web', body: { spec: { replicas: 2 } } };
    await apps.patchNamespacedDeploymentScale(patch, mergePatch);
    await at.pass(30);
    const { items } = await core.listPodForAllNamespaces();
    const second = items.find(
      ({ metadata, spec }) => metadata?.name !== 'web-1' && spec?.containers[0]?.image?.includes(':old'),
    );
    expect(second?.status).toEqual({ phase: 'Pending', startTime: expect.any(Date) });
  });

  it('lets nobody list who is in no group of the manifest', async () => {
    await using at = await openedCluster();
    const { batch } = await at.api('guest');
    await expect(batch.listCronJobForAllNamespaces()).rejects.toMatchObject({ name: 'Forbidden' });
  });
});
