import type { Account } from '../../account.ts';
import { passes } from './filterPolicy.ts';
import { checkAttributes, checkSize, checkSubject, invalidParameter, textsByProtocol } from './limits.ts';
import { type MessageAttributes, snsState, topicByArn } from './state.ts';

export interface Publication {
  readonly topicArn: string;
  readonly message: string;
  readonly subject?: string | undefined;
  /** `json`: the message is an object with a text for each protocol. */
  readonly structure?: string | undefined;
  readonly attributes?: MessageAttributes | undefined;
}

/** Subscribers hear of a message within this many milliseconds, each after a delay of its own. */
const SLOWEST_MS = 200;

/**
 * Publishes, once more for each call: a standard topic knows no duplicates. Keeps the message and queues its deliveries.
 * @returns the message's id
 * @throws AwsError NotFound, InvalidParameter, ParameterValueInvalid
 */
export function publish(
  account: Account,
  { topicArn, message, subject, structure, attributes = {} }: Publication,
): string {
  const topic = topicByArn(account, topicArn);
  if (subject !== undefined) checkSubject(subject);
  checkAttributes(attributes);
  checkSize(message, attributes);
  if (structure !== undefined && structure !== 'json') throw invalidParameter('MessageStructure');
  const texts = structure === 'json' ? textsByProtocol(message) : {};
  const messageId = account.random.uuid();
  const at = account.clock.now();
  const shown = texts['default'] ?? message;
  snsState(account).messages.push({ messageId, topicArn, at, subject, message: shown, texts, attributes });
  for (const subscription of topic.subscriptions) {
    if (!subscription.confirmed || !passes(subscription.filterPolicy, attributes)) continue;
    const args = { messageId, subscriptionArn: subscription.arn };
    account.clock.after(Math.ceil(account.random.next() * SLOWEST_MS), 'sns.deliver', args);
  }
  return messageId;
}
