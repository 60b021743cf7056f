import { type Account, AwsError } from '../../account.ts';
import { type Queue, queueByArn, type Redrive, sqsState } from './state.ts';
import { announce, dropExpired } from './visibility.ts';

export { type Message, makeVisible, receive, remove } from './receive.ts';
export { sendToQueue } from './send.ts';
export type { MessageAttributes, Queue } from './state.ts';

export interface QueueSettings {
  readonly name: string;
  readonly arn: string;
  readonly visibilityTimeoutSeconds: number;
  readonly messageRetentionSeconds: number;
  readonly redrive?: Redrive;
  readonly delaySeconds?: number;
}

/** Makes a standard queue. FIFO queues are not modelled and are refused. */
export function createQueue(account: Account, settings: QueueSettings): Queue {
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(settings.name)) {
    throw new AwsError('InvalidParameterValue', `Not the name of a standard queue: ${settings.name}`);
  }
  const { queues } = sqsState(account);
  if (queues.has(settings.arn)) throw new AwsError('QueueNameExists', `There is a queue ${settings.name} already.`);
  const queue: Queue = {
    name: settings.name,
    arn: settings.arn,
    visibilityTimeoutMs: settings.visibilityTimeoutSeconds * 1000,
    retentionMs: settings.messageRetentionSeconds * 1000,
    delayMs: (settings.delaySeconds ?? 0) * 1000,
    ...(settings.redrive === undefined ? {} : { redrive: settings.redrive }),
    createdAt: account.clock.now(),
    messages: new Map(),
    listeners: [],
  };
  queues.set(queue.arn, queue);
  return queue;
}

/**
 * From now on, a clock event of this kind with `{queueArn}` is queued whenever a message becomes visible: sent, or its
 * visibility time-out over. Once more at once if something lies there already.
 */
export function onMessage(account: Account, queueArn: string, kind: string): void {
  const queue = queueByArn(account, queueArn);
  queue.listeners.push(kind);
  if (depth(account, queueArn).visible > 0) announce(account, sqsState(account), queue);
}

/** How many messages can be received now, how many are hidden after a receive, how many are delayed and never seen yet. */
export function depth(
  account: Account,
  queueArn: string,
): { readonly visible: number; readonly inFlight: number; readonly delayed: number } {
  const queue = queueByArn(account, queueArn);
  dropExpired(account, queue);
  const now = account.clock.now();
  const messages = [...queue.messages.values()];
  const visible = messages.filter((message) => message.visibleAt <= now).length;
  const delayed = messages.filter((message) => message.visibleAt > now && message.receiveCount === 0).length;
  return { visible, inFlight: messages.length - visible - delayed, delayed };
}
