import type { JsonObject } from '../../../../shared/platform/json.ts';
import { publish } from '../../sns/publish.ts';
import type { Integration } from '../ports.ts';
import { calling } from './calling.ts';
import { sdkMetadata, serviceFailure, textArgument } from './responses.ts';

/** `arn:aws:states:::sns:publish`. A Message that is no string is sent as its JSON text, as AWS does. */
export const snsPublish: Integration = async (args, call) => {
  const { account } = call;
  const topicArn = textArgument(args, 'TopicArn') ?? '';
  const given = (args as JsonObject)['Message'];
  const message = typeof given === 'string' ? given : JSON.stringify(given);
  const subject = textArgument(args, 'Subject');
  try {
    const MessageId = await calling(call, 'sns:Publish', topicArn, () =>
      publish(account, { topicArn, message, subject }),
    );
    return { MessageId, ...sdkMetadata(account.random.uuid()) };
  } catch (error) {
    throw serviceFailure(error, 'SNS', new Map());
  }
};
