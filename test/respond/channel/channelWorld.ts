import type { PostRequest } from '../../../shared/platform/post.ts';
import { channel, type ReceivedMessage } from '../../../shared/respond/channel/channel.ts';
import type { ChannelEffects } from '../../../shared/respond/channel/effects.ts';

export const pageTopic = 'arn:page';
export const start = Date.parse('2026-11-20T10:00:00.000Z');

export interface Published {
  readonly tier: string;
  readonly subject: string;
  readonly body: string;
  readonly about: { readonly [name: string]: string };
}

/** What the channels need, in memory: parameters with their versions, endpoints that answer as they are told. */
export function channelWorld() {
  const parameters = new Map<string, { values: string[]; isSealed: boolean }>();
  const orders: string[] = [];
  const hidden: (readonly [string, number])[] = [];
  const posts: PostRequest[] = [];
  const chats: string[] = [];
  const published: Published[] = [];
  const logged: unknown[] = [];
  let now = start;
  const answers: (number | { status: number; retryAfter: number } | Error)[] = [];
  const world = {
    orders,
    hidden,
    posts,
    chats,
    published,
    logged,
    answers,
    /** Instead of sending, publishing or reading: what is thrown. */
    fails: {} as { send?: Error; chat?: Error; publish?: Error; read?: Error },
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
    /** Writes the next version of a parameter. */
    put: (name: string, value: string, isSealed = false) => {
      const values = [...(parameters.get(name)?.values ?? []), value];
      parameters.set(name, { values, isSealed });
    },
    parameter: (name: string) => parameters.get(name)?.values.at(-1),
    remove: (name: string) => parameters.delete(name),
  };
  const found = (name: string) => {
    if (world.fails.read) throw world.fails.read;
    const [base = '', version] = name.split(':');
    const { values = [], isSealed = false } = parameters.get(base) ?? {};
    const number = version === undefined ? values.length : Number(version);
    const value = values[number - 1];
    return value === undefined ? undefined : { name: base, value, version: number, isSealed };
  };
  const log = (message: string, fields: object = {}) => void logged.push({ message, ...fields });
  const effects: ChannelEffects = {
    stage: 'prod',
    log: { info: log, warn: log, error: log },
    clock: { now: () => new Date(now) },
    parameters: {
      read: async (name) => found(name),
      readSecret: async (name) => found(name),
      put: async (name, value) => {
        world.put(name, value);
        return 1;
      },
    },
    orders: {
      send: async (bodies) => {
        if (world.fails.send) throw world.fails.send;
        orders.push(...bodies);
      },
      hide: async (handle, seconds) => void hidden.push([handle, seconds]),
    },
    publisher: {
      publish: async (tier, subject, body, about = {}) => {
        if (world.fails.publish) throw world.fails.publish;
        published.push({ tier, subject, body, about });
      },
    },
    chat: async (text) => {
      if (world.fails.chat) throw world.fails.chat;
      chats.push(text);
    },
    post: async (request) => {
      posts.push(request);
      const answer = answers.shift() ?? 200;
      if (answer instanceof Error) throw answer;
      return typeof answer === 'number' ? { status: answer, retryAfter: undefined } : answer;
    },
    tiers: { [pageTopic]: 'page', 'arn:notice': 'notice', 'arn:digest': 'digest' },
    kept: {},
  };
  let received = 0;
  const message = (body: string, receives = 1): ReceivedMessage => {
    received += 1;
    const attributes = { ApproximateReceiveCount: String(receives) };
    return { messageId: `m${received}`, receiptHandle: `r${received}`, body, attributes };
  };
  return {
    ...world,
    effects,
    fails: world.fails,
    /** Bodies, each received for the nth time; answers with how many of them are to come again. */
    receive: async (bodies: readonly string[], receives = 1): Promise<number> => {
      const { batchItemFailures } = await channel(
        effects,
        bodies.map((body) => message(body, receives)),
      );
      return batchItemFailures.length;
    },
  };
}

export type ChannelWorld = ReturnType<typeof channelWorld>;

/** SNS's notification of a message of ours. */
export const notification = (
  attributes: Readonly<Record<string, string>> = {},
  fields: Readonly<Record<string, unknown>> = {},
): string =>
  JSON.stringify({
    Type: 'Notification',
    MessageId: 'sns-1',
    TopicArn: pageTopic,
    Subject: 'GET UP: x',
    Message: 'GET UP: x NOT contained.\n\nWhat happened',
    Timestamp: new Date(start).toISOString(),
    MessageAttributes: Object.fromEntries(
      Object.entries({ id: 'i/r/not-contained-1', thread: 't', outcome: 'not-contained', ...attributes }).map(
        ([name, Value]) => [name, { Type: 'String', Value }],
      ),
    ),
    ...fields,
  });

export const edit = JSON.stringify({ source: 'aws.ssm', 'detail-type': 'Parameter Store Change', detail: {} });
export const channelsName = '/firebreak/prod/channels';
export const keyName = (name: string): string => `/firebreak-keys/prod/${name}`;

export const soc = (tiers = '[page, notice, digest]'): string =>
  `  - { name: soc, kind: webhook, tiers: ${tiers}, url: "https://hooks.example.com/a", key: ${keyName('soc')} }\n`;
export const pager = (tiers = '[page]', more = ''): string =>
  `  - { name: pager, kind: pagerduty, tiers: ${tiers}, key: ${keyName('pager')}${more} }\n`;
export const chat = (tiers = '[page]'): string => `  - { name: chat, kind: chat, tiers: ${tiers} }\n`;

/** With these channels, and their keys. */
export function worldWith(...channels: readonly string[]): ChannelWorld {
  const world = channelWorld();
  world.put(channelsName, `channels:\n${channels.join('')}`);
  world.put(keyName('soc'), 'soc-key\n', true);
  world.put(keyName('pager'), 'pager-key', true);
  return world;
}
