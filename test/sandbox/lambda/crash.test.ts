import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Fault, faults } from '../../../sandbox/faults/faults.ts';
import { invokeFunction } from '../../../sandbox/services/lambda/invoke.ts';
import { bundledHandler, removeBundledHandlers } from '../bundledHandler.ts';
import { tallyService, throttled } from '../door/tallyService.ts';
import { addFunction, closeAccounts, smallAccount } from './accountWithFunction.ts';

let folder: string;
beforeAll(async () => {
  folder = await bundledHandler(`
    import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
    const table = new DynamoDBClient({});
    const Key = { pk: { S: 'tally' } };
    export const handler = async () => {
      const { Item } = await table.send(new GetItemCommand({ TableName: 't', Key }));
      await table.send(new PutItemCommand({ TableName: 't', Item: { ...Key, n: { N: '1' } } }));
      return Item?.n.N ?? 'none';
    };`);
});
afterEach(closeAccounts);
afterAll(removeBundledHandlers);

/** The second request of the first invocation meets the fault; then the function is invoked again. */
async function meet(fault: Fault): Promise<readonly unknown[]> {
  const running = await smallAccount({ services: [tallyService()] });
  addFunction(running, folder);
  faults(running.account).push(({ invocation, nth }) => (invocation === 1 && nth === 2 ? fault : undefined));
  const first = await invokeFunction(running.account, 'fn', {});
  const second = await invokeFunction(running.account, 'fn', {});
  return [first, second];
}

const crashed = { ok: false, errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/signal: killed$/) };

test('a worker that dies before its write has not written', async () => {
  expect(await meet('crash-before')).toMatchObject([crashed, { ok: true, payload: 'none' }]);
});

test('a worker that dies after its write has written, though it never learns so', async () => {
  expect(await meet('crash-after')).toMatchObject([crashed, { ok: true, payload: '1' }]);
});

test('a refused request is retried by the SDK as it would be on AWS', async () => {
  expect(await meet(throttled())).toMatchObject([
    { ok: true, payload: 'none' },
    { ok: true, payload: '1' },
  ]);
});

test('a request that is never answered keeps its worker until the function times out, and has no effect', async () => {
  expect(await meet('hang')).toMatchObject([
    { ok: false, errorMessage: expect.stringContaining('timed out') },
    { ok: true, payload: 'none' },
  ]);
});
