import { openCluster } from '../../../shared/platform/sdk/kubernetes.ts';
import { clientOf } from '../client.ts';
import type { Theatre } from '../theatre.ts';
import type { Layer } from './layer.ts';

const [cluster, namespace, name] = ['prod-eks', 'payments', 'checkout'];

/** What the cluster itself says, to its administrator. */
async function look(theatre: Theatre): Promise<string> {
  const { apps } = await openCluster(clientOf(theatre), cluster);
  const { spec, status } = await apps.readNamespacedDeployment({ namespace, name });
  return `deployment ${name} is to have ${spec?.replicas} pods, and ${status?.replicas} run`;
}

export const shellInPod: Layer = {
  name: 'shell-in-pod',
  title: 'Somebody has a shell in a pod on EKS: its workload is stopped',
  finding: 'GuardDuty `Execution:Runtime/ReverseShell`, on EKS',
  sample: 'guardduty-eks-reverse-shell',
  rule: 'threat-pod',
  action: 'eks.scale-workload',
  look,
  outcome: 'contained',
  told: 'page',
};
