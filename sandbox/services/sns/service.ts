import type { Service } from '../../account.ts';
import { getTopicAttributes } from './operations/getTopicAttributes.ts';
import { listSubscriptions } from './operations/listSubscriptions.ts';
import { listSubscriptionsByTopic } from './operations/listSubscriptionsByTopic.ts';
import { listTopics } from './operations/listTopics.ts';
import { publish } from './operations/publish.ts';

/** Standard topics with the limits of Publish; what was published stays readable in order (`messagesOf`). */
export const snsService: Service = {
  name: 'sns',
  protocol: 'query',
  target: 'http://sns.amazonaws.com/doc/2010-03-31/',
  operations: {
    GetTopicAttributes: getTopicAttributes,
    ListSubscriptions: listSubscriptions,
    ListSubscriptionsByTopic: listSubscriptionsByTopic,
    ListTopics: listTopics,
    Publish: publish,
  },
};
