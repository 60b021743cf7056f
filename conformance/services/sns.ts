import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTopicsCommand,
  PublishCommand,
  type PublishCommandInput,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { attachResourcePolicy } from '../../sandbox/iam/resourcePolicies.ts';
import { createTopic, subscribe } from '../../sandbox/services/sns/topics.ts';
import { createQueue } from '../../sandbox/services/sqs/queue.ts';
import { type Script, step, withClient } from '../script.ts';

const topicArn = (name: string): string => `arn:aws:sns:us-east-1:123456789012:${name}`;
const queueArn = 'arn:aws:sqs:us-east-1:123456789012:inbox';
const PAGES = topicArn('pages');

const publish = (input: PublishCommandInput) => () => new PublishCommand({ TopicArn: PAGES, ...input });

/** What a publication puts into a subscribed queue, and its removal for the next. */
const delivered = (name: string) => [
  step(
    `delivers ${name}`,
    (seen) =>
      new ReceiveMessageCommand({ QueueUrl: seen('finds the queue', 'QueueUrl'), MessageAttributeNames: ['All'] }),
    {
      through: 'sqs',
      of: 'Publish',
      settled: true,
    },
  ),
  step(
    `takes away ${name}`,
    (seen) =>
      new DeleteMessageCommand({
        QueueUrl: seen('finds the queue', 'QueueUrl'),
        ReceiptHandle: seen(`delivers ${name}`, 'Messages[0].ReceiptHandle'),
      }),
    { through: 'sqs', of: 'Publish' },
  ),
];

const long = 'x'.repeat(262_145);

export const sns: Script = {
  service: 'sns',
  client: (connection) => new SNSClient(connection),
  others: { sqs: (connection) => new SQSClient(connection) },
  sandbox: (account) => {
    createQueue(account, {
      name: 'inbox',
      arn: queueArn,
      visibilityTimeoutSeconds: 30,
      messageRetentionSeconds: 345_600,
    });
    attachResourcePolicy(account, queueArn, {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: queueArn },
      ],
    });
    for (const name of ['notices', 'pages']) createTopic(account, { name, arn: topicArn(name) });
    subscribe(account, PAGES, { protocol: 'sqs', endpoint: queueArn });
    subscribe(account, topicArn('notices'), { protocol: 'email', endpoint: 'on-call@example.com' });
  },
  moto: async (connection) => {
    await withClient(new SQSClient(connection), (client) =>
      client.send(new CreateQueueCommand({ QueueName: 'inbox' })),
    );
    await withClient(new SNSClient(connection), async (client) => {
      for (const Name of ['notices', 'pages']) await client.send(new CreateTopicCommand({ Name }));
      await client.send(new SubscribeCommand({ TopicArn: PAGES, Protocol: 'sqs', Endpoint: queueArn }));
      const mail = { TopicArn: topicArn('notices'), Protocol: 'email', Endpoint: 'on-call@example.com' };
      await client.send(new SubscribeCommand(mail));
    });
  },
  fields: {
    MessageId: 'id',
    ReceiptHandle: 'id',
    SubscriptionArn: 'id',
    MD5OfBody: 'text',
    Body: 'json',
    Topics: 'by TopicArn',
    'Body.Timestamp': 'time',
    'Body.Signature': 'text',
    'Body.SigningCertURL': 'text',
    'Body.UnsubscribeURL': 'text',
  },
  steps: [
    step('finds the queue', () => new GetQueueUrlCommand({ QueueName: 'inbox' }), { through: 'sqs', of: 'Publish' }),
    step('lists topics', () => new ListTopicsCommand({})),
    step('reads attributes', () => new GetTopicAttributesCommand({ TopicArn: PAGES })),
    step(
      'refuses attributes of a topic that is not there',
      () => new GetTopicAttributesCommand({ TopicArn: topicArn('nowhere') }),
      { words: true },
    ),
    step('lists subscriptions of a queue', () => new ListSubscriptionsByTopicCommand({ TopicArn: PAGES })),
    step(
      'lists subscriptions of an address',
      () => new ListSubscriptionsByTopicCommand({ TopicArn: topicArn('notices') }),
    ),
    step(
      'refuses subscriptions of a topic that is not there',
      () => new ListSubscriptionsByTopicCommand({ TopicArn: topicArn('nowhere') }),
    ),
    step('publishes', publish({ Message: 'GET UP', Subject: 'Firebreak' })),
    ...delivered('a message with its subject'),
    step(
      'publishes with attributes',
      publish({
        Message: '{"a":"ü"}',
        MessageAttributes: {
          tier: { DataType: 'String', StringValue: 'page' },
          raw: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) },
        },
      }),
    ),
    ...delivered('a message with its attributes'),
    step(
      'publishes by protocol',
      publish({ MessageStructure: 'json', Message: JSON.stringify({ default: 'd', sqs: 's' }) }),
    ),
    ...delivered('the message of its protocol'),
    step('refuses a structure without a default', publish({ MessageStructure: 'json', Message: '{"sqs":"s"}' })),
    step('refuses a structure that is no JSON', publish({ MessageStructure: 'json', Message: 'x' })),
    step('refuses an empty message', publish({ Message: '' })),
    step('refuses a subject of 101 characters', publish({ Message: 'm', Subject: 's'.repeat(101) })),
    step('refuses a subject with a line break', publish({ Message: 'm', Subject: 'a\nb' })),
    step('refuses an empty subject', publish({ Message: 'm', Subject: '' })),
    step('refuses a message above 256 KiB', publish({ Message: long })),
    step(
      'refuses an attribute without a value',
      publish({ Message: 'm', MessageAttributes: { a: { DataType: 'String', StringValue: '' } } }),
    ),
    step(
      'refuses an attribute of no type',
      publish({ Message: 'm', MessageAttributes: { a: { DataType: 'Colour', StringValue: 'x' } } }),
    ),
    step('refuses a topic that is not there', publish({ TopicArn: topicArn('nowhere'), Message: 'm' })),
    step('refuses an ARN that is none', publish({ TopicArn: 'pages', Message: 'm' })),
  ],
};
