import type { Account } from '../../../account.ts';
import { comeUp, goDown } from '../../ecs/hostReboot.ts';
import { rebooted } from '../patches/patch.ts';
import type { ManagedNode } from './state.ts';

/** AWS gives no figure; here between one and two minutes, by the account's seed. */
const rebootMilliseconds = (account: Account): number => Math.round(60_000 + account.random.next() * 60_000);

/** The node goes down, and the tasks of ECS on it with it: its agent is not heard until `endReboot`. Answers with the milliseconds until then. */
export function beginReboot(account: Account, node: ManagedNode): number {
  const takes = rebootMilliseconds(account);
  const now = account.clock.now();
  node.ping = 'ConnectionLost';
  node.lastHeardAt = now;
  node.rebootEndsAt = now + takes;
  goDown(account, node.id);
  return takes;
}

/** The node is up again, with what was installed in use. */
export function endReboot(account: Account, node: ManagedNode): void {
  node.ping = 'Online';
  delete node.lastHeardAt;
  delete node.rebootEndsAt;
  rebooted(node.patches);
  comeUp(account, node.id);
}
