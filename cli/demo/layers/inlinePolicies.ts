import { IAMClient, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { clientOf } from '../client.ts';
import type { Theatre } from '../theatre.ts';

/** `policies in checkout-task-role: FirebreakRevokedSessions`, as IAM says it. */
export async function policiesIn(theatre: Theatre, role: string): Promise<string> {
  const command = new ListRolePoliciesCommand({ RoleName: role });
  const { PolicyNames: names = [] } = await new IAMClient(clientOf(theatre)).send(command);
  return `policies in ${role}: ${names.join(', ') || 'none'}`;
}
