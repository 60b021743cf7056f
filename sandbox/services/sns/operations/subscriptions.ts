import type { Subscription as Shown } from '@aws-sdk/client-sns';
import type { Account } from '../../../account.ts';
import type { Subscription } from '../state.ts';

/** As lists show it: an address that was not confirmed has no ARN yet, and says so. */
export const shownSubscription = (account: Account, subscription: Subscription): Shown => ({
  SubscriptionArn: subscription.confirmed ? subscription.arn : 'PendingConfirmation',
  Owner: account.id,
  Protocol: subscription.protocol,
  Endpoint: subscription.endpoint,
  TopicArn: subscription.topicArn,
});
