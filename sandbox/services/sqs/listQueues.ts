import type { ListQueuesRequest, ListQueuesResult } from '@aws-sdk/client-sqs';
import { operation } from '../../account.ts';
import { urlOf } from './queueUrl.ts';
import { sqsState } from './state.ts';

/** Without MaxResults AWS answers with up to 1,000 in one page; an account here never has as many. */
export const listQueues = operation<ListQueuesRequest, ListQueuesResult>(
  () => [{ action: 'sqs:ListQueues', resource: '*' }],
  (input, { account }) => {
    const urls = [...sqsState(account).queues.values()]
      .filter((queue) => queue.name.startsWith(input.QueueNamePrefix ?? ''))
      .map((queue) => urlOf(account, queue))
      .sort();
    const from = input.NextToken === undefined ? 0 : Number(input.NextToken);
    const end = from + (input.MaxResults ?? 1000);
    return {
      ...(urls.length === 0 ? {} : { QueueUrls: urls.slice(from, end) }),
      ...(end < urls.length && input.MaxResults !== undefined ? { NextToken: String(end) } : {}),
    };
  },
);
