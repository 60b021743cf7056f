import { eksClusters } from '../../../sandbox/services/eks/state.ts';
import { clusterObjects, replicaSetName } from '../../../sandbox/services/kubernetes/state.ts';
import { clusterGroup } from '../../../shared/actions/clusterRules.ts';
import { openedByAdministrator } from '../../system/kubernetes.ts';
import { podThreat } from '../../system/podThreat.ts';
import type { ActionCase } from '../actionCase.ts';

const cluster = 'cases-eks';
const namespace = 'cases';
const image = 'public.ecr.aws/nginx/nginx:1.27';
const pod = `${replicaSetName({ name: 'web', image })}-x2k4q`;

/** Of the role that a test of one action has, and of the responder's of the stage. */
const roles = ['step', ...['eu-central-1', 'us-east-1'].map((region) => `firebreak-dev-${region}-responder`)];

/** Somebody has opened a reverse shell in one of two pods of a deployment. */
export const it: ActionCase = {
  action: 'eks.scale-workload',
  world: (tags) => ({
    eksClusters: [
      {
        name: cluster,
        accessEntries: roles.map((role) => ({ role, groups: [clusterGroup] })),
        workloads: [
          { namespace, name: 'web', image, replicas: 2, podNames: [pod], annotations: annotated(tags) },
          // Its name begins with that of the target.
          { namespace, name: 'web-admin', replicas: 1 },
          { namespace: 'cases-of-another', name: 'web', replicas: 1 },
        ],
      },
    ],
  }),
  otherWorld: (tags) => ({
    eksClusters: [
      {
        name: cluster,
        accessEntries: roles.map((role) => ({ role, groups: [clusterGroup] })),
        workloads: [
          {
            kind: 'StatefulSet',
            namespace,
            name: 'web',
            image,
            replicas: 2,
            podNames: [pod],
            annotations: annotated(tags),
          },
        ],
      },
    ],
  }),
  target: ({ account, region }) => ({
    kind: 'pod',
    id: `${cluster}/${namespace}/${pod}`,
    arn: `arn:aws:eks:${region}:${account}:cluster/${cluster}`,
    ...{ cluster, namespace, account, region },
    workload: `pods/${pod}`,
    serviceAccount: null,
  }),
  finding: (stage) => podThreat(stage, { cluster, namespace, pod }),
  when: ['source: [guardduty]', 'resource: { kind: [pod] }', 'status: [open]'],
  truth: (account) =>
    Object.fromEntries(
      [...clusterObjects(account)]
        .filter(([name]) => eksClusters(account).has(name))
        .flatMap(([, { workloads }]) => [...workloads.values()])
        .map(({ namespace: where, name, replicas }) => [`replicas of ${where}/${name}`, String(replicas)]),
    ),
  changes: { of: `replicas of ${namespace}/web`, from: '2', to: '0' },
  byHand: async (stage) => {
    const { apps, mergePatch } = await openedByAdministrator(stage, cluster);
    await apps.patchNamespacedDeploymentScale({ namespace, name: 'web', body: { spec: { replicas: 2 } } }, mergePatch);
  },
  elsewhere: {},
  pages: 1,
};

/** What tags say of other targets a workload's annotations say. */
const annotated = (tags: { readonly [name: string]: string }) =>
  Object.fromEntries(Object.entries(tags).map(([name, value]) => [name.replace(':', '/'), value]));
