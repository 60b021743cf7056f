import type { Account } from '../../account.ts';
import type { PublishedMessage, Subscription } from './state.ts';

/**
 * A message as SNS wraps it, in the names of its JSON notification (queues) or of a Lambda record's `Sns`, which spell two
 * members differently. Nothing here signs, and the signature says so.
 */
export function notificationOf(account: Account, message: PublishedMessage, subscription: Subscription) {
  const attributes = Object.fromEntries(
    Object.entries(message.attributes).map(([name, value]) => [
      name,
      {
        Type: value.DataType,
        Value: value.BinaryValue ? Buffer.from(value.BinaryValue).toString('base64') : (value.StringValue ?? ''),
      },
    ]),
  );
  return {
    Type: 'Notification',
    MessageId: message.messageId,
    TopicArn: message.topicArn,
    ...(message.subject === undefined ? {} : { Subject: message.subject }),
    Message: message.texts[subscription.protocol] ?? message.message,
    Timestamp: new Date(message.at).toISOString(),
    SignatureVersion: '1',
    Signature: 'unsigned',
    SigningCertURL: `${account.endpoint}/SimpleNotificationService.pem`,
    UnsubscribeURL: `${account.endpoint}/?Action=Unsubscribe&SubscriptionArn=${subscription.arn}`,
    ...(Object.keys(attributes).length === 0 ? {} : { MessageAttributes: attributes }),
  };
}

/** The event that a subscribed function gets: one record for each message. */
export function lambdaEventOf(account: Account, message: PublishedMessage, subscription: Subscription) {
  const { SigningCertURL, UnsubscribeURL, ...rest } = notificationOf(account, message, subscription);
  const Sns = {
    Subject: null,
    MessageAttributes: {},
    ...rest,
    SigningCertUrl: SigningCertURL,
    UnsubscribeUrl: UnsubscribeURL,
  };
  return { Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: subscription.arn, Sns }] };
}
