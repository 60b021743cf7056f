import { mockClient } from 'aws-sdk-client-mock';
import type { Head, Message, Outcome } from '../../../shared/incident/items.ts';
import { memoryTable } from '../../../shared/incident/memoryTable.ts';
import type { FindingClass } from '../../../shared/plan/plan.ts';
import { PublishCommand, SNSClient } from '../../../shared/platform/sdk/sns.ts';
import { snsTopics } from '../../../shared/platform/topics.ts';
import type { ChannelMessage } from '../../../shared/report/channels/message.ts';
import { messageFrom } from '../../../shared/report/channels/notification.ts';
import { messageOf } from '../../../shared/respond/message.ts';
import { sendOutbox } from '../../../shared/respond/send.ts';
import type { Tier } from '../../../shared/rules/rule.ts';
import { now } from '../../plan/fakes.ts';

const sns = mockClient(SNSClient);
const topics = { page: 'arn:page', notice: 'arn:notice', digest: 'arn:digest' };

/** A message as those who are subscribed to its topic get it. */
export interface Sent {
  readonly tier: Tier;
  readonly subject: string;
  readonly email: string;
  readonly sms: string;
  readonly channels: ChannelMessage;
}

export interface Told {
  readonly tier: Tier;
  readonly subject: string;
  readonly body: string;
  readonly incident: string;
  readonly outcome: Outcome;
  readonly class: FindingClass;
}

/** Publishes it as Report does, and wraps it as SNS does for a queue. */
export const throughSns = ({ incident, outcome, ...told }: Told): Promise<Sent> =>
  published(
    incident,
    messageOf({ incident, run: 'run1' } as Head, `${outcome}-0123456789ab`, { outcome, ...told }, now),
  );

/** What lies in the outbox, as it goes out. */
export async function published(incident: string, message: Message): Promise<Sent> {
  sns.reset();
  sns.on(PublishCommand).resolves({});
  const publisher = snsTopics({ region: 'us-east-1', topics });
  const effects = {
    table: memoryTable(),
    publisher,
    clock: { now: () => now },
    stage: 'test',
    newId: () => 'id',
    log: () => undefined,
  };
  await sendOutbox(effects, { incident, outbox: [message] } as unknown as Head);
  const {
    Message = '',
    Subject = '',
    MessageAttributes = {},
  } = sns.commandCalls(PublishCommand)[0]?.args[0].input ?? {};
  const texts = JSON.parse(Message) as { readonly default: string; readonly sms: string };
  const given = Object.entries(MessageAttributes).map(([name, { DataType, StringValue }]) => [
    name,
    { Type: DataType, Value: StringValue },
  ]);
  const channels = notified(
    { Subject, Message: texts.default, MessageAttributes: Object.fromEntries(given) },
    message.tier,
  );
  return { tier: message.tier, subject: Subject, email: texts.default, sms: texts.sms, channels };
}

/** SNS's notification, read as the channels read it. */
export function notified(fields: object, tier: Tier): ChannelMessage {
  const notification = { Type: 'Notification', MessageId: 'sns-message-1', Timestamp: now.toISOString(), ...fields };
  const message = messageFrom(JSON.parse(JSON.stringify(notification)), tier, 'prod');
  if (message === undefined) throw new Error('it was taken for no notification');
  return message;
}
