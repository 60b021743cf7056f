import type { ListSubscriptionsByTopicInput, ListSubscriptionsByTopicResponse } from '@aws-sdk/client-sns';
import { operation } from '../../../account.ts';
import { topicByArn } from '../state.ts';
import { onTopic } from './onTopic.ts';
import { pageOf } from './page.ts';

/** An address that was not confirmed has no ARN yet, and says so. */
export const listSubscriptionsByTopic = operation<ListSubscriptionsByTopicInput, ListSubscriptionsByTopicResponse>(
  onTopic('ListSubscriptionsByTopic'),
  (input, { account }) => {
    const { items, next } = pageOf(topicByArn(account, input.TopicArn ?? '').subscriptions, input.NextToken);
    const subscriptions = items.map((each) => ({
      SubscriptionArn: each.confirmed ? each.arn : 'PendingConfirmation',
      Owner: account.id,
      Protocol: each.protocol,
      Endpoint: each.endpoint,
      TopicArn: each.topicArn,
    }));
    return { Subscriptions: subscriptions, ...next };
  },
);
