import type { Principal } from '../../sandbox/account.ts';
import { type Decision, onDecision } from '../../sandbox/iam/decisions.ts';
import { grantAnywhere, keyOf } from './granted.ts';
import { nameAnywhere } from './names.ts';

/** What a grant was enough for. */
export interface Use {
  calls: number;
  /** Calls that no other grant would have allowed. */
  alone: number;
  readonly resources: Set<string>;
}

export interface Denial {
  /** Name of a role, or of AWS's service. */
  readonly caller: string;
  readonly action: string;
  readonly resource: string;
  /** As AWS ends its sentence. */
  readonly why: string;
}

/** What IAM decided while something happened. */
export interface CallLog {
  /** By `keyOf` the grant. */
  readonly uses: ReadonlyMap<string, Use>;
  readonly denials: readonly Denial[];
}

interface Entries {
  readonly uses: Map<string, Use>;
  readonly denials: Denial[];
}

/** Listens to IAM on every account of this process until `stop`. */
export function listen(): { readonly log: CallLog; readonly stop: () => void } {
  const log: Entries = { uses: new Map(), denials: [] };
  return { log, stop: onDecision((decision) => enter(log, decision)) };
}

function enter(log: Entries, { account, principal, needed, refused, allowedBy }: Decision): void {
  const resource = nameAnywhere(needed.resource, account);
  if (refused !== undefined) {
    const caller = nameAnywhere(callerOf(principal), account);
    log.denials.push({ caller, action: needed.action, resource, why: refused });
    return;
  }
  for (const grant of allowedBy) {
    const key = keyOf(grantAnywhere(grant, account));
    const use = log.uses.get(key) ?? { calls: 0, alone: 0, resources: new Set() };
    log.uses.set(key, use);
    use.calls += 1;
    use.alone += allowedBy.length === 1 ? 1 : 0;
    use.resources.add(resource);
  }
}

function callerOf(principal: Principal): string {
  if (principal.kind === 'root') return principal.arn;
  if (principal.kind === 'anonymous') return principal.arn;
  return principal.kind === 'role' ? principal.roleName : principal.service;
}
