import type { JsonObject } from '../../../shared/platform/json.ts';
import { matches } from '../../../shared/rules/pattern/match.ts';
import type { Account } from '../../account.ts';
import { type EventInput, envelopeOf } from './envelope.ts';
import { queueDelivery } from './queueDelivery.ts';
import { type Delivery, eventsState } from './state.ts';

/** An AWS service of the account emits an event onto the default bus. Answers with its id. */
export function putServiceEvent(account: Account, input: EventInput): string {
  const envelope = envelopeOf(account, input);
  putRawEvent(account, { ...envelope });
  return envelope.id;
}

/** A whole envelope onto the default bus, as it is: what a test or driver knows of GuardDuty, Inspector or another account. */
export function putRawEvent(account: Account, envelope: JsonObject): void {
  const { delivery } = eventsState(account);
  if (delivery.lostPercent > 0 && account.random.next() * 100 < delivery.lostPercent) return;
  route(account, envelope);
}

/** Queues a delivery to every target of every enabled rule that matches. */
export function route(account: Account, envelope: JsonObject): void {
  const { rules, delivery } = eventsState(account);
  for (const rule of rules.values()) {
    if (!rule.enabled || !rule.pattern || !matches(rule.pattern, envelope)) continue;
    for (const target of rule.targets) queueDelivery(account, delivery, rule, target, envelope);
  }
}

/** Sets how the bus misbehaves from here on. */
export function misdeliver(account: Account, delivery: Partial<Delivery>): void {
  Object.assign(eventsState(account).delivery, delivery);
}
