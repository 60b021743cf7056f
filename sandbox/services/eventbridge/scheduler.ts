import type { Json } from '../../../shared/platform/json.ts';
import type { Account } from '../../account.ts';
import { envelopeOf } from './envelope.ts';
import { queueDelivery } from './queueDelivery.ts';
import type { Schedule } from './schedule/schedule.ts';
import type { EventsState, Rule } from './state.ts';

/** Queues the rule's next firing, as upkeep that nobody waits for. A cron expression whose years are over never fires again. */
export function scheduleNext(account: Account, rule: Rule, schedule: Schedule): void {
  const now = account.clock.now();
  const next = schedule.after(now);
  if (next !== undefined) account.clock.after(next - now, 'events.schedule', { rule: rule.name }, { background: true });
}

/** A schedule is due: its targets get a `Scheduled Event`, and the next firing is queued. */
export function onSchedule(account: Account, state: EventsState, args: Json): void {
  const rule = state.rules.get((args as { rule: string }).rule);
  if (!rule?.schedule) return;
  scheduleNext(account, rule, rule.schedule);
  if (!rule.enabled) return;
  const source = { source: 'aws.events', detailType: 'Scheduled Event', resources: [rule.arn], detail: {} };
  const envelope = { ...envelopeOf(account, source) };
  for (const target of rule.targets) queueDelivery(account, state.delivery, rule, target, envelope);
}
