import type { Account } from '../../../sandbox/account.ts';
import { eksClusters } from '../../../sandbox/services/eks/state.ts';
import { clusterObjects } from '../../../sandbox/services/kubernetes/state.ts';
import { clusterGroup } from '../../../shared/actions/clusterRules.ts';
import { instanceThreat } from '../../system/instanceThreat.ts';
import { openedByAdministrator } from '../../system/kubernetes.ts';
import type { ActionCase } from '../actionCase.ts';

const cluster = 'cases-nodes';
const [id, other, third] = ['i-0ca5e50000000011a', 'i-0ca5e50000000012b', 'i-0ca5e50000000013c'] as const;

/** Of the role that a test of one action has, and of the responder's of the stage. */
const roles = ['step', ...['eu-central-1', 'us-east-1'].map((region) => `firebreak-dev-${region}-responder`)];

const nodesIn = (account: Account) =>
  [...clusterObjects(account)]
    .filter(([name]) => eksClusters(account).has(name))
    .flatMap(([, { nodes, pods }]) => [...nodes.values()].map((node) => ({ node, pods: [...pods.values()] })));

/** The name that the cluster has for an instance. */
const nodeOf = (account: Account, instance: string): string =>
  nodesIn(account).find(({ node }) => node.providerId.endsWith(instance))?.node.name ?? '';

/** A node of three asks for a pool of miners: two pods of a deployment run there, and one that is on every node. */
export const it: ActionCase = {
  action: 'eks.drain-node',
  world: (tags) => ({
    instances: [{ ec2InstanceId: id, tags }, { ec2InstanceId: other }, { ec2InstanceId: third }],
    eksClusters: [
      {
        name: cluster,
        accessEntries: roles.map((role) => ({ role, groups: [clusterGroup] })),
        nodes: [{ instance: id }, { instance: other }, { instance: third }],
        workloads: [{ namespace: 'cases', name: 'web', replicas: 4, minAvailable: 2, terminationSeconds: 10 }],
        pods: [id, other].map((node, at) => ({
          ...{ namespace: 'kube-system', name: `aws-node-${at}`, daemonSet: 'aws-node', node },
        })),
      },
    ],
  }),
  target: ({ account, region }) => ({
    ...{ kind: 'instance', id, account, region },
    arn: `arn:aws:ec2:${region}:${account}:instance/${id}`,
  }),
  finding: (stage) => instanceThreat(stage, id),
  when: ['source: [guardduty]', `resource: { kind: [instance], id: [${id}] }`, 'status: [open]'],
  truth: (account) =>
    Object.fromEntries(
      nodesIn(account).map(({ node }) => [
        `node ${node.providerId.split('/').at(-1)}`,
        node.unschedulable ? 'cordoned' : 'takes pods',
      ]),
    ),
  changes: { of: `node ${id}`, from: 'takes pods', to: 'cordoned' },
  byHand: async (stage) => {
    const { core, mergePatch } = await openedByAdministrator(stage, cluster);
    await core.patchNode({ name: nodeOf(stage.account, id), body: { spec: { unschedulable: false } } }, mergePatch);
  },
  elsewhere: {},
  pages: 1,
};
