import type { JsonObject } from '../../../shared/platform/json.ts';
import type { Account } from '../../account.ts';
import { disturbance } from '../../faults/disturbed.ts';
import type { Delivery, Rule, Target } from './state.ts';

/** What the clock keeps of a delivery under way. */
export interface Due {
  readonly rule: string;
  readonly targetId: string;
  readonly envelope: JsonObject;
  /** When the event came in: its age counts from here. */
  readonly since: number;
  readonly retries: number;
}

/** About half a second is what the documentation calls typical. */
const TYPICAL_MS = 500;

/** Queues one delivery, and as many more as the bus is set to repeat. */
export function queueDelivery(
  account: Account,
  { duplicates, shuffleMs }: Delivery,
  rule: Rule,
  target: Target,
  envelope: JsonObject,
): void {
  const since = account.clock.now();
  // Of a delivery, `lost-before` means that it never comes, `lost-after` that it comes twice, `slow` that it comes late.
  const met = disturbance(account, { service: 'events', operation: 'Deliver', target: target.arn, by: rule.arn });
  if (met.before) return;
  for (let copy = met.after ? -1 : 0; copy <= duplicates; copy += 1) {
    const usual = Math.ceil(account.random.next() * TYPICAL_MS) + Math.floor(account.random.next() * shuffleMs);
    const delay = usual + (met.lateMs ?? 0);
    account.clock.after(delay, 'events.deliver', { rule: rule.name, targetId: target.id, envelope, since, retries: 0 });
  }
}
