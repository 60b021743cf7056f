import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { type Account, AwsError, slice } from '../../account.ts';
import { announce } from './visibility.ts';

export interface Redrive {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** Names to values, in the SDK's shape (`BinaryValue` is base64 text here, as on the wire). */
export type MessageAttributes = { readonly [name: string]: MessageAttributeValue };

export interface StoredMessage {
  readonly messageId: string;
  readonly body: string;
  readonly messageAttributes: MessageAttributes;
  /** Milliseconds since the epoch, virtual; kept when the message moves to a dead-letter queue, as on AWS. */
  readonly sentAt: number;
  readonly senderId: string;
  /** Nobody waits for it: it comes again and again. */
  readonly upkeep?: boolean;
  /** The queue that gave the message up, when it lies in a dead-letter queue. */
  readonly deadLetterSource?: string;
  receiveCount: number;
  firstReceivedAt?: number;
  /** From this time on it can be received. */
  visibleAt: number;
  /** Number of the clock event that announces it, while it is hidden. */
  announcement?: number;
  /** The handle of the latest receive: an older one no longer deletes. */
  receiptHandle?: string;
}

export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly visibilityTimeoutMs: number;
  readonly retentionMs: number;
  readonly delayMs: number;
  readonly redrive?: Redrive;
  readonly createdAt: number;
  /** In the order sent. */
  readonly messages: Map<string, StoredMessage>;
  /** Clock event kinds to queue whenever a message becomes visible. */
  readonly listeners: string[];
  purgedAt?: number;
}

/** A long poll that waits. Of live callers, so no part of what a snapshot could hold. */
interface Poll {
  readonly queueArn: string;
  /** Takes what is visible now; false: nothing was. */
  readonly take: () => boolean;
  /** The wait is over. */
  readonly giveUp: () => void;
}

export interface SqsState {
  readonly queues: Map<string, Queue>;
  readonly polls: Map<number, Poll>;
  lastPoll: number;
}

export const sqsState = slice('sqs', (account: Account): SqsState => {
  const state: SqsState = { queues: new Map(), polls: new Map(), lastPoll: 0 };
  account.clock.on('sqs.visible', (args) => {
    const { queueArn, messageId } = args as { queueArn: string; messageId: string };
    const queue = state.queues.get(queueArn);
    const message = queue?.messages.get(messageId);
    if (!queue || !message || message.visibleAt > account.clock.now()) return;
    delete message.announcement;
    announce(account, state, queue);
  });
  account.clock.on('sqs.pollEnds', (args) => {
    const { poll } = args as { poll: number };
    state.polls.get(poll)?.giveUp();
  });
  return state;
});

/** Throws the error AWS answers when there is no such queue. */
export function queueByArn(account: Account, queueArn: string): Queue {
  const queue = sqsState(account).queues.get(queueArn);
  if (!queue) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
  return queue;
}
