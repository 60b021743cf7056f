import type {
  GetQueueAttributesResult,
  ListQueuesResult,
  ReceiveMessageResult,
  SendMessageBatchResult,
  SendMessageResult,
} from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, test } from 'vitest';
import { createQueue, sendToQueue } from '../../../../sandbox/services/sqs/queue.ts';
import { sqsService } from '../../../../sandbox/services/sqs/service.ts';
import { type FakeAccount, fakeAccount } from '../../fakeAccount.ts';
import { invoke } from '../../invoke.ts';

const arn = 'arn:aws:sqs:eu-west-1:123456789012:work';
const QueueUrl = 'http://127.0.0.1:4566/123456789012/work';

let fake: FakeAccount;
beforeEach(() => {
  fake = fakeAccount();
  createQueue(fake.account, { name: 'work', arn, visibilityTimeoutSeconds: 30, messageRetentionSeconds: 3600 });
});
const run = <O>(name: string, input: object): Promise<O> => invoke<O>(sqsService, name, input, fake.call());

describe('a long poll', () => {
  test('answers as soon as a message is sent, and its end no longer waits', async () => {
    const poll = run<ReceiveMessageResult>('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 });
    await fake.clock.advance(3000);
    sendToQueue(fake.account, arn, 'at last');
    expect((await poll).Messages?.[0]?.Body).toBe('at last');
    expect(fake.clock.queued().map((event) => event.kind)).toEqual(['sqs.visible']);
  });

  test('answers without messages when the wait is over', async () => {
    const poll = run<ReceiveMessageResult>('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 });
    await fake.clock.advance(20_000);
    expect(await poll).toEqual({});
  });

  test('two polls and one message: the first one gets it', async () => {
    const first = run<ReceiveMessageResult>('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 });
    const second = run<ReceiveMessageResult>('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 });
    await fake.clock.advance(1);
    sendToQueue(fake.account, arn, 'one');
    await fake.clock.advance(20_000);
    expect((await first).Messages).toHaveLength(1);
    expect(await second).toEqual({});
  });

  test('wakes when the visibility time-out of a message ends', async () => {
    sendToQueue(fake.account, arn, 'again');
    await run('ReceiveMessage', { QueueUrl, VisibilityTimeout: 4 });
    const poll = run<ReceiveMessageResult>('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 });
    await fake.clock.advance(4000);
    expect((await poll).Messages?.[0]?.Body).toBe('again');
  });
});

test('digests of body and attributes are those of AWS', async () => {
  const sent = await run<SendMessageResult>('SendMessage', {
    QueueUrl,
    MessageBody: 'This is a test message',
    MessageAttributes: { test_attribute_name_1: { DataType: 'String', StringValue: 'test_attribute_value_1' } },
  });
  expect(sent.MD5OfMessageBody).toBe('fafb00f5732ab283681e124bf8747ed1');
  expect(sent.MD5OfMessageAttributes).toMatch(/^[0-9a-f]{32}$/);
  const received = await run<ReceiveMessageResult>('ReceiveMessage', {
    QueueUrl,
    MessageAttributeNames: ['All'],
    MessageSystemAttributeNames: ['SentTimestamp'],
  });
  expect(received.Messages?.[0]).toMatchObject({
    MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
    Attributes: { SentTimestamp: String(fake.clock.now()) },
  });
});

test('in a batch, one bad entry does not stop the others', async () => {
  const result = await run<SendMessageBatchResult>('SendMessageBatch', {
    QueueUrl,
    Entries: [
      { Id: 'good', MessageBody: 'x' },
      { Id: 'bad', MessageBody: '\u0001' },
    ],
  });
  expect(result.Successful?.map((entry) => entry.Id)).toEqual(['good']);
  expect(result.Failed).toMatchObject([{ Id: 'bad', Code: 'InvalidMessageContents', SenderFault: true }]);
});

test.each([
  [[], 'EmptyBatchRequest'],
  [Array.from({ length: 11 }, (_, index) => ({ Id: `${index}`, MessageBody: 'x' })), 'TooManyEntriesInBatchRequest'],
  [
    [
      { Id: 'a', MessageBody: 'x' },
      { Id: 'a', MessageBody: 'y' },
    ],
    'BatchEntryIdsNotDistinct',
  ],
])('a batch of the wrong form is refused (%#)', async (Entries, code) => {
  await expect(run('SendMessageBatch', { QueueUrl, Entries })).rejects.toMatchObject({ code });
});

test('attributes count what is visible and what is in flight; unknown names are refused', async () => {
  sendToQueue(fake.account, arn, 'a');
  sendToQueue(fake.account, arn, 'b');
  await run('ReceiveMessage', { QueueUrl });
  const { Attributes } = await run<GetQueueAttributesResult>('GetQueueAttributes', {
    QueueUrl,
    AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
  });
  expect(Attributes).toEqual({ ApproximateNumberOfMessages: '1', ApproximateNumberOfMessagesNotVisible: '1' });
  await expect(run('GetQueueAttributes', { QueueUrl, AttributeNames: ['Colour'] })).rejects.toMatchObject({
    code: 'InvalidAttributeName',
  });
});

test('the real address of a queue reaches it, and IAM is asked about its ARN', async () => {
  const real = 'https://sqs.eu-west-1.amazonaws.com/123456789012/work';
  await run('SendMessage', { QueueUrl: real, MessageBody: 'x' });
  expect(sqsService.operations['SendMessage']?.needs({ QueueUrl: real } as never, fake.account)).toEqual([
    { action: 'sqs:SendMessage', resource: arn },
  ]);
  expect(await run<ListQueuesResult>('ListQueues', {})).toEqual({ QueueUrls: [QueueUrl] });
});

test('purging empties the queue once per minute', async () => {
  sendToQueue(fake.account, arn, 'a');
  await run('PurgeQueue', { QueueUrl });
  expect(await run<ReceiveMessageResult>('ReceiveMessage', { QueueUrl })).toEqual({});
  await expect(run('PurgeQueue', { QueueUrl })).rejects.toMatchObject({ code: 'PurgeQueueInProgress' });
});

describe('what is sent', () => {
  const send = (more: object) => run('SendMessage', { QueueUrl, MessageBody: 'm', ...more });

  test.each([
    ['a delay above a quarter of an hour', { DelaySeconds: 901 }],
    ['a delay below nothing', { DelaySeconds: -1 }],
    ['an attribute without a type', { MessageAttributes: { a: { DataType: '', StringValue: 'x' } } }],
    ['an attribute of no type', { MessageAttributes: { a: { DataType: 'Colour', StringValue: 'x' } } }],
    ['an attribute without a value', { MessageAttributes: { a: { DataType: 'String', StringValue: '' } } }],
  ])('is refused with %s', async (_name, more) => {
    await expect(send(more)).rejects.toMatchObject({ code: 'InvalidParameterValue' });
    expect(await run('ReceiveMessage', { QueueUrl })).toEqual({});
  });

  test.each([
    ['a delay of a quarter of an hour', { DelaySeconds: 900 }],
    ['a custom type', { MessageAttributes: { a: { DataType: 'Number.int', StringValue: '1' } } }],
    ['bytes', { MessageAttributes: { a: { DataType: 'Binary', BinaryValue: Buffer.from([0]) } } }],
  ])('may have %s', async (_name, more) => {
    expect(await send(more)).toHaveProperty('MessageId');
  });
});

test('a queue tells how it is set up', async () => {
  const { Attributes } = await run<GetQueueAttributesResult>('GetQueueAttributes', {
    QueueUrl,
    AttributeNames: ['All'],
  });
  expect(Attributes).toMatchObject({ ReceiveMessageWaitTimeSeconds: '0', SqsManagedSseEnabled: 'true' });
  expect(Attributes?.['LastModifiedTimestamp']).toBe(Attributes?.['CreatedTimestamp']);
});
