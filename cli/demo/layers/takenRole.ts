import { policiesIn } from './inlinePolicies.ts';
import type { Layer } from './layer.ts';

export const takenRole: Layer = {
  name: 'taken-role',
  title: 'Credentials of a task role are used from outside of AWS: what was issued of them is refused',
  finding: 'GuardDuty `UnauthorizedAccess:IAMUser/ResourceCredentialExfiltration.OutsideAWS`',
  sample: 'guardduty-task-role-exfiltrated',
  rule: 'stolen-credentials',
  action: 'iam.revoke-role-sessions',
  look: (theatre) => policiesIn(theatre, 'checkout-task-role'),
  outcome: 'contained',
  told: 'page',
  undoneAfterHours: 13,
};
