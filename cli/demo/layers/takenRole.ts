import { IAMClient, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { clientOf } from '../client.ts';
import type { Layer } from './layer.ts';

const role = 'checkout-task-role';

export const takenRole: Layer = {
  name: 'taken-role',
  title: 'Credentials of a task role are used from outside of AWS: what was issued of them is refused',
  finding: 'GuardDuty `UnauthorizedAccess:IAMUser/ResourceCredentialExfiltration.OutsideAWS`',
  sample: 'guardduty-task-role-exfiltrated',
  rule: 'stolen-credentials',
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
