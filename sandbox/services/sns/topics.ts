import type { JsonObject } from '../../../shared/platform/json.ts';
import { type Account, AwsError } from '../../account.ts';
import { checkFilterPolicy } from './filterPolicy.ts';
import { invalidParameter } from './limits.ts';
import {
  confirmedAddresses,
  type PublishedMessage,
  type Subscriber,
  type Subscription,
  snsState,
  type Topic,
  topicByArn,
  type Undelivered,
} from './state.ts';

export { publish } from './publish.ts';
export type { PublishedMessage, Subscription, Topic, Undelivered } from './state.ts';

export interface TopicSettings {
  readonly name: string;
  readonly arn: string;
  readonly displayName?: string;
}

/** Makes a standard topic. FIFO topics are not modelled and are refused. */
export function createTopic(account: Account, settings: TopicSettings): Topic {
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(settings.name)) throw invalidParameter('Topic Name');
  const { topics } = snsState(account);
  if (topics.has(settings.arn)) throw new AwsError('TopicAlreadyExists', `There is a topic ${settings.name} already.`);
  const topic: Topic = {
    name: settings.name,
    arn: settings.arn,
    displayName: settings.displayName ?? '',
    subscriptions: [],
  };
  topics.set(topic.arn, topic);
  return topic;
}

/**
 * Subscribes an address, a queue (by ARN) or a function (by ARN). Nothing reaches a queue or function whose own policy does not
 * let `sns.amazonaws.com` in.
 */
export function subscribe(
  account: Account,
  topicArn: string,
  {
    filterPolicy,
    ...to
  }: { readonly protocol: Subscriber; readonly endpoint: string; readonly filterPolicy?: JsonObject },
): Subscription {
  if (filterPolicy !== undefined) checkFilterPolicy(filterPolicy);
  const topic = topicByArn(account, topicArn);
  const wanted = { email: /^[^@\s]+@[^@\s]+$/, sqs: /^arn:aws:sqs:/, lambda: /^arn:aws:lambda:/ }[to.protocol];
  if (!wanted.test(to.endpoint)) throw invalidParameter('Endpoint');
  const same = topic.subscriptions.find((each) => each.protocol === to.protocol && each.endpoint === to.endpoint);
  if (same) return same;
  const arn = `${topicArn}:${account.random.uuid()}`;
  const confirmed = to.protocol !== 'email' || confirmedAddresses(account).has(to.endpoint);
  const policy = filterPolicy === undefined ? {} : { filterPolicy };
  const subscription: Subscription = { arn, topicArn, ...to, confirmed, ...policy };
  topic.subscriptions.push(subscription);
  return subscription;
}

/** All that was published, in order; to one topic, or to any. */
export const messagesOf = (account: Account, topicArn?: string): readonly PublishedMessage[] =>
  snsState(account).messages.filter((message) => topicArn === undefined || message.topicArn === topicArn);

/** What subscribers did not get. */
export const undeliveredOf = (account: Account): readonly Undelivered[] => snsState(account).undelivered;
