import type { Target } from '../../shared/actions/contract.ts';
import type { Aws } from '../../shared/platform/sdk/aws.ts';
import { answeringAws } from './answeringAws.ts';
import { refusedAs } from './clusterAws.ts';

export const host = 'i-0a1b2c3d4e5f60718';
export const other = 'i-0a1b2c3d4e5f60719';
export const target: Target<'instance'> = {
  ...{ kind: 'instance', id: host, account: '123456789012', region: 'eu-central-1' },
  arn: `arn:aws:ec2:eu-central-1:123456789012:instance/${host}`,
};
export const chosen = { cluster: 'prod', node: 'node-a', uid: 'uid-a' };

/** A node as the API shows it: ready, and it takes pods. */
export const node = (
  name: string,
  instance: string,
  of: { spec?: object; metadata?: object; ready?: string } = {},
) => ({
  metadata: { name, uid: name.replace('node', 'uid'), resourceVersion: '7', ...of.metadata },
  spec: { providerID: `aws:///eu-central-1a/${instance}`, ...of.spec },
  status: { conditions: [{ type: 'Ready', status: of.ready ?? 'True' }] },
});

/** A pod as the API shows it: of a replica set, and it runs. */
export const pod = (
  name: string,
  of: { owner?: string | null; api?: string; metadata?: object; spec?: object; phase?: string } = {},
) => ({
  metadata: {
    ...{ name, namespace: 'shop', uid: `uid of ${name}` },
    ownerReferences:
      of.owner === null ? [] : [{ apiVersion: of.api ?? 'apps/v1', kind: of.owner ?? 'ReplicaSet', controller: true }],
    ...of.metadata,
  },
  spec: { volumes: [], ...of.spec },
  status: { phase: of.phase ?? 'Running' },
});

export interface InCluster {
  readonly tags?: { readonly [name: string]: string };
  /** Pages of the list. */
  readonly nodes?: readonly (readonly ReturnType<typeof node>[])[];
  readonly pods?: readonly (readonly ReturnType<typeof pod>[])[];
  /** What an eviction of a pod is refused with. */
  readonly refused?: { readonly [pod: string]: Error };
  readonly patching?: Error;
}

export const twoNodes = [[node('node-a', host), node('node-b', other)]];

/** An instance and the cluster that it is a node of, and what that was asked. */
export function nodeAws(given: InCluster): {
  readonly aws: Aws;
  readonly asked: readonly (readonly [string, object])[];
} {
  const asked: [string, object][] = [];
  const { nodes = twoNodes, pods = [[]], tags = { 'aws:eks:cluster-name': 'prod' } } = given;
  const paged =
    (call: string, pages: readonly (readonly object[])[]) => async (param: { readonly _continue?: string }) => {
      asked.push([call, param]);
      const at = Number(param._continue ?? 0);
      return { items: pages[at] ?? [], metadata: at + 1 < pages.length ? { _continue: String(at + 1) } : {} };
    };
  const core = {
    listNode: paged('list nodes', nodes),
    listPodForAllNamespaces: paged('list pods', pods),
    readNode: async (param: { readonly name: string }) => {
      const found = nodes.flat().find(({ metadata }) => metadata.name === param.name);
      if (found === undefined) throw refusedAs('NotFound', 404);
      return found;
    },
    patchNode: async (param: object) => {
      asked.push(['patch node', param]);
      if (given.patching !== undefined) throw given.patching;
      return {};
    },
    createNamespacedPodEviction: async (param: { readonly name: string }) => {
      asked.push(['evict', param]);
      const refusal = given.refused?.[param.name];
      if (refusal !== undefined) throw refusal;
      return {};
    },
  };
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const instance = { InstanceId: host, State: { Name: 'running' }, Tags };
  const { aws } = answeringAws({ DescribeInstances: () => ({ Reservations: [{ Instances: [instance] }] }) });
  return { aws: { ...aws, kubernetes: async () => ({ core, mergePatch: {} }) as never }, asked };
}

/** The names of the pods that were asked to end. */
export const evicted = (asked: readonly (readonly [string, object])[]): readonly string[] =>
  asked.flatMap(([call, param]) => (call === 'evict' ? [(param as { readonly name: string }).name] : []));
