import type { DeleteMessageRequest } from '@aws-sdk/client-sqs';
import { operation } from '../../account.ts';
import { arnOfUrl, onQueue } from './queueUrl.ts';
import { remove } from './receive.ts';

export const deleteMessage = operation<DeleteMessageRequest, object>(onQueue('DeleteMessage'), (input, { account }) => {
  remove(account, arnOfUrl(account, input.QueueUrl), input.ReceiptHandle ?? '');
  return {};
});
