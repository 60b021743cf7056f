import type { AccusedPod } from '../../shared/account/accused.ts';
import { noAccusation } from '../../shared/actions/accusation.ts';
import { podPath } from '../../shared/actions/targets/podTarget.ts';
import type { Answers } from './answeringAws.ts';
import { contextOf, type Given, trust, trusts } from './roleWorld.ts';

export const cluster = 'shop-eks';
const issuer = 'oidc.eks.eu-central-1.amazonaws.com/id/0123ABCD';
export const byPods = trusts({ Service: 'pods.eks.amazonaws.com' });
/** A statement that lets in these service accounts of a cluster by their tokens. */
export const byToken = (sub: string | readonly string[] | undefined, of = issuer, operator = 'StringEquals') => ({
  ...trusts({ Federated: `arn:aws:iam::123456789012:oidc-provider/${of}` }),
  ...(sub === undefined ? {} : { Condition: { [operator]: { [`${of}:sub`]: sub } } }),
});
export const accusedPod = (name = 'web-1', serviceAccount = 'web'): AccusedPod => ({
  ...{ cluster, namespace: 'shop', serviceAccount },
  workload: `pods/${name}`,
});
export const accusing = (...pods: readonly AccusedPod[]) => ({ ...noAccusation, cause: 'intrusion' as const, pods });
export const path = (name: string): string =>
  podPath(`arn:aws:eks:eu-central-1:123456789012:cluster/${cluster}`, 'shop', name);

/** Pods of the namespace `shop`, as a cluster lists them. */
export interface Listed {
  readonly name: string;
  readonly account?: string;
  readonly owner?: string;
  readonly phase?: string;
}

type Association = { readonly [field: string]: string };

/** Clusters with these associations, two to a page, whose API lists these pods, or refuses. */
export function podContext(
  pods: readonly Listed[] | Error,
  {
    associations = [],
    statements = [byPods],
    ...given
  }: Given & {
    readonly associations?: readonly Association[];
    readonly statements?: readonly object[];
  } = {},
) {
  const paged = <T>(all: readonly T[], token: string | undefined) => {
    const from = Number(token ?? 0);
    const nextToken = from + 2 < all.length ? { nextToken: String(from + 2) } : {};
    return { items: all.slice(from, from + 2), ...nextToken };
  };
  const more: Answers = {
    GetRole: () => ({ Role: { AssumeRolePolicyDocument: trust(...statements) } }),
    ListTasks: () => ({ taskArns: [] }),
    ListServices: () => ({ serviceArns: [] }),
    ListClusters: (({ nextToken }: { readonly nextToken?: string }) => {
      const { items, ...next } = paged(['a-eks', 'b-eks', cluster], nextToken);
      return { clusters: items, clusterArns: [], ...next };
    }) as never,
    DescribeCluster: (({ name }: { readonly name: string }) => ({
      cluster: name === cluster ? { identity: { oidc: { issuer: `https://${issuer}` } } } : {},
    })) as never,
    ListPodIdentityAssociations: (({
      clusterName,
      nextToken,
    }: {
      readonly clusterName: string;
      readonly nextToken?: string;
    }) => {
      const { items, ...next } = paged(clusterName === cluster ? associations : [], nextToken);
      return { associations: items, ...next };
    }) as never,
    DescribePodIdentityAssociation: (({ associationId }: { readonly associationId: string }) => ({
      association: associations.find((one) => one['associationId'] === associationId),
    })) as never,
    ...given.more,
  };
  const made = contextOf({ ...given, more });
  const asked: object[] = [];
  const listNamespacedPod = async (param: object) => {
    asked.push(param);
    if (pods instanceof Error) throw pods;
    const items = pods.map(({ name, account = 'web', owner, phase = 'Running' }) => ({
      metadata: {
        name,
        ...(owner === undefined ? {} : { ownerReferences: [{ kind: 'ReplicaSet', name: owner, controller: true }] }),
      },
      spec: { serviceAccountName: account },
      status: { phase },
    }));
    return { items, metadata: {} };
  };
  const kubernetes = async () => ({ core: { listNamespacedPod } }) as never;
  return { ...made, asked, context: { ...made.context, aws: { ...made.context.aws, kubernetes } } };
}
