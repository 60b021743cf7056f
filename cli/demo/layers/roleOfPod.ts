import { IAMClient, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { clientOf } from '../client.ts';
import type { Layer } from './layer.ts';

const role = 'checkout-pod-role';

export const roleOfPod: Layer = {
  name: 'role-of-pod',
  title: 'Somebody has a shell in a pod on EKS: what was issued of its role is refused once its workload is stopped',
  finding: 'GuardDuty `Execution:Runtime/ReverseShell`, on EKS',
  sample: 'guardduty-eks-reverse-shell',
  rule: 'pod-intruder',
  action: 'iam.revoke-role-sessions',
  look: async (theatre) => {
    const { PolicyNames: names = [] } = await new IAMClient(clientOf(theatre)).send(
      new ListRolePoliciesCommand({ RoleName: role }),
    );
    return `policies in ${role}: ${names.join(', ') || 'none'}`;
  },
  outcome: 'contained',
  told: 'page',
  undoneAfterHours: 13,
};
