import type { GetQueueAttributesRequest, GetQueueAttributesResult } from '@aws-sdk/client-sqs';
import { type Account, AwsError, operation } from '../../account.ts';
import { depth } from './queue.ts';
import { arnOfUrl, onQueue } from './queueUrl.ts';
import { MAX_MESSAGE_BYTES } from './send.ts';
import { type Queue, queueByArn } from './state.ts';

export const getQueueAttributes = operation<GetQueueAttributesRequest, GetQueueAttributesResult>(
  onQueue('GetQueueAttributes'),
  (input, { account }) => {
    const all = attributesOf(account, queueByArn(account, arnOfUrl(account, input.QueueUrl)));
    const asked: readonly string[] = input.AttributeNames ?? [];
    for (const name of asked) {
      if (name !== 'All' && !KNOWN.has(name)) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    }
    const wanted = Object.entries(all).filter(([name]) => asked.includes('All') || asked.includes(name));
    return wanted.length === 0 ? {} : { Attributes: Object.fromEntries(wanted) };
  },
);

const KNOWN = new Set([
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesDelayed',
  'ApproximateNumberOfMessagesNotVisible',
  'CreatedTimestamp',
  'DelaySeconds',
  'LastModifiedTimestamp',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'QueueArn',
  'ReceiveMessageWaitTimeSeconds',
  'RedrivePolicy',
  'SqsManagedSseEnabled',
  'VisibilityTimeout',
]);

function attributesOf(account: Account, queue: Queue): Record<string, string> {
  const { visible, inFlight, delayed } = depth(account, queue.arn);
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    DelaySeconds: String(queue.delayMs / 1000),
    // A queue is never changed after it was made.
    LastModifiedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    MaximumMessageSize: String(MAX_MESSAGE_BYTES),
    MessageRetentionPeriod: String(queue.retentionMs / 1000),
    ReceiveMessageWaitTimeSeconds: '0',
    SqsManagedSseEnabled: 'true',
    VisibilityTimeout: String(queue.visibilityTimeoutMs / 1000),
    ...(queue.redrive === undefined ? {} : { RedrivePolicy: JSON.stringify(queue.redrive) }),
  };
}
