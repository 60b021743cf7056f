import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { clientOf } from '../client.ts';
import type { Layer } from './layer.ts';

const role = 'checkout-task-role';

export const limitedRole: Layer = {
  name: 'limited-role',
  title:
    'Credentials of a task role are used from outside of AWS, and the task goes on getting new ones: whoever has any may do no more than a boundary allows',
  finding:
    'GuardDuty `UnauthorizedAccess:IAMUser/ResourceCredentialExfiltration.OutsideAWS`, of a role that goes on giving credentials',
  sample: 'guardduty-task-role-exfiltrated',
  rule: 'role-limited',
  action: 'iam.limit-role',
  look: async (theatre) => {
    const { Role } = await new IAMClient(clientOf(theatre)).send(new GetRoleCommand({ RoleName: role }));
    return `permissions boundary of ${role}: ${Role?.PermissionsBoundary?.PermissionsBoundaryArn ?? 'none'}`;
  },
  outcome: 'contained',
  told: 'page',
};
