import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { clusterObjects } from '../../sandbox/services/kubernetes/state.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import { clusterGroup } from '../../shared/actions/clusterRules.ts';
import { openedByAdministrator } from './kubernetes.ts';
import { openStage, type Stage } from './stage.ts';

/** The example, without asking anybody: who is asked, and what becomes of it, other tests say. */
const rule = readFileSync(new URL('../../examples/rules/node-patched.yaml', import.meta.url), 'utf8').replace(
  /^approval:.*\n/m,
  '',
);
const event = readFileSync(new URL('../../events/ssm-patch.json', import.meta.url), 'utf8');
const [host, second, third] = ['i-0ab12cd34ef567890', 'i-0ab12cd34ef567891', 'i-0ab12cd34ef567892'] as const;
const cluster = 'prod-eks';
const keyOf = (instance: string) => `instance/123456789012/us-east-1/${instance}`;
const incident = keyOf(host);

interface Given {
  readonly nodes?: readonly object[];
  readonly workload?: object;
  readonly pods?: readonly object[];
  readonly text?: string;
  readonly of?: readonly string[];
}

/** Systems Manager finds that nodes of a cluster lack a patch. */
async function found({
  nodes = [{ instance: host }, { instance: second }, { instance: third }],
  workload = {},
  pods = [],
  text = rule,
  of = [host],
}: Given = {}): Promise<Stage> {
  const ssm = { patches: [{ id: 'kernel.x86_64' }] };
  const world = worldSchema.parse({
    instances: [host, second, third].map((ec2InstanceId) => ({ ec2InstanceId, ssm })),
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
  const stage = await openStage({ world, rules: { 'node-patched': text } });
  const time = `${new Date(stage.sandbox.clock.now()).toISOString().slice(0, 19)}Z`;
  for (const [at, instance] of of.entries()) {
    const one = JSON.parse(event.replaceAll(host, instance));
    stage.deliver({ ...one, time, id: `7e4b2d81-3c5f-4f9b-ad72-00000000010${at}` });
  }
  await stage.settle();
  return stage;
}

const objects = ({ account }: Stage) => {
  const its = clusterObjects(account).get(cluster);
  if (its === undefined) throw new Error('there is no such cluster');
  return its;
};
const nodeOf = (stage: Stage, instance: string) => {
  const node = [...objects(stage).nodes.values()].find(({ providerId }) => providerId.endsWith(`/${instance}`));
  if (node === undefined) throw new Error('there is no such node');
  return node;
};
const podsOn = (stage: Stage, instance: string) =>
  [...objects(stage).pods.values()].filter(({ node }) => node === nodeOf(stage, instance).name).map(({ name }) => name);
const called = ({ account }: Stage, call: string) => account.trail.filter(({ action }) => action === call);
const bodies = (stage: Stage) =>
  stage
    .told()
    .map(({ body }) => body)
    .join('\n');

describe('a node that lacks patches', () => {
  it('is cordoned and emptied before it is patched; an undo lets it take pods, which do not come back', async () => {
    await using stage = await found();
    expect(nodeOf(stage, host).unschedulable).toBe(true);
    expect(podsOn(stage, host)).toEqual(['aws-node-1']);
    expect([...objects(stage).pods.values()].filter(({ phase }) => phase === 'Running')).toHaveLength(3);
    const actions = stage.account.trail.map(({ action }) => action);
    const at = (call: string) => actions.indexOf(call);
    expect(at('kubernetes:PatchNode')).toBeLessThan(at('kubernetes:CreatePodEviction'));
    expect(at('kubernetes:CreatePodEviction')).toBeLessThan(at('ssm:SendCommand'));
    expect(bodies(stage)).toContain('no pod is left on it but 1 pod of daemon sets');
    expect(await stage.undo(incident)).toMatchObject({ kind: 'opened' });
    await stage.settle();
    expect(nodeOf(stage, host).unschedulable).toBe(false);
    expect(podsOn(stage, host)).toEqual(['aws-node-1']);
  });

  it('whose pods have to be left by their budget is told as not drained, loses none of them, and is not patched', async () => {
    await using stage = await found({ workload: { minAvailable: 2 } });
    expect(called(stage, 'kubernetes:CreatePodEviction').length).toBeGreaterThan(1);
    expect([...objects(stage).pods.values()].filter(({ endingSince }) => endingSince !== undefined)).toEqual([]);
    expect(podsOn(stage, host)).toHaveLength(2);
    expect(called(stage, 'ssm:SendCommand')).toEqual([]);
    expect(bodies(stage)).toContain('evict them once their disruption budgets allow it');
    expect(bodies(stage)).toContain('is cordoned, and not empty');
  });

  it('is waited for while a budget lets its pods go one after the other', async () => {
    await using stage = await found({ workload: { replicas: 4, minAvailable: 3 } });
    expect(called(stage, 'kubernetes:CreatePodEviction').length).toBeGreaterThan(2);
    expect(podsOn(stage, host)).toEqual(['aws-node-1']);
    expect(called(stage, 'ssm:SendCommand')).toHaveLength(1);
  });

  it('is left where too few others would take pods, as the rule bounds it', async () => {
    const repels = [{ key: 'batch', effect: 'NoSchedule' }];
    await using stage = await found({
      nodes: [{ instance: host }, { instance: second, taints: repels }, { instance: third }],
    });
    expect(nodeOf(stage, host).unschedulable).toBe(false);
    expect(bodies(stage)).toContain('minHealthyPercent');
  });

  it.each([
    [
      'has a pod that nothing would start again',
      { pods: [{ namespace: 'shop', name: 'alone', node: host }] },
      'nothing would start shop/alone again',
    ],
    [
      'keeps what its pods write',
      { workload: { emptyDir: true } },
      'a rule that may lose it says deleteEmptyDirData: true',
    ],
    [
      'is the last that takes pods',
      { nodes: [{ instance: host }, { instance: second, unschedulable: true }] },
      'no other node is Ready and takes pods',
    ],
    [
      'does not answer',
      { nodes: [{ instance: host, ready: false }, { instance: second }] },
      'its kubelet does not answer',
    ],
    [
      'is protected',
      {
        nodes: [
          { instance: host, annotations: { 'firebreak/protected': 'yes' } },
          { instance: second },
          { instance: third },
        ],
      },
      'protected',
    ],
  ])('and %s is left as it is, unpatched, with the reason', async (_what, given, reason) => {
    await using stage = await found(given);
    expect(nodeOf(stage, host).unschedulable).toBe(false);
    expect(called(stage, 'kubernetes:CreatePodEviction')).toEqual([]);
    expect(called(stage, 'ssm:SendCommand')).toEqual([]);
    expect(bodies(stage)).toContain(reason);
  });

  it('may lose what its pods keep there where the rule says so', async () => {
    const text = rule.replace('- eks.drain-node', '- eks.drain-node: { deleteEmptyDirData: true }');
    await using stage = await found({ workload: { emptyDir: true }, text });
    expect(podsOn(stage, host)).toEqual(['aws-node-1']);
  });

  it('and another of its cluster are never drained at a time', async () => {
    await using stage = await found({ of: [host, second] });
    const cordons = called(stage, 'kubernetes:PatchNode');
    const commands = called(stage, 'ssm:SendCommand');
    expect(cordons.length).toBeGreaterThan(0);
    const actions = stage.account.trail
      .map(({ action }) => action)
      .filter((action) => /PatchNode|SendCommand/.test(action));
    expect(actions.slice(0, 2)).toEqual(['kubernetes:PatchNode', 'ssm:SendCommand']);
    expect(commands.length).toBeGreaterThan(0);
  });

  it('that somebody uncordons is not undone over them, and what they did is told', async () => {
    await using stage = await found();
    const { core, mergePatch } = await openedByAdministrator(stage, cluster);
    await core.patchNode({ name: nodeOf(stage, host).name, body: { spec: { unschedulable: false } } }, mergePatch);
    const before = called(stage, 'kubernetes:PatchNode').length;
    await stage.undo(incident);
    await stage.settle();
    expect(called(stage, 'kubernetes:PatchNode')).toHaveLength(before);
    expect(nodeOf(stage, host).unschedulable).toBe(false);
  });
});
