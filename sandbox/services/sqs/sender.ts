import type { Call } from '../../account.ts';

/** The SenderId attribute: who signed the call. AWS writes a role's unique id; here its name stands for that. */
export function senderOf({ account, principal }: Call): string {
  return principal.kind === 'role' ? `${principal.roleName}:${principal.arn.split('/').at(-1) ?? ''}` : account.id;
}
