import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { invokeFunction } from '../../../sandbox/services/lambda/invoke.ts';
import { bundledHandler, removeBundledHandlers } from '../bundledHandler.ts';
import { tallyService } from '../door/tallyService.ts';
import { addFunction, closeAccounts, smallAccount } from './accountWithFunction.ts';

let folder: string;
beforeAll(async () => {
  folder = await bundledHandler(`
    import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
    const table = new DynamoDBClient({});
    const Key = { pk: { S: 'tally' } };
    export const handler = async () => {
      const read = await table.send(new GetItemCommand({ TableName: 't', Key }));
      const n = String(Number(read.Item?.n.N ?? 0) + 1);
      await table.send(new PutItemCommand({ TableName: 't', Item: { ...Key, n: { N: n } } }));
      await Promise.all([0, 1, 2].map((k) => table.send(new GetItemCommand({ TableName: 't', Key: { pk: { S: String(k) } } }))));
      return { n, random: Math.random(), uuid: crypto.randomUUID() };
    };`);
});
afterEach(closeAccounts);
afterAll(removeBundledHandlers);

/** Two functions side by side, each reading and then writing the same tally. */
async function race(seed: number): Promise<string> {
  // A long tail: one function's read and write often fit before the other's read.
  const latency = (x: number): number => 1 + 1000 * x ** 8;
  const running = await smallAccount({ seed, services: [tallyService()], door: { latency } });
  addFunction(running, folder, { name: 'left' });
  addFunction(running, folder, { name: 'right' });
  const { account } = running;
  const results = await Promise.all([invokeFunction(account, 'left', {}), invokeFunction(account, 'right', {})]);
  await running.close();
  return JSON.stringify({ results, trail: account.trail, at: account.clock.now() });
}

test('one seed gives one trace, byte for byte, twenty times', { timeout: 60_000 }, async () => {
  const traces = new Set<string>();
  for (let round = 0; round < 20; round += 1) traces.add(await race(7));
  expect(traces.size).toBe(1);
});

test('other seeds give other orders, and a race shows in some of them', { timeout: 60_000 }, async () => {
  const traces: string[] = [];
  for (let seed = 1; seed <= 12; seed += 1) traces.push(await race(seed));
  expect(new Set(traces).size).toBe(12);
  const lost = traces.filter((trace) => !trace.includes('"n":"2"'));
  expect(lost.length).toBeGreaterThan(0);
  expect(lost.length).toBeLessThan(12);
});
