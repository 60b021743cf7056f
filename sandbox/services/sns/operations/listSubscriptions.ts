import type { ListSubscriptionsInput, ListSubscriptionsResponse } from '@aws-sdk/client-sns';
import { operation } from '../../../account.ts';
import { snsState } from '../state.ts';
import { pageOf } from './page.ts';
import { shownSubscription } from './subscriptions.ts';

/** Of all topics. IAM does not scope it. */
export const listSubscriptions = operation<ListSubscriptionsInput, ListSubscriptionsResponse>(
  () => [{ action: 'sns:ListSubscriptions', resource: '*' }],
  (input, { account }) => {
    const all = [...snsState(account).topics.values()].flatMap(({ subscriptions }) => subscriptions);
    const { items, next } = pageOf(all, input.NextToken);
    return { Subscriptions: items.map((each) => shownSubscription(account, each)), ...next };
  },
);
