import type { JsonObject } from '../../../shared/platform/json.ts';
import { type Account, AwsError, slice } from '../../account.ts';
import { deliver } from './deliver.ts';

/** A message attribute as it is published. */
interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}
export type MessageAttributes = { readonly [name: string]: MessageAttribute };

export type Subscriber = 'email' | 'sqs' | 'lambda';

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: Subscriber;
  readonly endpoint: string;
  /** An email address gets nothing until somebody follows the link; queues and functions of the account are confirmed at once. */
  confirmed: boolean;
  /** Over the attributes of messages; absent: everything passes. */
  readonly filterPolicy?: JsonObject;
}

export interface PublishedMessage {
  readonly messageId: string;
  readonly topicArn: string;
  /** Milliseconds since the epoch, virtual. */
  readonly at: number;
  readonly subject: string | undefined;
  /** The text, or the `default` text where each protocol has its own. */
  readonly message: string;
  /** With MessageStructure `json`: the text for each protocol. */
  readonly texts: { readonly [protocol: string]: string };
  readonly attributes: MessageAttributes;
}

export interface Topic {
  readonly name: string;
  readonly arn: string;
  readonly displayName: string;
  readonly subscriptions: Subscription[];
}

/** A message that a subscriber did not get, and why: SNS itself is silent about it. */
export interface Undelivered {
  readonly messageId: string;
  readonly subscriptionArn: string;
  readonly reason: string;
}

export interface SnsState {
  readonly topics: Map<string, Topic>;
  readonly messages: PublishedMessage[];
  readonly undelivered: Undelivered[];
}

export const snsState = slice('sns', (account: Account): SnsState => {
  const state: SnsState = { topics: new Map(), messages: [], undelivered: [] };
  account.clock.on('sns.deliver', (args) => {
    const { messageId, subscriptionArn } = args as { messageId: string; subscriptionArn: string };
    const message = state.messages.find((each) => each.messageId === messageId);
    const topic = message && state.topics.get(message.topicArn);
    const subscription = topic?.subscriptions.find((each) => each.arn === subscriptionArn);
    if (!message || !subscription) return;
    const reason = deliver(account, message, subscription);
    if (reason !== undefined) state.undelivered.push({ messageId, subscriptionArn, reason });
  });
  return state;
});

/** Addresses whose owner follows the link of a confirmation mail at once. */
export const confirmedAddresses = slice('sns.confirmed', () => new Set<string>());

/** Throws the error that AWS answers when there is no such topic. */
export function topicByArn(account: Account, topicArn: string): Topic {
  const topic = snsState(account).topics.get(topicArn);
  if (!topic) throw new AwsError('NotFound', 'Topic does not exist', 404);
  return topic;
}
