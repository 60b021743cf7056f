import { createServer } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { openDoor } from '../../../sandbox/door/door.ts';
import { createAccount } from '../../../sandbox/kernel/kernel.ts';
import { invokeFunction } from '../../../sandbox/services/lambda/invoke.ts';
import { bundledHandler, removeBundledHandlers } from '../bundledHandler.ts';
import { addFunction, smallAccount } from '../lambda/accountWithFunction.ts';

afterAll(removeBundledHandlers);

const threadsAndPorts = (): string[] =>
  process.getActiveResourcesInfo().filter((name) => /MessagePort|TCPServerWrap|Worker/.test(name));

test('a closed account leaves no thread and no port, even with an invocation under way', async () => {
  const before = threadsAndPorts();
  const running = await smallAccount();
  const { endpoint } = running.account;
  addFunction(running, await bundledHandler('exports.handler = () => new Promise(() => setTimeout(() => {}, 1e6))'));
  addFunction(running, await bundledHandler('exports.handler = async () => 1'), { name: 'warm' });
  await invokeFunction(running.account, 'warm', {});
  const unfinished = invokeFunction(running.account, 'fn', {});
  const refused = expect(unfinished).rejects.toThrow('the sandbox was closed');
  expect(threadsAndPorts().length).toBeGreaterThan(before.length);
  await running.close();
  await refused;
  // libuv lets go of a closed handle within its next rounds.
  for (let round = 0; round < 3; round += 1) await new Promise(setImmediate);
  expect(threadsAndPorts()).toEqual(before);
  await expect(fetch(endpoint)).rejects.toThrow();
});

test('a port in use is one clear sentence', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as { port: number };
  const running = createAccount({ id: '123456789012', region: 'eu-west-1', seed: 1, startAtMs: 0 });
  try {
    await expect(openDoor(running.account, [], { port })).rejects.toThrow(
      `port ${port} on 127.0.0.1 is in use by another program`,
    );
  } finally {
    await running.close();
    other.close();
  }
});
