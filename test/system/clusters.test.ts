import { describe, expect, it } from 'vitest';
import { clusterObjects } from '../../sandbox/services/kubernetes/state.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import { clusterGroup } from '../../shared/actions/clusterRules.ts';
import { openedByAdministrator } from './kubernetes.ts';
import { podThreat } from './podThreat.ts';
import { openStage, type Stage } from './stage.ts';

const [cluster, namespace] = ['prod-eks', 'payments'];
const pods = ['checkout-5c9f', 'checkout-7d2a'];
const workload = { namespace, name: 'checkout', replicas: 2, podNames: pods };
const letIn = [{ role: 'firebreak-dev-us-east-1-responder', groups: [clusterGroup] }];

const stopping = [
  'name: stopping',
  'order: 40',
  'when:',
  '  source: [guardduty]',
  '  resource: { kind: [pod] }',
  'do:',
  '  - eks.scale-workload',
  'mode: enforce',
  '',
].join('\n');

const node = 'i-0b0d5e50000000021';
const opened = (of: object) => {
  const eksClusters = [{ name: cluster, accessEntries: letIn, workloads: [workload], ...of }];
  const instances = [{ ec2InstanceId: node }];
  return openStage({ world: worldSchema.parse({ instances, eksClusters }), rules: { stopping } });
};

async function found(stage: Stage, ...named: readonly string[]): Promise<void> {
  for (const [at, pod] of named.entries()) {
    stage.deliver(podThreat(stage, { cluster, namespace, pod }, `${at}ec1a2b3c4d5e6f708192a3b4c5d6e7f`));
  }
  await stage.settle();
  await stage.pass(600);
}
const pages = (stage: Stage) => stage.told().filter(({ tier }) => tier === 'page');
const running = ({ account }: Stage) => clusterObjects(account).get(cluster)?.pods.size;
const scalings = ({ account }: Stage) =>
  account.trail.filter(({ action }) => action === 'kubernetes:PatchDeploymentScale').map(({ principal }) => principal);

describe('a pod that somebody is in', () => {
  it.each([
    ['has no entry for Firebreak', { accessEntries: [] }, 'access denied (Unauthorized)'],
    ['gives it no role', { accessEntries: [{ ...letIn[0], groups: ['viewers'] }] }, 'access denied (Forbidden)'],
    [
      'is reached from its VPC alone',
      { publicEndpoint: false },
      'can be reached from its VPC alone, and Firebreak runs in none',
    ],
  ])('of a cluster that %s is left, and somebody is woken with that reason', async (_why, of, reason) => {
    await using stage = await opened(of);
    await found(stage, 'checkout-5c9f');
    expect(running(stage)).toBe(2);
    expect(pages(stage)).toHaveLength(1);
    expect(pages(stage)[0]?.body).toContain(reason);
    expect(stage.heads()).toMatchObject([{ outcome: 'held' }]);
  });

  it('and another of the same workload are one containment, whichever comes first, undone once nobody needs it', async () => {
    await using stage = await opened({});
    await found(stage, ...pods);
    expect(running(stage)).toBe(0);
    expect(scalings(stage)).toHaveLength(1);
    const [first, second] = stage.heads().map(({ incident }) => incident);
    await stage.undo(first ?? '');
    await stage.settle();
    expect(running(stage)).toBe(0);
    await stage.undo(second ?? '');
    await stage.settle();
    await stage.pass(60);
    expect(running(stage)).toBe(2);
  });

  it('whose workload finds no node after an undo is told as undone, below its count', async () => {
    await using stage = await opened({ nodes: [{ instance: node }] });
    await found(stage, 'checkout-5c9f');
    expect(running(stage)).toBe(0);
    expect(pages(stage)[0]?.body).toContain(
      'payments/deployments/checkout of the cluster prod-eks serves nobody until firebreak undo or firebreak release.',
    );
    for (const one of clusterObjects(stage.account).get(cluster)?.nodes.values() ?? []) one.unschedulable = true;
    await stage.undo(stage.heads()[0]?.incident ?? '');
    await stage.pass(1200);
    const { subject, body } = stage.told().at(-1) ?? {};
    expect(subject).toContain('undone, below its count');
    expect(body).toContain('deployments/checkout is to have 2 pods, and 0 of them are ready');
    expect(body).toContain('is below its count: 0 of 2 pods are ready');
  });

  it('whose workload is raised again while it is stopped is told as not contained', async () => {
    await using stage = await opened({ workloads: [{ ...workload, terminationSeconds: 120 }] });
    stage.deliver(podThreat(stage, { cluster, namespace, pod: 'checkout-5c9f' }));
    await stage.pass(20);
    expect(scalings(stage)).toHaveLength(1);
    const { apps, mergePatch } = await openedByAdministrator(stage, cluster);
    const body = { spec: { replicas: 2 } };
    await apps.patchNamespacedDeploymentScale({ namespace, name: 'checkout', body }, mergePatch);
    await stage.pass(3600);
    expect(pages(stage).map(({ subject }) => subject)).toEqual([expect.stringContaining('NOT contained')]);
    expect(pages(stage)[0]?.body).toContain('deployments/checkout is to have 2 pods');
  });
});
