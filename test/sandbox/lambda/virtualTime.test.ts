import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { AwsError } from '../../../sandbox/account.ts';
import { invokeFunction } from '../../../sandbox/services/lambda/invoke.ts';
import { createQueue } from '../../../sandbox/services/sqs/queue.ts';
import { sqsService } from '../../../sandbox/services/sqs/service.ts';
import { bundledHandler, removeBundledHandlers } from '../bundledHandler.ts';
import { tallyService, throttled } from '../door/tallyService.ts';
import { addFunction, closeAccounts, smallAccount } from './accountWithFunction.ts';

let retrying: string;
let polling: string;
beforeAll(async () => {
  retrying = await bundledHandler(`
    import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
    const table = new DynamoDBClient({ maxAttempts: 3 });
    export const handler = async () => {
      const start = Date.now();
      const { $metadata } = await table.send(new PutItemCommand({ TableName: 't', Item: { pk: { S: 'a' }, n: { N: '1' } } }));
      return { attempts: $metadata.attempts, delay: $metadata.totalRetryDelay, took: Date.now() - start };
    };`);
  polling = await bundledHandler(`
    import { SQSClient, ReceiveMessageCommand, SendMessageCommand, DeleteMessageCommand } from '@aws-sdk/client-sqs';
    const sqs = new SQSClient({});
    const QueueUrl = 'https://sqs.eu-west-1.amazonaws.com/123456789012/orders';
    export const handler = async (event, context) => {
      const start = Date.now();
      await new Promise((resolve) => setTimeout(resolve, 14 * 60_000));
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
      const received = [];
      for (let polls = 1; received.length < 2; polls += 1) {
        const { Messages } = await sqs.send(new ReceiveMessageCommand(
          { QueueUrl, WaitTimeSeconds: 20, VisibilityTimeout: 30, MessageSystemAttributeNames: ['All'] }));
        if (!Messages?.length) continue;
        received.push({ polls, count: Messages[0].Attributes.ApproximateReceiveCount });
        if (received.length === 2) {
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0].ReceiptHandle }));
        }
      }
      return { received, seconds: Math.floor((Date.now() - start) / 1000), left: context.getRemainingTimeInMillis() };
    };`);
});
afterEach(closeAccounts);
afterAll(removeBundledHandlers);

test('the SDK backs off in virtual time, and the clock counts it', async () => {
  const refusals = [throttled(), new AwsError('InternalServerError', 'x', 500)];
  const running = await smallAccount({ services: [tallyService((count) => refusals[count - 1])] });
  addFunction(running, retrying, { timeoutSeconds: 30 });
  const result = await invokeFunction(running.account, 'fn', {});
  expect(result).toMatchObject({ ok: true, payload: { attempts: 3 } });
  const { payload } = result as { payload: { delay: number; took: number } };
  expect(payload.delay).toBeGreaterThan(0);
  expect(payload.took).toBeGreaterThanOrEqual(payload.delay);
  expect(running.account.trail.map(({ result: code }) => code)).toEqual([
    'ThrottlingException',
    'InternalServerError',
    'ok',
  ]);
});

test('a long sleep, long polls and a visibility time-out take a quarter of an hour of virtual time', async () => {
  const running = await smallAccount({ services: [sqsService] });
  createQueue(running.account, {
    name: 'orders',
    arn: 'arn:aws:sqs:eu-west-1:123456789012:orders',
    visibilityTimeoutSeconds: 30,
    messageRetentionSeconds: 3600,
  });
  addFunction(running, polling, { timeoutSeconds: 900 });
  expect(await invokeFunction(running.account, 'fn', {})).toMatchObject({
    ok: true,
    payload: {
      received: [
        { polls: 1, count: '1' },
        { polls: 3, count: '2' },
      ],
      seconds: 870,
    },
  });
});
