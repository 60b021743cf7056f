import { fieldsIn, messageFrom } from '../../report/channels/notification.ts';
import { deliver } from './deliver.ts';
import type { ChannelEffects } from './effects.ts';
import { channelsInForce, judgeChannels } from './inForce.ts';
import { hears, type Order, orderFrom, orderText } from './order.ts';
import { tellDead } from './tellDead.ts';

/** A message of SQS as Lambda hands it over. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: { readonly ApproximateReceiveCount: string };
}

export interface BatchResult {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** How long it waits after each failed attempt, seconds; after as many attempts and one, it is told through another way: about six minutes. */
const pauses = [15, 45, 90, 180] as const;
const mostAttempts = pauses.length + 1;
/** What another side may ask us to wait, seconds. */
const longestPause = 300;

/**
 * What comes through the topics goes to each channel as an order of its own, so that one that is dead keeps no other waiting and a repeat
 * goes to nobody who has it. All of a batch at the same time: the slowest decides how long it takes. Edits come first: the messages beside
 * them go by what they say.
 */
export async function channel(effects: ChannelEffects, received: readonly ReceivedMessage[]): Promise<BatchResult> {
  const tried = async (message: ReceivedMessage): Promise<readonly string[]> => {
    try {
      return (await handle(effects, message)) === 'again' ? [message.messageId] : [];
    } catch (error) {
      effects.log.error('A message for the channels waits', { message: message.messageId, error });
      return [message.messageId];
    }
  };
  const edits = received.filter(isEdit);
  const failed: string[] = [];
  for (const edit of edits) failed.push(...(await tried(edit)));
  const others = await Promise.all(received.filter((message) => !edits.includes(message)).map(tried));
  return { batchItemFailures: [...failed, ...others.flat()].map((itemIdentifier) => ({ itemIdentifier })) };
}

/** Of Parameter Store, about the channels: the rule lets nothing else through. */
const isEdit = ({ body }: ReceivedMessage): boolean => fieldsIn(body)?.['source'] === 'aws.ssm';

async function handle(effects: ChannelEffects, received: ReceivedMessage): Promise<'done' | 'again'> {
  const fields = fieldsIn(received.body) ?? {};
  const order = orderFrom(fields);
  if (order !== undefined) return carryOut(effects, order, received);
  if (isEdit(received)) {
    await judgeChannels(effects);
    return 'done';
  }
  return fanOut(effects, fields, received);
}

/** One order for each channel that hears of it, all in one call. */
async function fanOut(
  effects: ChannelEffects,
  fields: { readonly [name: string]: unknown },
  { messageId }: ReceivedMessage,
): Promise<'done' | 'again'> {
  const tier = effects.tiers[String(fields['TopicArn'])];
  const message = tier === undefined ? undefined : messageFrom(fields, tier, effects.stage);
  // Into the dead letters, which page: nobody but the topics can send here.
  if (message === undefined) throw new Error(`Message ${messageId} is no notification of a topic of this stage`);
  const { channels } = await channelsInForce(effects);
  const { html, ...text } = message;
  const orders = channels
    .filter((one) => hears(one, message))
    .map(({ name, kind }) => orderText({ channel: name, message: kind === 'webhook' ? message : text }));
  if (html === undefined && orders.length > 0) await effects.orders.send(orders);
  // Ten of these together may be more than SQS takes at once.
  if (html !== undefined) for (const order of orders) await effects.orders.send([order]);
  effects.log.info('Message for the channels', { message: message.id, tier, channels: orders.length });
  return 'done';
}

async function carryOut(
  effects: ChannelEffects,
  { channel: name, message }: Order,
  { receiptHandle, attributes }: ReceivedMessage,
): Promise<'done' | 'again'> {
  const { channels } = await channelsInForce(effects);
  const to = channels.find((one) => one.name === name);
  // Taken out of the parameter meanwhile.
  if (to === undefined) return 'done';
  const came = await deliver(effects, to, message);
  const attempts = Number(attributes.ApproximateReceiveCount);
  const about = { channel: name, kind: to.kind, message: message.id, attempts };
  if (came.state !== 'failed' && came.state !== 'refused') {
    effects.log.info('Channel', { ...about, state: came.state });
    return 'done';
  }
  const { why, state } = came;
  effects.log.warn('A channel did not take a message', { ...about, state, why });
  if (state === 'failed' && attempts < mostAttempts) {
    const pause = Math.max(pauses[attempts - 1] ?? longestPause, Math.min(came.retryAfter ?? 0, longestPause));
    await effects.orders.hide(receiptHandle, pause);
    return 'again';
  }
  if (message.telling === null) await tellDead(effects, to, message, { attempts, why });
  return 'done';
}
