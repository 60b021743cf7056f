import type { ListEventBusesRequest, ListEventBusesResponse } from '@aws-sdk/client-eventbridge';
import { operation } from '../../../account.ts';
import { pageOf } from './page.ts';

/** There is one; IAM does not scope it. */
export const listEventBuses = operation<ListEventBusesRequest, ListEventBusesResponse>(
  () => [{ action: 'events:ListEventBuses', resource: '*' }],
  (input, { account }) => {
    const Arn = `arn:aws:events:${account.region}:${account.id}:event-bus/default`;
    const all = [{ Name: 'default', Arn }].filter(({ Name }) => Name.startsWith(input.NamePrefix ?? ''));
    const { items, next } = pageOf(all, input);
    return { EventBuses: [...items], ...next };
  },
);
