import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  type PutEventsRequestEntry,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { attachResourcePolicy } from '../../sandbox/iam/resourcePolicies.ts';
import { createRule } from '../../sandbox/services/eventbridge/rules.ts';
import { createQueue } from '../../sandbox/services/sqs/queue.ts';
import { type Script, step, withClient } from '../script.ts';
import { patternSteps } from './patterns.ts';

const queueArn = 'arn:aws:sqs:us-east-1:123456789012:inbox';
const ruleArn = (name: string): string => `arn:aws:events:us-east-1:123456789012:rule/${name}`;

const whole = { name: 'orders', pattern: { source: ['shop.orders'], 'detail-type': ['Order Placed'] } };
const parts = {
  name: 'refunds',
  pattern: { source: ['shop.refunds'], detail: { amount: [{ numeric: ['>', 10] }] } },
  transformer: {
    inputPathsMap: { id: '$.detail.id', from: '$.source' },
    inputTemplate: '{"refund":"<id>","from":"<from>"}',
  },
};
const nightly = { name: 'nightly', schedule: 'rate(1 day)' };

const put =
  (...Entries: PutEventsRequestEntry[]) =>
  () =>
    new PutEventsCommand({ Entries });
const order = { Source: 'shop.orders', DetailType: 'Order Placed', Detail: '{"id":"o-1"}' };

const received = (name: string) => [
  step(`delivers ${name}`, (seen) => new ReceiveMessageCommand({ QueueUrl: seen('finds the queue', 'QueueUrl') }), {
    through: 'sqs',
    of: 'PutEvents',
    settled: true,
  }),
  step(
    `takes away ${name}`,
    (seen) =>
      new DeleteMessageCommand({
        QueueUrl: seen('finds the queue', 'QueueUrl'),
        ReceiptHandle: seen(`delivers ${name}`, 'Messages[0].ReceiptHandle'),
      }),
    { through: 'sqs', of: 'PutEvents' },
  ),
];

export const events: Script = {
  service: 'events',
  client: (connection) => new EventBridgeClient(connection),
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
        {
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: queueArn,
        },
      ],
    });
    const target = { id: 'inbox', arn: queueArn };
    const scheduled = { name: nightly.name, arn: ruleArn(nightly.name), scheduleExpression: nightly.schedule };
    createRule(account, { ...scheduled, description: 'once a night', state: 'DISABLED', targets: [] });
    createRule(account, { name: whole.name, arn: ruleArn(whole.name), eventPattern: whole.pattern, targets: [target] });
    const transformed = { ...target, inputTransformer: parts.transformer };
    createRule(account, {
      name: parts.name,
      arn: ruleArn(parts.name),
      eventPattern: parts.pattern,
      targets: [transformed],
    });
  },
  moto: async (connection) => {
    await withClient(new SQSClient(connection), (client) =>
      client.send(new CreateQueueCommand({ QueueName: 'inbox' })),
    );
    await withClient(new EventBridgeClient(connection), async (client) => {
      const scheduled = { Name: nightly.name, ScheduleExpression: nightly.schedule, Description: 'once a night' };
      await client.send(new PutRuleCommand({ ...scheduled, State: 'DISABLED' }));
      for (const { name, pattern } of [whole, parts]) {
        await client.send(new PutRuleCommand({ Name: name, EventPattern: JSON.stringify(pattern) }));
      }
      const target = { Id: 'inbox', Arn: queueArn };
      await client.send(new PutTargetsCommand({ Rule: whole.name, Targets: [target] }));
      const { inputPathsMap: InputPathsMap, inputTemplate: InputTemplate } = parts.transformer;
      const transformed = { ...target, InputTransformer: { InputPathsMap, InputTemplate } };
      await client.send(new PutTargetsCommand({ Rule: parts.name, Targets: [transformed] }));
    });
  },
  fields: {
    EventId: 'id',
    MessageId: 'id',
    ReceiptHandle: 'id',
    MD5OfBody: 'text',
    EventPattern: 'json',
    Body: 'json',
    'Body.id': 'id',
    'Body.time': 'time',
    NextToken: 'id',
    CreationTime: 'time',
    LastModifiedTime: 'time',
  },
  steps: [
    step('finds the queue', () => new GetQueueUrlCommand({ QueueName: 'inbox' }), { through: 'sqs', of: 'PutEvents' }),
    step('describes a rule', () => new DescribeRuleCommand({ Name: whole.name })),
    step('describes a schedule', () => new DescribeRuleCommand({ Name: nightly.name })),
    step('refuses a rule that is not there', () => new DescribeRuleCommand({ Name: 'nowhere' })),
    step('lists buses', () => new ListEventBusesCommand({})),
    step('lists rules', () => new ListRulesCommand({})),
    step('lists rules with a prefix', () => new ListRulesCommand({ NamePrefix: 'or' })),
    step('lists a page of rules', () => new ListRulesCommand({ Limit: 2 })),
    step('refuses rules of a bus that is not there', () => new ListRulesCommand({ EventBusName: 'nowhere' })),
    step('lists targets', () => new ListTargetsByRuleCommand({ Rule: parts.name })),
    step('lists no targets', () => new ListTargetsByRuleCommand({ Rule: nightly.name })),
    step('refuses targets of a rule that is not there', () => new ListTargetsByRuleCommand({ Rule: 'nowhere' })),
    step('lists rules of a target', () => new ListRuleNamesByTargetCommand({ TargetArn: queueArn })),
    step('lists no rules of a target', () => new ListRuleNamesByTargetCommand({ TargetArn: `${queueArn}x` })),
    step('puts an event', put({ ...order, Resources: ['arn:aws:s3:::shop'] })),
    ...received('the whole event'),
    step(
      'puts an event that is transformed',
      put({ Source: 'shop.refunds', DetailType: 'Refund', Detail: '{"id":"r-1","amount":20}' }),
    ),
    ...received('the transformed event'),
    step(
      'puts an event that no rule takes',
      put({ Source: 'shop.refunds', DetailType: 'Refund', Detail: '{"id":"r-2","amount":5}' }),
    ),
    step(
      'puts events, some of which are refused',
      put(
        order,
        { ...order, Source: '' },
        { ...order, Detail: 'none' },
        { ...order, Detail: '[]' },
        { ...order, Source: 'aws.ecr' },
        { Source: 'shop.orders', Detail: '{}' },
        { Source: 'shop.orders', DetailType: 'Order Placed' },
      ),
    ),
    step('refuses no events', put()),
    step('refuses eleven events', put(...Array.from({ length: 11 }, () => order))),
    ...patternSteps,
  ],
};
