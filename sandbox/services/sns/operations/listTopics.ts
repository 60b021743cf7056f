import type { ListTopicsInput, ListTopicsResponse } from '@aws-sdk/client-sns';
import { operation } from '../../../account.ts';
import { snsState } from '../state.ts';
import { pageOf } from './page.ts';

/** IAM does not scope it: a grant on a topic does not allow it. */
export const listTopics = operation<ListTopicsInput, ListTopicsResponse>(
  () => [{ action: 'sns:ListTopics', resource: '*' }],
  (input, { account }) => {
    const { items, next } = pageOf([...snsState(account).topics.values()], input.NextToken);
    return { Topics: items.map((topic) => ({ TopicArn: topic.arn })), ...next };
  },
);
