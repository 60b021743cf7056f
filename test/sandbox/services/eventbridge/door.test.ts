import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import { credentialsFor } from '../../../../sandbox/iam/credentials.ts';
import { attachResourcePolicy } from '../../../../sandbox/iam/resourcePolicies.ts';
import { createRole } from '../../../../sandbox/iam/roles.ts';
import { createRule } from '../../../../sandbox/services/eventbridge/rules.ts';
import { addScheduledTask } from '../../../../sandbox/services/eventbridge/scheduledTask.ts';
import { eventbridgeService } from '../../../../sandbox/services/eventbridge/service.ts';
import { createQueue, receive } from '../../../../sandbox/services/sqs/queue.ts';
import { clientOptions, letIn, policyOf, throughDoor } from '../throughDoor.ts';
import { queueArn, RULE } from './busWithQueue.ts';

const QUEUE = queueArn('scans');
const BUS = 'arn:aws:events:eu-west-1:123456789012:event-bus/default';
const entry = { Source: 'shop', DetailType: 'Order', Detail: '{"n":1}' };

function rule(account: Account): void {
  createQueue(account, { name: 'scans', arn: QUEUE, visibilityTimeoutSeconds: 30, messageRetentionSeconds: 3600 });
  attachResourcePolicy(account, QUEUE, letIn('events.amazonaws.com', 'sqs:SendMessage', QUEUE, RULE));
  const targets = [
    { id: 'intake', arn: QUEUE, deadLetterArn: queueArn('dlq'), retryPolicy: { maximumRetryAttempts: 3 } },
  ];
  createRule(account, { name: 'scans', arn: RULE, eventPattern: { source: ['shop', 'aws.ecr'] }, targets });
}

describe('the EventBridge client', () => {
  it("puts a customer's events, each by itself", () =>
    throughDoor([eventbridgeService], async ({ account, clock }) => {
      rule(account);
      const events = new EventBridgeClient(clientOptions(account));
      const Time = new Date('2026-11-20T00:00:00Z');
      const Entries = [
        { ...entry, Time, Resources: ['arn:r'] },
        { ...entry, Detail: '[]' },
        { ...entry, Detail: '{' },
        { ...entry, Detail: `{"n":${'['.repeat(100_000)}${']'.repeat(100_000)}}` },
        { ...entry, DetailType: '' },
        { ...entry, EventBusName: 'other' },
        { ...entry, EventBusName: 'arn:aws:events:eu-west-1:210987654321:event-bus/default' },
      ];
      const answer = await events.send(new PutEventsCommand({ Entries }));
      expect(answer.FailedEntryCount).toBe(6);
      expect(answer.Entries?.map((each) => each.ErrorCode)).toEqual([
        undefined,
        'MalformedDetail',
        'MalformedDetail',
        'MalformedDetail',
        'InvalidArgument',
        'InvalidArgument',
        'InvalidArgument',
      ]);
      await clock.settle();
      const bodies = receive(account, QUEUE, 10).map(({ body }) => JSON.parse(body) as object);
      const id = answer.Entries?.[0]?.EventId;
      expect(bodies).toEqual([
        expect.objectContaining({
          id,
          source: 'shop',
          time: '2026-11-20T00:00:00Z',
          resources: ['arn:r'],
          detail: { n: 1 },
        }),
      ]);
    }));

  it('puts ten entries and less than a MiB at once', () =>
    throughDoor([eventbridgeService], async ({ account }) => {
      const events = new EventBridgeClient(clientOptions(account));
      const put = (Entries: (typeof entry)[]) => events.send(new PutEventsCommand({ Entries }));
      await expect(put(Array.from({ length: 10 }, () => entry))).resolves.toMatchObject({ FailedEntryCount: 0 });
      await expect(put(Array.from({ length: 11 }, () => entry))).rejects.toMatchObject({ name: 'ValidationException' });
      await expect(put([])).rejects.toMatchObject({ name: 'ValidationException' });
      const detail = (length: number) => ({
        ...entry,
        Detail: JSON.stringify('x'.repeat(length)).replace(/^"(.*)"$/, '{"a":"$1"}'),
      });
      const room = 1_048_576 - 'shopOrder{"a":""}'.length;
      await expect(put([detail(room - 1)])).resolves.toMatchObject({ FailedEntryCount: 0 });
      await expect(put([detail(room)])).rejects.toMatchObject({ name: 'ValidationException' });
    }));

  it('reads rules and targets', () =>
    throughDoor([eventbridgeService], async ({ account }) => {
      rule(account);
      createRule(account, {
        name: 'sweep',
        arn: `${RULE}2`,
        scheduleExpression: 'rate(5 minutes)',
        state: 'DISABLED',
        targets: [],
      });
      const events = new EventBridgeClient(clientOptions(account));
      const scans = { Name: 'scans', Arn: RULE, State: 'ENABLED', EventPattern: '{"source":["shop","aws.ecr"]}' };
      expect(await events.send(new DescribeRuleCommand({ Name: 'scans' }))).toMatchObject(scans);
      const { Rules } = await events.send(new ListRulesCommand({}));
      expect(Rules).toMatchObject([scans, { Name: 'sweep', State: 'DISABLED', ScheduleExpression: 'rate(5 minutes)' }]);
      expect((await events.send(new ListRulesCommand({ NamePrefix: 'sw' }))).Rules).toHaveLength(1);
      const page = await events.send(new ListRulesCommand({ Limit: 1 }));
      const rest = await events.send(new ListRulesCommand({ Limit: 1, NextToken: page.NextToken }));
      expect([page.Rules?.[0]?.Name, rest.Rules?.[0]?.Name, rest.NextToken]).toEqual(['scans', 'sweep', undefined]);
      expect((await events.send(new ListTargetsByRuleCommand({ Rule: 'scans' }))).Targets).toEqual([
        {
          Id: 'intake',
          Arn: QUEUE,
          DeadLetterConfig: { Arn: queueArn('dlq') },
          RetryPolicy: { MaximumRetryAttempts: 3 },
        },
      ]);
      const missing = { name: 'ResourceNotFoundException' };
      await expect(events.send(new DescribeRuleCommand({ Name: 'none' }))).rejects.toMatchObject(missing);
      await expect(events.send(new ListRulesCommand({ EventBusName: 'b' }))).rejects.toMatchObject(missing);
    }));

  it('finds the rules of a target on each bus, and what they would start', () =>
    throughDoor([eventbridgeService], async ({ account }) => {
      rule(account);
      const cluster = 'arn:aws:ecs:eu-west-1:123456789012:cluster/prod';
      const taskDefinitionArn = 'arn:aws:ecs:eu-west-1:123456789012:task-definition/report:3';
      for (const name of ['weekly', 'nightly']) {
        addScheduledTask(account, { name, schedule: 'rate(1 day)', clusterArn: cluster, taskDefinitionArn });
      }
      const events = new EventBridgeClient(clientOptions(account));
      expect((await events.send(new ListEventBusesCommand({}))).EventBuses).toEqual([{ Name: 'default', Arn: BUS }]);
      const named = (TargetArn: string, more: object = {}) =>
        events.send(new ListRuleNamesByTargetCommand({ TargetArn, ...more }));
      expect((await named(cluster)).RuleNames).toEqual(['nightly', 'weekly']);
      expect((await named(`${cluster}2`)).RuleNames).toEqual([]);
      const first = await named(cluster, { EventBusName: 'default', Limit: 1 });
      expect(first.RuleNames).toEqual(['nightly']);
      expect((await named(cluster, { Limit: 1, NextToken: first.NextToken })).RuleNames).toEqual(['weekly']);
      await expect(named(cluster, { EventBusName: 'orders' })).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });
      expect((await events.send(new ListTargetsByRuleCommand({ Rule: 'nightly' }))).Targets).toEqual([
        { Id: 'task', Arn: cluster, EcsParameters: { TaskDefinitionArn: taskDefinitionArn } },
      ]);
      const again = { name: 'nightly', schedule: 'rate(1 day)', clusterArn: cluster, taskDefinitionArn };
      expect(() => addScheduledTask(account, again)).toThrow(/already exists/);
      expect(() => addScheduledTask(account, { ...again, name: 'new', schedule: 'daily' })).toThrow(/not valid/);
    }));

  it("lets the administrator speak as AWS's services, whose account and Region it cannot choose", () =>
    throughDoor([eventbridgeService], async ({ account, clock }) => {
      rule(account);
      const events = new EventBridgeClient(clientOptions(account));
      const Entries = [{ ...entry, Source: 'aws.ecr', DetailType: 'ECR Image Scan' }];
      expect(await events.send(new PutEventsCommand({ Entries }))).toMatchObject({ FailedEntryCount: 0 });
      await clock.settle();
      expect(receive(account, QUEUE, 10).map(({ body }) => JSON.parse(body) as object)).toEqual([
        expect.objectContaining({ source: 'aws.ecr', account: '123456789012', region: 'eu-west-1' }),
      ]);
    }));

  it('tests patterns', () =>
    throughDoor([eventbridgeService], async ({ account }) => {
      const events = new EventBridgeClient(clientOptions(account));
      const event = { id: '1', account: '1', source: 's', time: 't', region: 'r', resources: [], 'detail-type': 'd' };
      const test = (pattern: string, given: object = event) =>
        events.send(new TestEventPatternCommand({ EventPattern: pattern, Event: JSON.stringify(given) }));
      expect(await test('{"source":["s"]}')).toMatchObject({ Result: true });
      expect(await test('{"source":["t"]}')).toMatchObject({ Result: false });
      await expect(test('{"source":"s"}')).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
      await expect(test('{')).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
      await expect(test('{"source":["s"]}', { source: 's' })).rejects.toMatchObject({ name: 'ValidationException' });
    }));

  it('is held to its role', () =>
    throughDoor([eventbridgeService], async ({ account }) => {
      createRole(account, {
        name: 'Drill',
        arn: 'arn:aws:iam::123456789012:role/Drill',
        trust: policyOf({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }),
        policies: [{ name: 'own', document: policyOf({ Effect: 'Allow', Action: 'events:*', Resource: BUS }) }],
      });
      const events = new EventBridgeClient(clientOptions(account, credentialsFor(account, 'Drill', 'drill')));
      const Entries = [entry, { ...entry, Source: 'aws.ecr' }];
      expect(await events.send(new PutEventsCommand({ Entries }))).toMatchObject({
        FailedEntryCount: 1,
        Entries: [{ EventId: expect.any(String) }, { ErrorCode: 'NotAuthorizedForSourceException' }],
      });
      const denied = { name: 'AccessDeniedException' };
      await expect(events.send(new ListRulesCommand({}))).rejects.toMatchObject(denied);
      await expect(events.send(new DescribeRuleCommand({ Name: 'scans' }))).rejects.toMatchObject(denied);
    }));
});
