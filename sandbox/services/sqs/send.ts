import { type Account, AwsError } from '../../account.ts';
import { binaryOf } from './digest.ts';
import { type MessageAttributes, queueByArn, sqsState } from './state.ts';
import { announce, hideFor } from './visibility.ts';

/** 1 MiB, body and attributes together (SQS message quotas). */
export const MAX_MESSAGE_BYTES = 1_048_576;

// #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF, by the SendMessage reference.
const ALLOWED = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;

/** Bytes that count toward the size limit. */
export function messageBytes(body: string, attributes: MessageAttributes): number {
  let bytes = Buffer.byteLength(body);
  for (const [name, value] of Object.entries(attributes)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value.DataType ?? '');
    bytes += value.BinaryValue === undefined ? Buffer.byteLength(value.StringValue ?? '') : binaryOf(value).length;
  }
  return bytes;
}

function check(body: string, attributes: MessageAttributes): void {
  if (body === '') throw new AwsError('MissingRequiredParameterException', 'The request must contain MessageBody.');
  if (!ALLOWED.test(body)) {
    throw new AwsError('InvalidMessageContents', 'The message contains characters outside the allowed set.');
  }
  if (messageBytes(body, attributes) > MAX_MESSAGE_BYTES) {
    throw new AwsError(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${MAX_MESSAGE_BYTES} bytes.`,
    );
  }
  if (Object.keys(attributes).length > 10) {
    throw new AwsError('InvalidParameterValue', 'Number of message attributes exceeds the allowed maximum of 10.');
  }
  for (const [name, value] of Object.entries(attributes)) checkAttribute(name, value);
}

/** "Name, type, value and the message body must not be empty or null" (SendMessage, MessageAttributes). */
function checkAttribute(
  name: string,
  { DataType = '', StringValue = '', BinaryValue }: MessageAttributes[string],
): void {
  if (!/^(?:String|Number|Binary)(?:\.|$)/.test(DataType)) {
    const reason = `The message attribute '${name}' has an invalid message attribute type.`;
    throw new AwsError(
      'InvalidParameterValue',
      `${reason} The set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  if (StringValue === '' && (BinaryValue?.length ?? 0) === 0) {
    const reason = `The message attribute '${name}' must contain a non-empty message attribute value.`;
    throw new AwsError('InvalidParameterValue', reason);
  }
}

/** How long a message may be delayed at the most, seconds (SendMessage, DelaySeconds). */
const MAX_DELAY_SECONDS = 900;

function checkDelay(seconds: number): void {
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= MAX_DELAY_SECONDS) return;
  const reason = `DelaySeconds must be >= 0 and <= ${MAX_DELAY_SECONDS}.`;
  throw new AwsError(
    'InvalidParameterValue',
    `Value ${seconds} for parameter DelaySeconds is invalid. Reason: ${reason}`,
  );
}

export interface SendOptions {
  /** Instead of the queue's own delay. */
  readonly delaySeconds?: number;
  /** Who sent it: a role or user id; the account's id when AWS did. */
  readonly senderId?: string;
  /** It comes by the clock, again and again: nobody waits for it who waits until all is done. */
  readonly upkeep?: boolean;
}

/**
 * Puts a message into a queue and answers with its id. Throws AwsError `QueueDoesNotExist`, `InvalidMessageContents`,
 * `InvalidParameterValue` (too large, delayed for too long, an attribute without type or value).
 */
export function sendToQueue(
  account: Account,
  queueArn: string,
  body: string,
  attributes: MessageAttributes = {},
  options: SendOptions = {},
): string {
  const queue = queueByArn(account, queueArn);
  check(body, attributes);
  if (options.delaySeconds !== undefined) checkDelay(options.delaySeconds);
  const now = account.clock.now();
  const delayMs = options.delaySeconds === undefined ? queue.delayMs : options.delaySeconds * 1000;
  const messageId = account.random.uuid();
  const message = {
    messageId,
    body,
    messageAttributes: attributes,
    sentAt: now,
    senderId: options.senderId ?? account.id,
    receiveCount: 0,
    visibleAt: now,
    ...(options.upkeep === true ? { upkeep: true } : {}),
  };
  queue.messages.set(messageId, message);
  if (delayMs > 0) hideFor(account, queue, message, delayMs);
  else announce(account, sqsState(account), queue);
  return messageId;
}
