import type { PublishInput, PublishResponse } from '@aws-sdk/client-sns';
import { operation } from '../../../account.ts';
import { invalidParameter } from '../limits.ts';
import { publish as publishMessage } from '../publish.ts';
import { attributesOf } from './attributes.ts';

const topicOf = (input: PublishInput): string => input.TopicArn ?? input.TargetArn ?? '';

/** To a topic; a telephone number or a device's endpoint is refused. */
export const publish = operation<PublishInput, PublishResponse>(
  (input) => [{ action: 'sns:Publish', resource: topicOf(input) }],
  (input, { account }) => {
    const topicArn = topicOf(input);
    if (topicArn === '' || input.PhoneNumber !== undefined) {
      throw invalidParameter('TopicArn or TargetArn Reason: no value for required parameter');
    }
    if (!topicArn.startsWith('arn:')) throw invalidParameter('TopicArn');
    const { Message, Subject, MessageStructure } = input;
    const attributes = attributesOf(input.MessageAttributes);
    return {
      MessageId: publishMessage(account, {
        topicArn,
        message: Message ?? '',
        subject: Subject,
        structure: MessageStructure,
        attributes,
      }),
    };
  },
);
