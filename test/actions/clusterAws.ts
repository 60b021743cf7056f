import type { Aws } from '../../shared/platform/sdk/aws.ts';
import { answeringAws } from './answeringAws.ts';

export interface Owner {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
}

/** The uid of what is here, and of what an owner names where it names it. */
const uidOf = (kind: string, name: string): string => `${kind}/${name}`;

/** As a controller writes it into what is its own. */
export const ownedBy = (kind: string, name: string): readonly [Owner] => [
  { apiVersion: 'apps/v1', kind, name, uid: uidOf(kind, name), controller: true },
];

/** What lies in a namespace, by name. Each may be an error, which is thrown. */
export interface InNamespace {
  readonly pods?: { readonly [name: string]: { readonly owners?: readonly Owner[] } | Error };
  readonly replicaSets?: { readonly [name: string]: readonly Owner[] | Error };
  readonly deployments?: { readonly [name: string]: object | Error };
  readonly statefulSets?: { readonly [name: string]: object | Error };
  /** Pages of the names that a list answers with, each with the label `app`: `web`, unless it says another. */
  readonly listed?: readonly (readonly string[])[];
  readonly labelled?: { readonly [pod: string]: string };
}

/** A refusal of the API, as it is thrown. */
export const refusedAs = (reason: string, httpStatusCode: number): Error =>
  Object.assign(new Error('refused'), { name: reason, $metadata: { httpStatusCode } });

/** A cluster's API that answers with this, and what it was asked. */
export function clusterAws(given: InNamespace): {
  readonly aws: Aws;
  readonly asked: readonly (readonly [string, object])[];
} {
  const asked: [string, object][] = [];
  const get =
    (call: string, of: { readonly [name: string]: unknown } | undefined, shown: (one: never, name: string) => object) =>
    async (param: { readonly name: string }): Promise<object> => {
      asked.push([call, param]);
      const one = of?.[param.name];
      if (one instanceof Error) throw one;
      if (one === undefined) throw refusedAs('NotFound', 404);
      return shown(one as never, param.name);
    };
  const owned = (owners: readonly Owner[] | undefined) => ({ metadata: { ownerReferences: owners } });
  const itself = (kind: string) => (one: { readonly metadata?: object }, name: string) => ({
    ...one,
    metadata: { uid: uidOf(kind, name), ...one.metadata },
  });
  const set = (owners: readonly Owner[], name: string) => itself('ReplicaSet')(owned(owners), name);
  const core = {
    readNamespacedPod: get('pod', given.pods, ({ owners }: { readonly owners?: readonly Owner[] }) => owned(owners)),
    listNamespacedPod: async (param: { readonly _continue?: string }) => {
      asked.push(['list', param]);
      const page = Number(param._continue ?? 0);
      const pages = given.listed ?? [[]];
      const items = (pages[page] ?? []).map((name) => ({
        metadata: { name, labels: { app: given.labelled?.[name] ?? 'web' } },
      }));
      return { items, metadata: page + 1 < pages.length ? { _continue: String(page + 1) } : {} };
    },
  };
  const patched = (call: string) => async (param: object) => {
    asked.push([call, param]);
    return {};
  };
  const apps = {
    readNamespacedReplicaSet: get('replicaSet', given.replicaSets, set),
    readNamespacedDeployment: get('deployment', given.deployments, itself('Deployment')),
    readNamespacedStatefulSet: get('statefulSet', given.statefulSets, itself('StatefulSet')),
    patchNamespacedDeploymentScale: patched('scale deployment'),
    patchNamespacedStatefulSetScale: patched('scale statefulSet'),
  };
  const { aws } = answeringAws({});
  return { aws: { ...aws, kubernetes: async () => ({ core, apps, mergePatch: {} }) as never }, asked };
}
