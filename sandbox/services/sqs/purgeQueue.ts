import type { PurgeQueueRequest } from '@aws-sdk/client-sqs';
import { AwsError, operation } from '../../account.ts';
import { arnOfUrl, onQueue } from './queueUrl.ts';
import { queueByArn } from './state.ts';
import { discard } from './visibility.ts';

/** Deletes all messages; once per minute, as on AWS. */
export const purgeQueue = operation<PurgeQueueRequest, object>(onQueue('PurgeQueue'), (input, { account }) => {
  const queue = queueByArn(account, arnOfUrl(account, input.QueueUrl));
  const now = account.clock.now();
  if (queue.purgedAt !== undefined && now - queue.purgedAt < 60_000) {
    throw new AwsError('PurgeQueueInProgress', `Only one PurgeQueue operation on ${queue.name} is allowed every 60 s.`);
  }
  queue.purgedAt = now;
  for (const message of queue.messages.values()) discard(account, queue, message);
  return {};
});
