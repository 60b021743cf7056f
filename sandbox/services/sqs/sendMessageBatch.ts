import type { SendMessageBatchRequest, SendMessageBatchResult } from '@aws-sdk/client-sqs';
import { AwsError, type Call, operation } from '../../account.ts';
import { eachEntry } from './batch.ts';
import { md5OfAttributes, md5OfBody } from './digest.ts';
import { arnOfUrl, onQueue } from './queueUrl.ts';
import { MAX_MESSAGE_BYTES, messageBytes, sendToQueue } from './send.ts';
import { senderOf } from './sender.ts';

export const sendMessageBatch = operation<SendMessageBatchRequest, SendMessageBatchResult>(
  onQueue('SendMessage'),
  sendBatch,
);

function sendBatch(input: SendMessageBatchRequest, call: Call): SendMessageBatchResult {
  const queueArn = arnOfUrl(call.account, input.QueueUrl);
  const bytes = (input.Entries ?? []).reduce(
    (sum, entry) => sum + messageBytes(entry.MessageBody ?? '', entry.MessageAttributes ?? {}),
    0,
  );
  if (bytes > MAX_MESSAGE_BYTES) {
    throw new AwsError('BatchRequestTooLong', `Batch requests cannot be longer than ${MAX_MESSAGE_BYTES} bytes.`);
  }
  return eachEntry(input.Entries, (entry) => {
    const body = entry.MessageBody ?? '';
    const attributes = entry.MessageAttributes ?? {};
    const MessageId = sendToQueue(call.account, queueArn, body, attributes, {
      senderId: senderOf(call),
      ...(entry.DelaySeconds === undefined ? {} : { delaySeconds: entry.DelaySeconds }),
    });
    return { MessageId, MD5OfMessageBody: md5OfBody(body), MD5OfMessageAttributes: md5OfAttributes(attributes) };
  });
}
