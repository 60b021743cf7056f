import { policiesIn } from './inlinePolicies.ts';
import type { Layer } from './layer.ts';

export const roleOfPod: Layer = {
  name: 'role-of-pod',
  title: 'Somebody has a shell in a pod on EKS: what was issued of its role is refused once its workload is stopped',
  finding: 'GuardDuty `Execution:Runtime/ReverseShell`, on EKS',
  sample: 'guardduty-eks-reverse-shell',
  rule: 'pod-intruder',
  action: 'iam.revoke-role-sessions',
  look: (theatre) => policiesIn(theatre, 'checkout-pod-role'),
  outcome: 'contained',
  told: 'page',
  undoneAfterHours: 13,
};
