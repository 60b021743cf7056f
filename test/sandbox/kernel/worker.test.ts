import { afterAll, afterEach, expect, test } from 'vitest';
import type { Account } from '../../../sandbox/account.ts';
import { invokeFunction } from '../../../sandbox/services/lambda/invoke.ts';
import { logsState } from '../../../sandbox/services/logs/groups.ts';
import { bundledHandler, removeBundledHandlers } from '../bundledHandler.ts';
import { addFunction, closeAccounts, START, smallAccount } from '../lambda/accountWithFunction.ts';

afterEach(closeAccounts);
afterAll(removeBundledHandlers);

/** What CloudWatch Logs holds: group, virtual milliseconds since the start, text. */
function logLines(account: Account): readonly string[] {
  const streams = [...logsState(account).groups.values()].flatMap(({ name, streams }) =>
    [...streams.values()].map(({ events }) => ({ name, events })),
  );
  return streams.flatMap(({ name, events }) =>
    events.map(({ timestamp, message }) => `${name} ${timestamp - START} ${message}`),
  );
}

/** Runs a handler's body once, in an account of its own. */
async function run(body: string, options: Parameters<typeof smallAccount>[0] = {}): Promise<unknown> {
  const running = await smallAccount(options);
  addFunction(running, await bundledHandler(`exports.handler = async (event, context) => { ${body} };`), {
    timeoutSeconds: 900,
  });
  const result = await invokeFunction(running.account, 'fn', {});
  return result.ok ? result.payload : result;
}

test('everything that tells the time tells the virtual time', async () => {
  const result = await run(`
    const start = performance.now(), ticks = process.hrtime.bigint(), up = process.uptime();
    await require('node:timers/promises').setTimeout(1500);
    return {
      now: Date.now(), date: new Date().toISOString(), text: Date().length > 0, isDate: new Date() instanceof Date,
      performance: performance.now() - start, ticks: String(process.hrtime.bigint() - ticks), up: process.uptime() - up,
      given: new Date(5).getTime(), made: new (class extends Date {})(7).getTime() };`);
  expect(result).toMatchObject({
    now: START + 1500,
    date: '2030-01-01T00:00:01.500Z',
    text: true,
    isDate: true,
    performance: 1500,
    ticks: '1500000000',
    up: 1.5,
    given: 5,
    made: 7,
  });
});

test('timers can be cleared, repeated, refreshed and aborted, and run in their order', async () => {
  const result = await run(`
    const order = [], at = () => Date.now() - ${START};
    setTimeout(() => order.push('second ' + at()), 20);
    setTimeout((text) => order.push(text + at()), 10, 'first ');
    clearTimeout(setTimeout(() => order.push('never'), 5));
    const every = setInterval(() => order.push('every ' + at()), 30);
    const again = setTimeout(() => order.push('refreshed ' + at()), 40);
    setTimeout(() => again.refresh(), 25);
    const aborted = await require('node:timers/promises').setTimeout(1e6, 0, { signal: AbortSignal.timeout(70) })
      .catch((error) => error.name);
    clearInterval(every);
    return { order, aborted, at: at(), promisified: typeof require('node:util').promisify(setTimeout)(1) };`);
  expect(result).toMatchObject({
    order: ['first 10', 'second 20', 'every 30', 'every 60', 'refreshed 65'],
    aborted: 'AbortError',
    at: 70,
    promisified: 'object',
  });
});

test('real work of every kind is waited for, and costs no virtual time', async () => {
  const result = await run(`
    const { promisify } = require('node:util'), zlib = require('node:zlib'), crypto = require('node:crypto');
    setTimeout(() => { throw new Error('time moved while there was work'); }, 1);
    await promisify(zlib.gzip)(Buffer.alloc(200000));
    await promisify(crypto.pbkdf2)('a', 'b', 2000, 32, 'sha256');
    await require('node:fs/promises').readFile(__filename);
    await crypto.subtle.digest('SHA-256', Buffer.alloc(100000));
    await new Promise(setImmediate);
    return Date.now();`);
  expect(result).toBe(START);
});

test('randomness is the seed’s', async () => {
  const body = `
    const crypto = require('node:crypto');
    return [Math.random(), crypto.randomUUID(), crypto.randomBytes(4).toString('hex'), crypto.randomInt(1000),
      globalThis.crypto.randomUUID(), String(globalThis.crypto.getRandomValues(new Uint8Array(4)))];`;
  const [first, again, other] = [await run(body), await run(body), await run(body, { seed: 2 })];
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

test('a host that is not AWS’s cannot be reached, and the error says so', async () => {
  const result = await run(`
    const get = (module, url) => new Promise((resolve) => require(module).get(url, resolve).on('error', resolve));
    return { http: (await get('node:http', 'http://example.com/')).message, https: (await get('node:https',
      'https://example.com/')).message, fetch: await fetch('http://example.com/').catch((error) => error.cause.message) };`);
  const noRoute = expect.stringContaining('the sandbox has no route to example.com');
  expect(result).toEqual({ http: noRoute, https: noRoute, fetch: noRoute });
});

test('what is printed comes out in order, with its virtual time', async () => {
  const running = await smallAccount();
  const source = `exports.handler = async () => {
    console.log('one %d', 1); new console.Console(process.stdout, process.stderr).log('{"two":2}');
    await new Promise((resolve) => setTimeout(resolve, 5)); console.error('three'); };`;
  addFunction(running, await bundledHandler(source));
  await invokeFunction(running.account, 'fn', {});
  const lines = logLines(running.account).map((line) => line.replace(/[0-9a-f-]{36}/, 'ID'));
  expect(lines).toEqual([
    '/aws/lambda/fn 0 START RequestId: ID Version: $LATEST',
    '/aws/lambda/fn 0 2030-01-01T00:00:00.000Z\tID\tINFO\tone 1',
    '/aws/lambda/fn 0 {"two":2}',
    '/aws/lambda/fn 5 2030-01-01T00:00:00.005Z\tID\tERROR\tthree',
    '/aws/lambda/fn 5 END RequestId: ID',
    '/aws/lambda/fn 5 REPORT RequestId: ID\tDuration: 5.00 ms\tMemory Size: 256 MB',
  ]);
});

test('a role that may not write logs leaves none', async () => {
  const running = await smallAccount({ allow: ['logs:CreateLogStream'] });
  addFunction(running, await bundledHandler("exports.handler = async () => console.log('lost')"));
  await invokeFunction(running.account, 'fn', {});
  expect(logLines(running.account)).toEqual([]);
});

test('a handler that keeps something real open for ever is named with what it holds', async () => {
  const stuck = run("require('node:fs').watch('.'); await new Promise(() => {});", { watchdogMs: 100 });
  await expect(stuck).rejects.toThrow(/worker 1 of fn is kept alive by .*FSEvent/);
});

test('a handler that spins is said to spin, and can still be closed', async () => {
  await expect(run('for (;;);', { watchdogMs: 100 })).rejects.toThrow(
    'worker 1 of fn does not answer: it spins or blocks',
  );
});
