import type { ListSubscriptionsByTopicInput, ListSubscriptionsByTopicResponse } from '@aws-sdk/client-sns';
import { operation } from '../../../account.ts';
import { topicByArn } from '../state.ts';
import { onTopic } from './onTopic.ts';
import { pageOf } from './page.ts';
import { shownSubscription } from './subscriptions.ts';

export const listSubscriptionsByTopic = operation<ListSubscriptionsByTopicInput, ListSubscriptionsByTopicResponse>(
  onTopic('ListSubscriptionsByTopic'),
  (input, { account }) => {
    const { items, next } = pageOf(topicByArn(account, input.TopicArn ?? '').subscriptions, input.NextToken);
    return { Subscriptions: items.map((each) => shownSubscription(account, each)), ...next };
  },
);
