import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { createQueue } from '../../sandbox/services/sqs/queue.ts';
import { type Script, type Seen, step, withClient } from '../script.ts';

const arn = (name: string): string => `arn:aws:sqs:us-east-1:123456789012:${name}`;
const redrive = { deadLetterTargetArn: arn('dead'), maxReceiveCount: 2 };

const url = (seen: Seen): string => seen('finds the queue', 'QueueUrl');
const send = (input: Omit<SendMessageCommandInput, 'QueueUrl'>) => (seen: Seen) =>
  new SendMessageCommand({ QueueUrl: url(seen), ...input });
const receive =
  (input: Omit<ReceiveMessageCommandInput, 'QueueUrl'> = {}) =>
  (seen: Seen) =>
    new ReceiveMessageCommand({ QueueUrl: url(seen), ...input });
const figures = (seen: Seen) =>
  new GetQueueAttributesCommand({
    QueueUrl: url(seen),
    AttributeNames: [
      'ApproximateNumberOfMessages',
      'ApproximateNumberOfMessagesNotVisible',
      'ApproximateNumberOfMessagesDelayed',
    ],
  });
const hide = (name: string, seconds: number) => (seen: Seen) =>
  new ChangeMessageVisibilityCommand({
    QueueUrl: url(seen),
    ReceiptHandle: seen(name, 'Messages[0].ReceiptHandle'),
    VisibilityTimeout: seconds,
  });

const messages = [
  step('sends a message', send({ MessageBody: 'first' })),
  step('counts it', figures),
  step(
    'receives it with all attributes',
    receive({ MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] }),
  ),
  step('counts it while it is hidden', figures),
  step('receives nothing more', receive()),
  step('makes it visible', hide('receives it with all attributes', 0)),
  step('receives it again and counts', receive({ MessageSystemAttributeNames: ['ApproximateReceiveCount'] })),
  step('refuses to hide it for too long', hide('receives it again and counts', 43_201)),
  step('makes it visible once more', hide('receives it again and counts', 0)),
  step('receives nothing, because it went to the dead letters', receive()),
  step(
    'finds it among the dead letters',
    (seen) =>
      new ReceiveMessageCommand({
        QueueUrl: seen('finds the dead letters', 'QueueUrl'),
        MessageSystemAttributeNames: ['ApproximateReceiveCount', 'DeadLetterQueueSourceArn'],
      }),
  ),
  step(
    'deletes it there',
    (seen) =>
      new DeleteMessageCommand({
        QueueUrl: seen('finds the dead letters', 'QueueUrl'),
        ReceiptHandle: seen('finds it among the dead letters', 'Messages[0].ReceiptHandle'),
      }),
  ),
  step(
    'deletes it again',
    (seen) =>
      new DeleteMessageCommand({
        QueueUrl: seen('finds the dead letters', 'QueueUrl'),
        ReceiptHandle: seen('finds it among the dead letters', 'Messages[0].ReceiptHandle'),
      }),
  ),
  step(
    'refuses a receipt that is none',
    (seen) => new DeleteMessageCommand({ QueueUrl: url(seen), ReceiptHandle: 'none' }),
  ),
  step(
    'refuses to hide with a receipt that is none',
    (seen) => new ChangeMessageVisibilityCommand({ QueueUrl: url(seen), ReceiptHandle: 'none', VisibilityTimeout: 0 }),
  ),
  step(
    'sends with attributes',
    send({
      MessageBody: 'ünï',
      MessageAttributes: {
        kind: { DataType: 'String', StringValue: 'order' },
        count: { DataType: 'Number', StringValue: '3' },
        raw: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 3]) },
      },
    }),
  ),
  step('receives one of its attributes', receive({ MessageAttributeNames: ['kind'], VisibilityTimeout: 0 })),
  step('receives all of its attributes', receive({ MessageAttributeNames: ['All'] })),
  step('sends a delayed message', send({ MessageBody: 'later', DelaySeconds: 900 })),
  step('counts the delayed message', figures),
];

const batches = [
  step(
    'sends a batch',
    (seen) =>
      new SendMessageBatchCommand({
        QueueUrl: url(seen),
        Entries: [
          { Id: 'a', MessageBody: 'one' },
          { Id: 'b', MessageBody: 'two', MessageAttributes: { kind: { DataType: 'String', StringValue: 'order' } } },
        ],
      }),
  ),
  step('receives the batch', receive({ MaxNumberOfMessages: 10 })),
  step(
    'deletes the batch, one of them with a receipt that is none',
    (seen) =>
      new DeleteMessageBatchCommand({
        QueueUrl: url(seen),
        Entries: [
          { Id: 'a', ReceiptHandle: seen('receives the batch', 'Messages[0].ReceiptHandle') },
          { Id: 'x', ReceiptHandle: 'none' },
        ],
      }),
  ),
];

const refusals = [
  step('refuses an empty message', send({ MessageBody: '' })),
  step(
    'refuses an attribute without a type',
    send({
      MessageBody: 'x',
      MessageAttributes: { kind: { DataType: '', StringValue: 'order' } },
    }),
  ),
  step(
    'refuses an attribute without a value',
    send({
      MessageBody: 'x',
      MessageAttributes: { kind: { DataType: 'String', StringValue: '' } },
    }),
  ),
  step('refuses a control character', send({ MessageBody: '\u0000' })),
  step('refuses a message above 1 MiB', send({ MessageBody: 'x'.repeat(1_048_577) })),
  step('refuses a delay above a quarter of an hour', send({ MessageBody: 'x', DelaySeconds: 901 })),
  step('refuses to receive eleven', receive({ MaxNumberOfMessages: 11 })),
  step('refuses to wait for 21 seconds', receive({ WaitTimeSeconds: 21 })),
  step('refuses an empty batch', (seen) => new SendMessageBatchCommand({ QueueUrl: url(seen), Entries: [] })),
  step(
    'refuses a batch with an id twice',
    (seen) =>
      new SendMessageBatchCommand({
        QueueUrl: url(seen),
        Entries: ['a', 'a'].map((Id) => ({ Id, MessageBody: 'x' })),
      }),
  ),
  step(
    'refuses a batch with an id that is none',
    (seen) => new SendMessageBatchCommand({ QueueUrl: url(seen), Entries: [{ Id: 'a b', MessageBody: 'x' }] }),
  ),
  step(
    'refuses a batch of eleven',
    (seen) =>
      new SendMessageBatchCommand({
        QueueUrl: url(seen),
        Entries: Array.from({ length: 11 }, (_, at) => ({ Id: `a${at}`, MessageBody: 'x' })),
      }),
  ),
  step(
    'refuses a batch above 1 MiB',
    (seen) =>
      new SendMessageBatchCommand({
        QueueUrl: url(seen),
        Entries: ['a', 'b'].map((Id) => ({ Id, MessageBody: 'x'.repeat(600_000) })),
      }),
  ),
  step(
    'refuses to delete an empty batch',
    (seen) => new DeleteMessageBatchCommand({ QueueUrl: url(seen), Entries: [] }),
  ),
];

const found = [
  step('finds the queue', () => new GetQueueUrlCommand({ QueueName: 'work' })),
  step('finds the dead letters', () => new GetQueueUrlCommand({ QueueName: 'dead' })),
];

const base: Omit<Script, 'steps'> = {
  service: 'sqs',
  client: (connection) => new SQSClient(connection),
  sandbox: (account) => {
    const settings = { visibilityTimeoutSeconds: 30, messageRetentionSeconds: 345_600 };
    createQueue(account, { name: 'dead', arn: arn('dead'), ...settings });
    createQueue(account, { name: 'work', arn: arn('work'), ...settings, visibilityTimeoutSeconds: 60, redrive });
  },
  moto: (connection) =>
    withClient(new SQSClient(connection), async (client) => {
      await client.send(new CreateQueueCommand({ QueueName: 'dead' }));
      const Attributes = { VisibilityTimeout: '60', RedrivePolicy: JSON.stringify(redrive) };
      await client.send(new CreateQueueCommand({ QueueName: 'work', Attributes }));
    }),
  fields: {
    MessageId: 'id',
    ReceiptHandle: 'id',
    SenderId: 'id',
    SentTimestamp: 'time',
    ApproximateFirstReceiveTimestamp: 'time',
    CreatedTimestamp: 'time',
    LastModifiedTimestamp: 'time',
    RedrivePolicy: 'json',
    // What a batch and a standard queue answer has no order.
    QueueUrls: 'unordered',
    Messages: 'by Body',
    Successful: 'by Id',
    Failed: 'by Id',
  },
};

export const sqs: readonly Script[] = [
  {
    ...base,
    steps: [
      ...found,
      step('refuses the URL of a queue that is not there', () => new GetQueueUrlCommand({ QueueName: 'nowhere' }), {
        words: true,
      }),
      step('lists queues', () => new ListQueuesCommand({})),
      step('lists queues with a prefix', () => new ListQueuesCommand({ QueueNamePrefix: 'wo' })),
      step('lists no queues', () => new ListQueuesCommand({ QueueNamePrefix: 'x' })),
      step(
        'reads all attributes',
        (seen) => new GetQueueAttributesCommand({ QueueUrl: url(seen), AttributeNames: ['All'] }),
      ),
      step('reads no attributes', (seen) => new GetQueueAttributesCommand({ QueueUrl: url(seen) })),
      step(
        'refuses an attribute that there is not',
        (seen) => new GetQueueAttributesCommand({ QueueUrl: url(seen), AttributeNames: ['Colour' as 'All'] }),
      ),
      step(
        'refuses attributes of a queue that is not there',
        (seen) => new GetQueueAttributesCommand({ QueueUrl: `${url(seen)}x`, AttributeNames: ['All'] }),
      ),
      ...messages,
      ...batches,
      step('purges', (seen) => new PurgeQueueCommand({ QueueUrl: url(seen) })),
      step('counts nothing', figures),
      step('refuses to purge again within a minute', (seen) => new PurgeQueueCommand({ QueueUrl: url(seen) })),
      step(
        'refuses to send to a queue that is not there',
        (seen) => new SendMessageCommand({ QueueUrl: `${url(seen)}x`, MessageBody: 'x' }),
      ),
    ],
  },
  { ...base, steps: [...found, ...refusals] },
];
