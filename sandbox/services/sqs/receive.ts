import { type Account, AwsError } from '../../account.ts';
import { md5OfBody } from './digest.ts';
import { type MessageAttributes, type Queue, queueByArn, type StoredMessage, sqsState } from './state.ts';
import { announce, discard, dropExpired, hideFor } from './visibility.ts';

/** A message as received: what the Lambda poller and ReceiveMessage pass on, each in its own spelling. */
export interface Message {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly attributes: { readonly [name: string]: string };
  readonly messageAttributes: MessageAttributes;
}

function moveToDeadLetters(account: Account, from: Queue, message: StoredMessage, to: Queue): void {
  discard(account, from, message);
  // Time sent and receive count go with it; visible there at once.
  to.messages.set(message.messageId, {
    messageId: message.messageId,
    body: message.body,
    messageAttributes: message.messageAttributes,
    sentAt: message.sentAt,
    senderId: message.senderId,
    deadLetterSource: from.arn,
    receiveCount: message.receiveCount,
    visibleAt: account.clock.now(),
  });
  announce(account, sqsState(account), to);
}

function deliver(account: Account, queue: Queue, message: StoredMessage, hideMs: number): Message {
  const now = account.clock.now();
  message.receiveCount += 1;
  message.firstReceivedAt ??= now;
  message.receiptHandle = Buffer.from(`${message.messageId} ${account.random.hex(16)}`).toString('base64');
  if (hideMs > 0) hideFor(account, queue, message, hideMs);
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    md5OfBody: md5OfBody(message.body),
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: String(message.sentAt),
      SenderId: message.senderId,
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
      ...(message.deadLetterSource === undefined ? {} : { DeadLetterQueueSourceArn: message.deadLetterSource }),
    },
    messageAttributes: message.messageAttributes,
  };
}

/**
 * Receives up to `max` visible messages, oldest first, and hides them for the visibility time-out. One that was already
 * received as often as the redrive policy allows goes to the dead-letter queue instead.
 */
export function receive(
  account: Account,
  queueArn: string,
  max: number,
  visibilityTimeoutSeconds?: number,
): readonly Message[] {
  const queue = queueByArn(account, queueArn);
  const hideMs = visibilityTimeoutSeconds === undefined ? queue.visibilityTimeoutMs : visibilityTimeoutSeconds * 1000;
  const deadLetters = queue.redrive && sqsState(account).queues.get(queue.redrive.deadLetterTargetArn);
  dropExpired(account, queue);
  const received: Message[] = [];
  for (const message of [...queue.messages.values()]) {
    if (received.length === max) break;
    if (message.visibleAt > account.clock.now()) continue;
    if (queue.redrive && deadLetters && message.receiveCount >= queue.redrive.maxReceiveCount) {
      moveToDeadLetters(account, queue, message, deadLetters);
    } else {
      received.push(deliver(account, queue, message, hideMs));
    }
  }
  return received;
}

function messageOf(queue: Queue, receiptHandle: string): StoredMessage | undefined {
  const parts = Buffer.from(receiptHandle, 'base64').toString().split(' ');
  const [messageId, nonce] = parts;
  if (messageId === undefined || nonce === undefined || parts.length !== 2) {
    throw new AwsError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
  }
  const message = queue.messages.get(messageId);
  return message?.receiptHandle === receiptHandle ? message : undefined;
}

/**
 * Deletes a message by the handle of its latest receive. An older handle, or a message already gone, changes nothing and
 * is no error, as on AWS; text that never was a handle is `ReceiptHandleIsInvalid`.
 */
export function remove(account: Account, queueArn: string, receiptHandle: string): void {
  const queue = queueByArn(account, queueArn);
  const message = messageOf(queue, receiptHandle);
  if (message) discard(account, queue, message);
}

/** Makes a received message visible again after `delaySeconds` (0: at once). Throws `MessageNotInflight` if it is not hidden. */
export function makeVisible(account: Account, queueArn: string, receiptHandle: string, delaySeconds: number): void {
  const queue = queueByArn(account, queueArn);
  const message = messageOf(queue, receiptHandle);
  if (!message || message.visibleAt <= account.clock.now()) {
    throw new AwsError('MessageNotInflight', 'The specified message is not in flight.');
  }
  hideFor(account, queue, message, delaySeconds * 1000);
}
