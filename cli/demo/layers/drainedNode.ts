import { openCluster } from '../../../shared/platform/sdk/kubernetes.ts';
import { clientOf } from '../client.ts';
import type { Theatre } from '../theatre.ts';
import type { Layer } from './layer.ts';

const [cluster, host] = ['prod-eks', 'i-0e5a0d1c2b3a49581'] as const;

/** What the cluster itself says of the node that the host is, to its administrator. */
async function look(theatre: Theatre): Promise<string> {
  const { core } = await openCluster(clientOf(theatre), cluster);
  const node = (await core.listNode()).items.find(({ spec }) => spec?.providerID?.endsWith(`/${host}`));
  const name = node?.metadata?.name ?? '';
  const { items } = await core.listPodForAllNamespaces({ fieldSelector: `spec.nodeName=${name}` });
  const of = (kind: boolean) =>
    items.filter(({ metadata }) => metadata?.ownerReferences?.some((one) => one.kind === 'DaemonSet') === kind).length;
  const takes = node?.spec?.unschedulable === true ? 'is cordoned' : 'takes pods';
  return `node ${name} ${takes}: ${of(false)} pods of workloads, ${of(true)} of daemon sets`;
}

export const drainedNode: Layer = {
  name: 'drained-node',
  title: 'An EKS node lacks patches: it is cordoned, its pods are evicted as their budgets allow, then it is patched',
  finding: 'Systems Manager `PatchCompliance`, of an EKS node',
  sample: 'ssm-patch',
  named: () => ({ 'i-0ab12cd34ef567890': host }),
  rule: 'node-patched',
  action: 'eks.drain-node',
  look,
  outcome: 'contained',
  foundFixed: true,
  asked: 'notice',
  told: 'digest',
  // Pods that were evicted run elsewhere.
  staysAs: /takes pods: 0 pods of workloads, 1 of daemon sets$/,
};
