import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { deleteRole } from '../../../sandbox/iam/roles.ts';
import type { RunningAccount } from '../../../sandbox/kernel/kernel.ts';
import { createEventSourceMapping } from '../../../sandbox/services/lambda/eventSourceMapping.ts';
import { lambdaFigures } from '../../../sandbox/services/lambda/figures.ts';
import { createQueue, depth, sendToQueue } from '../../../sandbox/services/sqs/queue.ts';
import { bundledHandler, removeBundledHandlers } from '../bundledHandler.ts';
import { addFunction, closeAccounts, smallAccount } from './accountWithFunction.ts';

const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:orders';
const DEAD = 'arn:aws:sqs:eu-west-1:123456789012:dead';
const SQS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

let folder: string;
beforeAll(async () => {
  folder = await bundledHandler(`
    exports.handler = async ({ Records }) => {
      const batchItemFailures = [];
      for (const { messageId, body, eventSource, eventSourceARN, attributes } of Records) {
        if (eventSource !== 'aws:sqs' || !eventSourceARN.endsWith(':orders') || !attributes.SentTimestamp) throw new Error('shape');
        if (body === 'throw') throw new Error('broken');
        if (body === 'fail') batchItemFailures.push({ itemIdentifier: messageId });
        if (body === 'slow') await new Promise((resolve) => setTimeout(resolve, 1000));
      }
      return { batchItemFailures };
    };`);
});
afterEach(closeAccounts);
afterAll(removeBundledHandlers);

async function consumer(allow: readonly string[] = SQS): Promise<RunningAccount> {
  const running = await smallAccount({ allow });
  createQueue(running.account, {
    name: 'dead',
    arn: DEAD,
    visibilityTimeoutSeconds: 30,
    messageRetentionSeconds: 86_400,
  });
  createQueue(running.account, {
    name: 'orders',
    arn: QUEUE,
    visibilityTimeoutSeconds: 30,
    messageRetentionSeconds: 86_400,
    redrive: { deadLetterTargetArn: DEAD, maxReceiveCount: 3 },
  });
  addFunction(running, folder);
  return running;
}

const settings = { queueArn: QUEUE, functionName: 'fn', batchSize: 10, reportBatchItemFailures: true };

test('a message is consumed and deleted; one whose batch throws comes back until it is a dead letter', async () => {
  const running = await consumer();
  createEventSourceMapping(running.account, settings);
  sendToQueue(running.account, QUEUE, 'fine');
  await running.clock.settle();
  expect(depth(running.account, QUEUE)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  expect(depth(running.account, DEAD).visible).toBe(0);
  sendToQueue(running.account, QUEUE, 'throw');
  await running.clock.settle();
  expect(depth(running.account, DEAD).visible).toBe(1);
  expect(lambdaFigures(running.account)).toMatchObject({ invocations: 4, failures: 3 });
});

test('of a batch, only what the function reports as failed comes back', async () => {
  const running = await consumer();
  for (const body of ['fine', 'fail', 'fine']) sendToQueue(running.account, QUEUE, body);
  createEventSourceMapping(running.account, settings);
  await running.clock.advance(1000);
  expect(lambdaFigures(running.account).invocations).toBe(1);
  expect(depth(running.account, QUEUE)).toMatchObject({ inFlight: 1 });
  await running.clock.settle();
  expect(depth(running.account, DEAD).visible).toBe(1);
});

test('without partial responses, a report of failures is not listened to', async () => {
  const running = await consumer();
  sendToQueue(running.account, QUEUE, 'fail');
  createEventSourceMapping(running.account, { ...settings, reportBatchItemFailures: false });
  await running.clock.settle();
  expect(depth(running.account, DEAD).visible).toBe(0);
});

test('no more batches run at once than the mapping allows', async () => {
  const running = await consumer();
  for (let n = 0; n < 6; n += 1) sendToQueue(running.account, QUEUE, 'slow');
  createEventSourceMapping(running.account, { ...settings, batchSize: 1, maximumConcurrency: 2 });
  await running.clock.settle();
  expect(lambdaFigures(running.account)).toMatchObject({ invocations: 6, coldStarts: 2 });
});

test('a window gathers messages into one batch', async () => {
  const running = await consumer();
  createEventSourceMapping(running.account, { ...settings, windowSeconds: 5 });
  sendToQueue(running.account, QUEUE, 'fine');
  await running.clock.advance(3000);
  sendToQueue(running.account, QUEUE, 'fine');
  expect(lambdaFigures(running.account).invocations).toBe(0);
  await running.clock.settle();
  expect(lambdaFigures(running.account).invocations).toBe(1);
});

test.each(SQS)('a role without %s cannot be given a mapping', async (missing) => {
  const running = await consumer(SQS.filter((action) => action !== missing));
  expect(() => createEventSourceMapping(running.account, settings)).toThrow(missing.replace('sqs:', ''));
});

test('a role that is taken away later leaves the messages where they are, and the trail says why', async () => {
  const running = await consumer();
  const mapping = createEventSourceMapping(running.account, settings);
  deleteRole(running.account, 'worker');
  sendToQueue(running.account, QUEUE, 'fine');
  await running.clock.settle();
  expect(depth(running.account, QUEUE).visible).toBe(1);
  expect(mapping.lastProcessingResult).toMatch(/^PROBLEM: /);
  expect(running.account.trail).toMatchObject([
    { action: 'sqs:ReceiveMessage', resource: QUEUE, result: 'UnrecognizedClientException' },
  ]);
});
