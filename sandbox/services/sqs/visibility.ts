import type { Account } from '../../account.ts';
import type { Queue, SqsState, StoredMessage } from './state.ts';

/** Hides a message for `ms` from now and queues its return; 0 shows it at once. */
export function hideFor(account: Account, queue: Queue, message: StoredMessage, ms: number): void {
  if (message.announcement !== undefined) account.clock.cancel(message.announcement);
  message.visibleAt = account.clock.now() + ms;
  const args = { queueArn: queue.arn, messageId: message.messageId };
  message.announcement = account.clock.after(ms, 'sqs.visible', args, { background: message.upkeep === true });
}

/** Takes a message out of its queue, with the event that would have announced it: the clock must not wait for it. */
export function discard(account: Account, queue: Queue, message: StoredMessage): void {
  if (message.announcement !== undefined) account.clock.cancel(message.announcement);
  queue.messages.delete(message.messageId);
}

/** Drops what has outlived the retention period. Done at each look, so that no clock event is spent on it. */
export function dropExpired(account: Account, queue: Queue): void {
  const oldest = account.clock.now() - queue.retentionMs;
  for (const message of queue.messages.values()) {
    if (message.sentAt <= oldest) discard(account, queue, message);
  }
}

/** A message has become visible: long polls are served first, in the order they came, then listeners are told. */
export function announce(account: Account, state: SqsState, queue: Queue): void {
  for (const poll of state.polls.values()) {
    if (poll.queueArn === queue.arn && !poll.take()) break;
  }
  for (const kind of queue.listeners) account.clock.after(0, kind, { queueArn: queue.arn });
}
