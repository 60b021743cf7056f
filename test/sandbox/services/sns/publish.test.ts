import { describe, expect, it } from 'vitest';
import { attachResourcePolicy } from '../../../../sandbox/iam/resourcePolicies.ts';
import { createTopic, messagesOf, publish, subscribe, undeliveredOf } from '../../../../sandbox/services/sns/topics.ts';
import { createQueue, receive } from '../../../../sandbox/services/sqs/queue.ts';
import { fakeAccount } from '../../fakeAccount.ts';
import { letIn } from '../throughDoor.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:page';
const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:inbox';

function topic() {
  const fake = fakeAccount();
  createTopic(fake.account, { name: 'page', arn: TOPIC });
  const send = (message: string, more: Partial<Parameters<typeof publish>[1]> = {}) =>
    publish(fake.account, { topicArn: TOPIC, message, ...more });
  return { ...fake, send };
}

describe('what is published', () => {
  it('is kept in order, with its time, by topic', async () => {
    const { account, clock, send } = topic();
    createTopic(account, { name: 'notice', arn: `${TOPIC}2` });
    const first = send('one', { subject: 'GET UP: shop' });
    await clock.advance(5000);
    send('two', { topicArn: `${TOPIC}2` });
    const second = send('one', { subject: 'GET UP: shop' });
    expect(second).not.toBe(first);
    expect(messagesOf(account).map(({ message }) => message)).toEqual(['one', 'two', 'one']);
    const at = Date.parse('2026-11-24T08:00:00.000Z');
    expect(messagesOf(account, TOPIC)).toMatchObject([
      { messageId: first, at, subject: 'GET UP: shop' },
      { messageId: second, at: at + 5000 },
    ]);
  });

  it('needs a topic', () => {
    expect(() => topic().send('x', { topicArn: `${TOPIC}-none` })).toThrow(
      expect.objectContaining({ code: 'NotFound', status: 404 }),
    );
  });
});

describe('limits of Publish', () => {
  const refused = expect.objectContaining({ code: 'InvalidParameter' });
  it.each(['x'.repeat(99), 'GET UP: checkout', '"quoted"'])('take the subject %j', (subject) => {
    expect(() => topic().send('m', { subject })).not.toThrow();
  });
  it.each(['', 'x'.repeat(100), ' leading', 'two\nlines', 'tab\tbed', 'null\0', 'naïve', 'bell\u0007'])(
    'refuse the subject %j',
    (subject) => {
      const { account, send } = topic();
      expect(() => send('m', { subject })).toThrow(refused);
      expect(messagesOf(account)).toEqual([]);
    },
  );
  it('take 256 KiB with attributes, counted in bytes, and not one more', () => {
    const attributes = { kind: { DataType: 'String', StringValue: 'page' } };
    const room = 262_144 - 'kindStringpage'.length;
    expect(() => topic().send('x'.repeat(room), { attributes })).not.toThrow();
    expect(() => topic().send('x'.repeat(room + 1), { attributes })).toThrow(/Message too long/);
    expect(() => topic().send('é'.repeat(131_073))).toThrow(/Message too long/);
    expect(() => topic().send('')).toThrow(/Empty message/);
  });
  it.each([
    ['{', /failed to parse/],
    ['[]', /failed to parse/],
    ['{"sms":"x"}', /No default entry/],
    ['{"default":{"a":1}}', /No default entry/],
  ])('refuse the structured message %s', (message, reason) => {
    expect(() => topic().send(message, { structure: 'json' })).toThrow(reason);
  });
  it('refuse another structure', () => expect(() => topic().send('{}', { structure: 'xml' })).toThrow(refused));
  it.each([
    ['aws.kind', { DataType: 'String', StringValue: 'x' }],
    ['kind', { DataType: 'Text', StringValue: 'x' }],
    ['kind', { DataType: 'String', StringValue: '' }],
  ])('refuse the attribute %s %j', (name, value) => {
    expect(() => topic().send('m', { attributes: { [name]: value } })).toThrow(
      expect.objectContaining({ code: 'ParameterValueInvalid' }),
    );
  });
});

describe('a queue that subscribed', () => {
  function subscribed(allowed: boolean) {
    const fake = topic();
    const settings = { name: 'inbox', visibilityTimeoutSeconds: 30, messageRetentionSeconds: 3600 };
    createQueue(fake.account, { ...settings, arn: QUEUE });
    if (allowed) attachResourcePolicy(fake.account, QUEUE, letIn('sns.amazonaws.com', 'sqs:SendMessage', QUEUE, TOPIC));
    const subscription = subscribe(fake.account, TOPIC, { protocol: 'sqs', endpoint: QUEUE });
    const inbox = () => receive(fake.account, QUEUE, 10).map(({ body }) => JSON.parse(body) as object);
    return { ...fake, subscription, inbox };
  }

  it('gets the message in the wrapping of SNS', async () => {
    const { clock, send, inbox } = subscribed(true);
    const MessageId = send('{"a":1}', {
      subject: 'hello',
      attributes: { n: { DataType: 'Number', StringValue: '1' } },
    });
    expect(inbox()).toEqual([]);
    await clock.advance(1000);
    expect(inbox()).toEqual([
      expect.objectContaining({
        Type: 'Notification',
        MessageId,
        TopicArn: TOPIC,
        Subject: 'hello',
        Message: '{"a":1}',
        Timestamp: '2026-11-24T08:00:00.000Z',
        MessageAttributes: { n: { Type: 'Number', Value: '1' } },
      }),
    ]);
  });

  it('gets the text meant for it', async () => {
    const { account, clock, send, inbox } = subscribed(true);
    send('{"default":"short","sqs":"long"}', { structure: 'json' });
    await clock.advance(1000);
    expect(inbox()).toEqual([expect.objectContaining({ Message: 'long' })]);
    expect(messagesOf(account)[0]?.message).toBe('short');
  });

  it('gets nothing when its policy does not let SNS in, and that is counted', async () => {
    const { account, clock, send, subscription, inbox } = subscribed(false);
    const messageId = send('m');
    await clock.advance(1000);
    expect(inbox()).toEqual([]);
    expect(undeliveredOf(account)).toEqual([
      {
        messageId,
        subscriptionArn: subscription.arn,
        reason: expect.stringContaining('does not let sns.amazonaws.com in'),
      },
    ]);
  });
});

describe('subscriptions', () => {
  it('of one endpoint are one', () => {
    const { account } = topic();
    const to = { protocol: 'email', endpoint: 'on-call@example.com' } as const;
    expect(subscribe(account, TOPIC, to)).toBe(subscribe(account, TOPIC, to));
    expect(subscribe(account, TOPIC, to).confirmed).toBe(false);
  });
  it('need an endpoint of their protocol', () => {
    const { account } = topic();
    expect(() => subscribe(account, TOPIC, { protocol: 'email', endpoint: QUEUE })).toThrow(/Endpoint/);
    expect(() => subscribe(account, TOPIC, { protocol: 'sqs', endpoint: 'a@b.c' })).toThrow(/Endpoint/);
  });
  it('need a topic, whose name is not taken and not FIFO', () => {
    const { account } = topic();
    const again = (name: string) => () => createTopic(account, { name, arn: TOPIC });
    expect(again('page')).toThrow(/already/);
    expect(again('page.fifo')).toThrow(/Topic Name/);
  });
});

describe('a filter policy', () => {
  const attributes = (values: { readonly [name: string]: string }) =>
    Object.fromEntries(
      Object.entries(values).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
    );

  function filtered(filterPolicy: { readonly [name: string]: (string | { readonly exists: boolean })[] }) {
    const fake = topic();
    const settings = { name: 'inbox', visibilityTimeoutSeconds: 30, messageRetentionSeconds: 3600 };
    createQueue(fake.account, { ...settings, arn: QUEUE });
    attachResourcePolicy(fake.account, QUEUE, letIn('sns.amazonaws.com', 'sqs:SendMessage', QUEUE, TOPIC));
    subscribe(fake.account, TOPIC, { protocol: 'sqs', endpoint: QUEUE, filterPolicy });
    return fake;
  }

  it.each<[string, { readonly [name: string]: (string | { readonly exists: boolean })[] }, number]>([
    ['lets through what it names', { team: ['payments'] }, 1],
    ['keeps what it does not', { team: ['search'] }, 0],
    ['keeps what has no such attribute', { squad: ['payments'] }, 0],
    ['lets that through where it says so', { squad: [{ exists: false }] }, 1],
    ['that is empty lets everything through', {}, 1],
  ])('%s', async (_what, policy, arrived) => {
    const { account, clock, send } = filtered(policy);
    send('m', { attributes: attributes({ team: 'payments' }) });
    await clock.advance(1000);
    expect(receive(account, QUEUE, 10)).toHaveLength(arrived);
  });

  it('that is no pattern is refused', () => {
    expect(() =>
      subscribe(topic().account, TOPIC, { protocol: 'sqs', endpoint: QUEUE, filterPolicy: { team: 'x' } }),
    ).toThrow(expect.objectContaining({ code: 'InvalidParameter' }));
  });
});
