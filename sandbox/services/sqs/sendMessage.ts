import type { SendMessageRequest, SendMessageResult } from '@aws-sdk/client-sqs';
import { type Call, operation } from '../../account.ts';
import { md5OfAttributes, md5OfBody } from './digest.ts';
import { arnOfUrl, onQueue } from './queueUrl.ts';
import { sendToQueue } from './send.ts';
import { senderOf } from './sender.ts';

export const sendMessage = operation<SendMessageRequest, SendMessageResult>(onQueue('SendMessage'), send);

function send(input: SendMessageRequest, call: Call): SendMessageResult {
  const body = input.MessageBody ?? '';
  const attributes = input.MessageAttributes ?? {};
  const MessageId = sendToQueue(call.account, arnOfUrl(call.account, input.QueueUrl), body, attributes, {
    senderId: senderOf(call),
    ...(input.DelaySeconds === undefined ? {} : { delaySeconds: input.DelaySeconds }),
  });
  return { MessageId, MD5OfMessageBody: md5OfBody(body), MD5OfMessageAttributes: md5OfAttributes(attributes) };
}
