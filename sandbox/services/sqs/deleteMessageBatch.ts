import type { DeleteMessageBatchRequest, DeleteMessageBatchResult } from '@aws-sdk/client-sqs';
import { operation } from '../../account.ts';
import { eachEntry } from './batch.ts';
import { arnOfUrl, onQueue } from './queueUrl.ts';
import { remove } from './receive.ts';

export const deleteMessageBatch = operation<DeleteMessageBatchRequest, DeleteMessageBatchResult>(
  onQueue('DeleteMessage'),
  (input, { account }) => {
    const queueArn = arnOfUrl(account, input.QueueUrl);
    return eachEntry(input.Entries, (entry) => {
      remove(account, queueArn, entry.ReceiptHandle ?? '');
      return {};
    });
  },
);
