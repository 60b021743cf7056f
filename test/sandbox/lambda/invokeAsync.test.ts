import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { lambdaFigures } from '../../../sandbox/services/lambda/figures.ts';
import { invokeFunction } from '../../../sandbox/services/lambda/invoke.ts';
import { invokeAsync } from '../../../sandbox/services/lambda/invokeAsync.ts';
import { createQueue, receive } from '../../../sandbox/services/sqs/queue.ts';
import { bundledHandler, removeBundledHandlers } from '../bundledHandler.ts';
import { addFunction, closeAccounts, START, smallAccount } from './accountWithFunction.ts';

const DEAD = 'arn:aws:sqs:eu-west-1:123456789012:dead';
let folder: string;
beforeAll(async () => {
  folder = await bundledHandler(`
    let calls = 0;
    exports.handler = async (event) => {
      calls += 1;
      if (event.sleepMs) await new Promise((resolve) => setTimeout(resolve, event.sleepMs));
      if (calls <= event.failures) throw new Error('attempt ' + calls);
    };`);
});
afterEach(closeAccounts);
afterAll(removeBundledHandlers);

test('an event that fails twice succeeds three minutes later', async () => {
  const running = await smallAccount();
  addFunction(running, folder);
  invokeAsync(running.account, 'fn', { failures: 2 });
  await running.clock.settle();
  expect(running.clock.now() - START).toBe(180_000);
  expect(lambdaFigures(running.account)).toMatchObject({ invocations: 3, failures: 2 });
});

test('an event that fails three times goes to the dead-letter queue, and whoever sent it is told', async () => {
  const running = await smallAccount();
  createQueue(running.account, {
    name: 'dead',
    arn: DEAD,
    visibilityTimeoutSeconds: 30,
    messageRetentionSeconds: 86_400,
  });
  addFunction(running, folder, { deadLetterArn: DEAD });
  const told: unknown[] = [];
  running.clock.on('test.failed', (args) => void told.push(args));
  invokeAsync(running.account, 'fn', { failures: 9 }, { kind: 'test.failed', args: { target: 'mine' } });
  await running.clock.settle();
  expect(lambdaFigures(running.account).invocations).toBe(3);
  expect(told).toMatchObject([{ target: 'mine', payload: { failures: 9 }, errorMessage: 'attempt 3' }]);
  const [message] = receive(running.account, DEAD, 1);
  expect(message).toMatchObject({ body: '{"failures":9}' });
  expect(message?.messageAttributes['ErrorMessage']).toMatchObject({ StringValue: 'attempt 3' });
});

test('a throttled event waits for concurrency instead of being counted as failed', async () => {
  const running = await smallAccount();
  addFunction(running, folder, { reservedConcurrency: 1 });
  const first = invokeFunction(running.account, 'fn', { sleepMs: 2500 });
  invokeAsync(running.account, 'fn', {});
  await first;
  await running.clock.settle();
  expect(lambdaFigures(running.account)).toMatchObject({ invocations: 2, failures: 0, throttles: 2 });
});
