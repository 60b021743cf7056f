import { cut } from '../text.ts';
import type { ChannelMessage } from './message.ts';

/** PagerDuty, Events API v2, "Send an alert event". A summary has at most 1,024 characters, a dedup key 255, an event 512 KB. */
export type PagerDutyEvent = {
  readonly routing_key: string;
  readonly dedup_key: string;
} & (
  | { readonly event_action: 'acknowledge' | 'resolve' }
  | {
      readonly event_action: 'trigger';
      readonly client: string;
      readonly payload: {
        readonly summary: string;
        readonly source: string;
        readonly severity: Severity;
        readonly timestamp: string;
        readonly component: string;
        readonly group: string;
        readonly class: string;
        readonly custom_details: { readonly [name: string]: string };
      };
    }
);
type Severity = 'critical' | 'error' | 'warning' | 'info';
type EventAction = PagerDutyEvent['event_action'];

const longestSummary = 1_024;
const longestKey = 255;

/** What is over, whoever was told of it. */
const over: readonly (string | null)[] = ['undone', 'released', 'alarm-over'];
/** Of a message that opens no alert: contained ends the one that is open; where a part is left for working hours, it wakes nobody else. */
const follows: { readonly [outcome: string]: EventAction } = { contained: 'resolve', degraded: 'acknowledge' };

/**
 * What a message does to the alert of its incident; null: nothing.
 * @param tiers those that open an alert
 */
export function eventAction(
  { tier, outcome, telling }: Pick<ChannelMessage, 'tier' | 'outcome' | 'telling'>,
  tiers: readonly string[],
): EventAction | null {
  // It has the outcome of the message that did not arrive, and is another.
  if (telling !== null) return tiers.includes(tier) ? 'trigger' : null;
  if (over.includes(outcome)) return 'resolve';
  // Whoever has it said so to Firebreak, and not there.
  if (outcome === 'acknowledged') return 'acknowledge';
  if (tiers.includes(tier)) return 'trigger';
  // A page always leaves something to be done.
  return tier === 'page' ? null : (follows[outcome ?? ''] ?? null);
}

/** Critical: somebody is or was inside, or nobody knows (the machinery itself, an alarm). */
function severityOf({ tier, class: known }: ChannelMessage): Severity {
  if (tier === 'page') return known === 'B' || known === 'C' ? 'error' : 'critical';
  return tier === 'notice' ? 'warning' : 'info';
}

export function pagerDutyEvent(message: ChannelMessage, action: EventAction, key: string): PagerDutyEvent {
  const { headline, text, incident, thread, outcome, stage, tier, at } = message;
  const common = { routing_key: key, dedup_key: `firebreak/${stage}/${thread}`.slice(0, longestKey) };
  if (action !== 'trigger') return { ...common, event_action: action };
  return {
    ...common,
    event_action: 'trigger',
    client: 'Firebreak',
    payload: {
      summary: cut(headline, longestSummary),
      source: `firebreak ${stage}`,
      severity: severityOf(message),
      timestamp: at,
      component: tier,
      group: incident ?? thread,
      class: message.class ?? 'unknown',
      custom_details: { text, tier, outcome: outcome ?? 'unknown', incident: incident ?? 'none', id: message.id },
    },
  };
}
