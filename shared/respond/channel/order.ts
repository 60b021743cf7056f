import type { ChannelMessage } from '../../report/channels/message.ts';
import { eventAction } from '../../report/channels/pagerDuty.ts';
import type { Channel } from './schema.ts';

/** One message for one channel: what lies in the queue until that channel has taken it. */
export interface Order {
  readonly channel: string;
  readonly message: ChannelMessage;
}

export const orderText = (order: Order): string => JSON.stringify({ firebreak: 'order', ...order });

/** An order is written by nobody but `orderText`: the queue's policy lets in the topics and one rule of EventBridge beside the function. */
export function orderFrom(fields: { readonly [name: string]: unknown }): Order | undefined {
  return fields['firebreak'] === 'order' ? (fields as unknown as Order) : undefined;
}

/** Who comes later hears nothing before nobody else has answered. */
const isFor = ({ escalation = 0 }: Channel, message: ChannelMessage): boolean => message.escalation >= escalation;

/** Whether a channel hears of a message: of its tiers, and PagerDuty of what ends an alert, too. Never of what tells that this very channel is dead. */
export function hears(channel: Channel, message: ChannelMessage): boolean {
  if (message.telling === channel.name) return false;
  if (channel.kind === 'pagerduty') {
    const action = eventAction(message, channel.tiers);
    return action === 'trigger' ? isFor(channel, message) : action !== null;
  }
  return channel.tiers.includes(message.tier) && isFor(channel, message);
}
