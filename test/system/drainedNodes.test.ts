import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { clusterObjects } from '../../sandbox/services/kubernetes/state.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import { clusterGroup } from '../../shared/actions/clusterRules.ts';
import { openStage, type Stage } from './stage.ts';

const rule = readFileSync(new URL('../../examples/rules/node-patched.yaml', import.meta.url), 'utf8');
const event = readFileSync(new URL('../../events/ssm-patch.json', import.meta.url), 'utf8');
const [host, second] = ['i-0ab12cd34ef567890', 'i-0ab12cd34ef567891'] as const;
const cluster = 'prod-eks';
const incident = `instance/123456789012/us-east-1/${host}`;

interface Given {
  readonly nodes?: readonly object[];
  readonly workload?: object;
  readonly pods?: readonly object[];
}

/** Systems Manager finds that a node of a cluster lacks a patch. */
async function found({ nodes = [{ instance: host }, { instance: second }], workload = {}, pods = [] }: Given = {}) {
  const world = worldSchema.parse({
    instances: [{ ec2InstanceId: host, ssm: { patches: [{ id: 'kernel.x86_64' }] } }, { ec2InstanceId: second }],
    eksClusters: [
      {
        name: cluster,
        accessEntries: [{ role: 'firebreak-dev-us-east-1-responder', groups: [clusterGroup] }],
        nodes,
        workloads: [{ namespace: 'shop', name: 'web', replicas: 2, ...workload }],
        pods: [{ namespace: 'kube-system', name: 'aws-node-1', daemonSet: 'aws-node', node: host }, ...pods],
      },
    ],
  });
  const stage = await openStage({ world, rules: { 'node-patched': rule } });
  const time = `${new Date(stage.sandbox.clock.now()).toISOString().slice(0, 19)}Z`;
  stage.deliver({ ...JSON.parse(event), time });
  await stage.settle();
  return stage;
}

describe('dbg', () => {
  it('x', async () => {
    await using stage = await found();
    console.log(JSON.stringify(stage.heads(), null, 1), JSON.stringify(stage.told(), null, 1));
    console.log(clusterObjects(stage.account).get(cluster)?.pods);
  });
});
