import type { MessageAttributeValue, ReceiveMessageRequest, ReceiveMessageResult } from '@aws-sdk/client-sqs';
import { type Account, AwsError, type Call, operation } from '../../account.ts';
import { md5OfAttributes } from './digest.ts';
import { arnOfUrl, onQueue } from './queueUrl.ts';
import { type Message, receive } from './receive.ts';
import { queueByArn, sqsState } from './state.ts';

export const receiveMessage = operation<ReceiveMessageRequest, ReceiveMessageResult>(
  onQueue('ReceiveMessage'),
  receiveOrWait,
);

async function receiveOrWait(input: ReceiveMessageRequest, call: Call): Promise<ReceiveMessageResult> {
  const { account } = call;
  const queue = queueByArn(account, arnOfUrl(account, input.QueueUrl));
  const max = inRange('MaxNumberOfMessages', input.MaxNumberOfMessages ?? 1, 1, 10);
  const waitSeconds = inRange('WaitTimeSeconds', input.WaitTimeSeconds ?? 0, 0, 20);
  if (input.VisibilityTimeout !== undefined) inRange('VisibilityTimeout', input.VisibilityTimeout, 0, 43_200);
  const take = (): readonly Message[] => receive(account, queue.arn, max, input.VisibilityTimeout);
  let messages = take();
  if (messages.length === 0 && waitSeconds > 0) {
    messages = await call.park(nextMessages(account, queue.arn, waitSeconds, take));
  }
  if (messages.length === 0) return {};
  return { Messages: messages.map((message) => asAnswered(message, input)) };
}

function inRange(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new AwsError(
    'InvalidParameterValue',
    `Value ${value} for parameter ${name} is invalid. Reason: Must be between ${least} and ${most}, if provided.`,
  );
}

/** A long poll: the first messages that become visible while it waits, or none when the wait is over. */
function nextMessages(
  account: Account,
  queueArn: string,
  waitSeconds: number,
  take: () => readonly Message[],
): Promise<readonly Message[]> {
  const state = sqsState(account);
  state.lastPoll += 1;
  const poll = state.lastPoll;
  return new Promise((resolve) => {
    const end = account.clock.after(waitSeconds * 1000, 'sqs.pollEnds', { poll });
    state.polls.set(poll, {
      queueArn,
      take: () => {
        const messages = take();
        if (messages.length === 0) return false;
        state.polls.delete(poll);
        account.clock.cancel(end);
        resolve(messages);
        return true;
      },
      giveUp: () => {
        state.polls.delete(poll);
        resolve([]);
      },
    });
  });
}

function asAnswered(message: Message, input: ReceiveMessageRequest): NonNullable<ReceiveMessageResult['Messages']>[0] {
  const system = new Set<string>([...(input.MessageSystemAttributeNames ?? []), ...(input.AttributeNames ?? [])]);
  const attributes = Object.entries(message.attributes).filter(([name]) => system.has('All') || system.has(name));
  const wanted = wantedAttributes(message.messageAttributes, input.MessageAttributeNames ?? []);
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: message.md5OfBody,
    ...(attributes.length === 0 ? {} : { Attributes: Object.fromEntries(attributes) }),
    ...(Object.keys(wanted).length === 0
      ? {}
      : { MessageAttributes: wanted, MD5OfMessageAttributes: md5OfAttributes(wanted) }),
  };
}

function wantedAttributes(
  attributes: Message['messageAttributes'],
  names: readonly string[],
): Record<string, MessageAttributeValue> {
  const wanted = (name: string): boolean =>
    names.some((asked) =>
      asked === 'All' ? true : asked.endsWith('.*') ? name.startsWith(asked.slice(0, -2)) : asked === name,
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => wanted(name)));
}
