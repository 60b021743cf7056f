import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { attachResourcePolicy } from '../../sandbox/iam/resourcePolicies.ts';
import { createRule } from '../../sandbox/services/eventbridge/rules.ts';
import { createQueue } from '../../sandbox/services/sqs/queue.ts';
import { type Script, step, withClient } from '../script.ts';
import { patternEvent, patternRules } from './patterns.ts';

const queueArn = (name: string): string => `arn:aws:sqs:us-east-1:123456789012:${name}`;
const ruleArn = (name: string): string => `arn:aws:events:us-east-1:123456789012:rule/${name}`;

/** A rule and a queue for each pattern: one event is put, and each queue has it or not. */
export const eventPatterns: Script = {
  service: 'events',
  client: (connection) => new EventBridgeClient(connection),
  others: { sqs: (connection) => new SQSClient(connection) },
  sandbox: (account) => {
    for (const { rule, pattern } of patternRules) {
      const arn = queueArn(rule);
      createQueue(account, { name: rule, arn, visibilityTimeoutSeconds: 30, messageRetentionSeconds: 345_600 });
      attachResourcePolicy(account, arn, {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: arn },
        ],
      });
      createRule(account, { name: rule, arn: ruleArn(rule), eventPattern: pattern, targets: [{ id: 'queue', arn }] });
    }
  },
  moto: async (connection) => {
    await withClient(new SQSClient(connection), async (client) => {
      for (const { rule } of patternRules) await client.send(new CreateQueueCommand({ QueueName: rule }));
    });
    await withClient(new EventBridgeClient(connection), async (client) => {
      for (const { rule, pattern } of patternRules) {
        await client.send(new PutRuleCommand({ Name: rule, EventPattern: JSON.stringify(pattern) }));
        const Targets = [{ Id: 'queue', Arn: queueArn(rule) }];
        await client.send(new PutTargetsCommand({ Rule: rule, Targets }));
      }
    });
  },
  fields: { EventId: 'id' },
  steps: [
    step(
      'puts the event for all patterns',
      () =>
        new PutEventsCommand({
          Entries: [
            {
              Source: patternEvent.source,
              DetailType: patternEvent['detail-type'],
              Resources: patternEvent.resources,
              Detail: JSON.stringify(patternEvent.detail),
            },
          ],
        }),
    ),
    ...patternRules.map(({ name, rule }) =>
      step(
        `matches ${name}`,
        () =>
          new GetQueueAttributesCommand({
            QueueUrl: `https://sqs.us-east-1.amazonaws.com/123456789012/${rule}`,
            AttributeNames: ['ApproximateNumberOfMessages'],
          }),
        { through: 'sqs', of: 'PutEvents', settled: true },
      ),
    ),
  ],
};
