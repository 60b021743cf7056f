import type { Service } from '../../account.ts';
import { changeMessageVisibility } from './changeMessageVisibility.ts';
import { deleteMessage } from './deleteMessage.ts';
import { deleteMessageBatch } from './deleteMessageBatch.ts';
import { getQueueAttributes } from './getQueueAttributes.ts';
import { getQueueUrl } from './getQueueUrl.ts';
import { listQueues } from './listQueues.ts';
import { purgeQueue } from './purgeQueue.ts';
import { receiveMessage } from './receiveMessage.ts';
import { sendMessage } from './sendMessage.ts';
import { sendMessageBatch } from './sendMessageBatch.ts';

/** Standard queues: visibility, long polls, redrive, retention, all on the account's clock. */
export const sqsService: Service = {
  name: 'sqs',
  protocol: 'json-1.0',
  target: 'AmazonSQS',
  queryErrors: new Map([
    // From the SDK's model of SQS (aws.protocols#awsQueryError), but for the first, which is no error of that model.
    ['AccessDeniedException', 'AccessDenied'],
    ...[
      ...['BatchEntryIdsNotDistinct', 'BatchRequestTooLong', 'EmptyBatchRequest', 'InvalidBatchEntryId'],
      ...['MessageNotInflight', 'PurgeQueueInProgress', 'TooManyEntriesInBatchRequest', 'UnsupportedOperation'],
    ].map((code): [string, string] => [code, `AWS.SimpleQueueService.${code}`]),
    ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'],
  ]),
  operations: {
    ChangeMessageVisibility: changeMessageVisibility,
    DeleteMessage: deleteMessage,
    DeleteMessageBatch: deleteMessageBatch,
    GetQueueAttributes: getQueueAttributes,
    GetQueueUrl: getQueueUrl,
    ListQueues: listQueues,
    PurgeQueue: purgeQueue,
    ReceiveMessage: receiveMessage,
    SendMessage: sendMessage,
    SendMessageBatch: sendMessageBatch,
  },
};
