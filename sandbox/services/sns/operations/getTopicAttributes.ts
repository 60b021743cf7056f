import type { GetTopicAttributesInput } from '@aws-sdk/client-sns';
import { operation } from '../../../account.ts';
import { topicByArn } from '../state.ts';
import { onTopic } from './onTopic.ts';

/** A `Map`, because the door writes maps and structures differently. */
export const getTopicAttributes = operation<
  GetTopicAttributesInput,
  { readonly Attributes: ReadonlyMap<string, string> }
>(onTopic('GetTopicAttributes'), (input, { account }) => {
  const topic = topicByArn(account, input.TopicArn ?? '');
  const confirmed = topic.subscriptions.filter((each) => each.confirmed).length;
  return {
    Attributes: new Map(
      Object.entries({
        TopicArn: topic.arn,
        Owner: account.id,
        DisplayName: topic.displayName,
        SubscriptionsConfirmed: String(confirmed),
        SubscriptionsPending: String(topic.subscriptions.length - confirmed),
        SubscriptionsDeleted: '0',
      }),
    ),
  };
});
