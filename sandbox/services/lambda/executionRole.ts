import type { Account, Principal } from '../../account.ts';
import type { FunctionSettings } from './state.ts';

/** Whom Lambda is when it reads a queue or writes logs for a function: the function's own role. */
export function executionRole(account: Account, settings: FunctionSettings): Extract<Principal, { kind: 'role' }> {
  const { roleName, name } = settings;
  const arn = `arn:aws:sts::${account.id}:assumed-role/${roleName}/${name}`;
  return { kind: 'role', roleName, arn, sessionPolicies: [] };
}
