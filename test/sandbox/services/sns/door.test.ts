import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTopicsCommand,
  PublishCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { credentialsFor } from '../../../../sandbox/iam/credentials.ts';
import { createRole } from '../../../../sandbox/iam/roles.ts';
import { snsService } from '../../../../sandbox/services/sns/service.ts';
import { createTopic, messagesOf, subscribe } from '../../../../sandbox/services/sns/topics.ts';
import { clientOptions, policyOf, throughDoor } from '../throughDoor.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:page';

describe('the SNS client', () => {
  it('publishes with subject and attributes', () =>
    throughDoor([snsService], async ({ account }) => {
      createTopic(account, { name: 'page', arn: TOPIC });
      const sns = new SNSClient(clientOptions(account));
      const input = { TopicArn: TOPIC, Subject: 'GET UP: a<b>&"c"', Message: 'line 1\nline 2 <é>' };
      const attributes = {
        kind: { DataType: 'String', StringValue: 'page' },
        raw: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) },
      };
      const { MessageId } = await sns.send(new PublishCommand({ ...input, MessageAttributes: attributes }));
      expect(messagesOf(account)).toMatchObject([
        { messageId: MessageId, subject: input.Subject, message: input.Message, attributes: { kind: attributes.kind } },
      ]);
      expect([...(messagesOf(account)[0]?.attributes['raw']?.BinaryValue ?? [])]).toEqual([1, 2]);
    }));

  it('reads refusals by their names', () =>
    throughDoor([snsService], async ({ account }) => {
      createTopic(account, { name: 'page', arn: TOPIC });
      const sns = new SNSClient(clientOptions(account));
      const send = (input: object) => sns.send(new PublishCommand({ TopicArn: TOPIC, Message: 'm', ...input }));
      await expect(send({ Subject: 'two\nlines' })).rejects.toMatchObject({ name: 'InvalidParameterException' });
      await expect(send({ TopicArn: `${TOPIC}2` })).rejects.toMatchObject({ name: 'NotFoundException' });
      await expect(send({ TopicArn: undefined, PhoneNumber: '+44' })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
    }));

  it('is held to its role', () =>
    throughDoor([snsService], async ({ account }) => {
      createTopic(account, { name: 'page', arn: TOPIC });
      createTopic(account, { name: 'other', arn: `${TOPIC}2` });
      createRole(account, {
        name: 'Report',
        arn: 'arn:aws:iam::123456789012:role/Report',
        trust: policyOf({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }),
        policies: [{ name: 'own', document: policyOf({ Effect: 'Allow', Action: 'sns:Publish', Resource: TOPIC }) }],
      });
      const sns = new SNSClient(clientOptions(account, credentialsFor(account, 'Report', 'report')));
      await expect(sns.send(new PublishCommand({ TopicArn: TOPIC, Message: 'm' }))).resolves.toBeDefined();
      const other = sns.send(new PublishCommand({ TopicArn: `${TOPIC}2`, Message: 'm' }));
      await expect(other).rejects.toMatchObject({ name: 'AuthorizationErrorException' });
      await expect(sns.send(new ListTopicsCommand({}))).rejects.toMatchObject({ name: 'AuthorizationErrorException' });
    }));

  it('lists topics, attributes and subscriptions, page by page', () =>
    throughDoor([snsService], async ({ account }) => {
      for (let n = 0; n < 101; n += 1) createTopic(account, { name: `t${n}`, arn: `${TOPIC}${n}` });
      subscribe(account, `${TOPIC}0`, { protocol: 'email', endpoint: 'on-call@example.com' });
      const sns = new SNSClient(clientOptions(account));
      const first = await sns.send(new ListTopicsCommand({}));
      const second = await sns.send(new ListTopicsCommand({ NextToken: first.NextToken }));
      expect([first.Topics?.length, second.Topics?.length, second.NextToken]).toEqual([100, 1, undefined]);
      const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn: `${TOPIC}0` }));
      expect(Attributes).toMatchObject({
        TopicArn: `${TOPIC}0`,
        SubscriptionsConfirmed: '0',
        SubscriptionsPending: '1',
      });
      const { Subscriptions } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: `${TOPIC}0` }));
      expect(Subscriptions).toMatchObject([
        { SubscriptionArn: 'PendingConfirmation', Protocol: 'email', Endpoint: 'on-call@example.com' },
      ]);
    }));
});
