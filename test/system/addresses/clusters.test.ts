import { expect, it } from 'vitest';
import { worldSchema } from '../../../sandbox/world/schema.ts';
import { openedByAdministrator } from '../kubernetes.ts';
import { openStage } from '../stage.ts';
import { foreignIn } from './foreign.ts';

const own = { account: '210987654321', region: 'eu-central-1' };
const namespace = 'shop';

it('the API of a cluster names nothing of another account or Region', async () => {
  const ec2InstanceId = 'i-0e5a0d1c2b3a49583';
  const nodes = [{ instance: ec2InstanceId }];
  const workloads = [
    { namespace, name: 'web', replicas: 2, serviceAccount: 'web' },
    { kind: 'StatefulSet', namespace, name: 'queue' },
  ];
  const serviceAccounts = [{ namespace, name: 'web', role: 'web' }];
  const world = worldSchema.parse({
    ...own,
    instances: [{ ec2InstanceId }],
    eksClusters: [{ name: 'shop-eks', nodes, workloads, serviceAccounts }],
  });
  await using stage = await openStage({ world });
  const { core, apps } = await openedByAdministrator(stage, 'shop-eks');
  const { items } = await core.listNamespacedPod({ namespace });
  expect(items).toHaveLength(3);
  const [pod] = items;
  const shown = await Promise.all([
    core.readNamespacedPod({ namespace, name: pod?.metadata?.name ?? '' }),
    core.readNamespacedPodLog({ namespace, name: pod?.metadata?.name ?? '' }),
    core.readNamespacedServiceAccount({ namespace, name: 'web' }),
    apps.readNamespacedReplicaSet({ namespace, name: pod?.metadata?.ownerReferences?.[0]?.name ?? '' }),
    apps.readNamespacedDeployment({ namespace, name: 'web' }),
    apps.readNamespacedStatefulSet({ namespace, name: 'queue' }),
    core.listPodForAllNamespaces({ limit: 2 }),
    core.listNode(),
    core.readNode({ name: pod?.spec?.nodeName ?? '' }),
  ]);
  const text = JSON.stringify([items, shown]);
  expect(text).toContain('eu-central-1.compute.internal');
  expect(foreignIn(text, { ...own, endpoint: stage.account.endpoint })).toEqual([]);
});
