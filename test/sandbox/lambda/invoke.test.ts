import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { lambdaFigures } from '../../../sandbox/services/lambda/figures.ts';
import { invokeFunction } from '../../../sandbox/services/lambda/invoke.ts';
import { bundledHandler, removeBundledHandlers } from '../bundledHandler.ts';
import { addFunction, closeAccounts, START, smallAccount } from './accountWithFunction.ts';

let folder: string;
beforeAll(async () => {
  folder = await bundledHandler(`
    let calls = 0;
    exports.handler = async (event, context) => {
      calls += 1;
      if (event.throw) throw Object.assign(new TypeError(event.throw), {});
      if (event.forget) Promise.reject(new RangeError('nobody caught this'));
      if (event.sleepMs) await new Promise((resolve) => setTimeout(resolve, event.sleepMs));
      if (event.exit) process.exit(7);
      if (event.big) return 10n;
      return { calls, at: Date.now(), left: context.getRemainingTimeInMillis(), name: context.functionName,
        id: context.awsRequestId, env: Object.keys(process.env).sort(), random: Math.random() };
    };`);
});
afterEach(closeAccounts);
afterAll(removeBundledHandlers);

test('an invocation answers with what the handler returned, and its environment is the function’s alone', async () => {
  const running = await smallAccount();
  addFunction(running, folder, { environment: { STAGE: 'test' } });
  const result = await invokeFunction(running.account, 'fn', {});
  expect(result).toMatchObject({ ok: true, payload: { calls: 1, at: START, left: 3000, name: 'fn' } });
  const { env } = (result as { payload: { env: string[] } }).payload;
  expect(env).toContain('STAGE');
  expect(env).toContain('AWS_SESSION_TOKEN');
  expect(env).not.toContain('PATH');
});

test('a second invocation finds the environment warm; two at once do not share one', async () => {
  const running = await smallAccount();
  addFunction(running, folder);
  await invokeFunction(running.account, 'fn', {});
  expect(await invokeFunction(running.account, 'fn', {})).toMatchObject({ payload: { calls: 2 } });
  expect(lambdaFigures(running.account)).toMatchObject({ invocations: 2, coldStarts: 1 });
  await Promise.all([invokeFunction(running.account, 'fn', {}), invokeFunction(running.account, 'fn', {})]);
  expect(lambdaFigures(running.account)).toMatchObject({ invocations: 4, coldStarts: 2 });
});

test('what a handler throws is a result with its type, message and a trace without machine paths', async () => {
  const running = await smallAccount();
  addFunction(running, folder);
  const result = await invokeFunction(running.account, 'fn', { throw: 'broken' });
  expect(result).toMatchObject({ ok: false, errorType: 'TypeError', errorMessage: 'broken' });
  expect(JSON.stringify(result)).toContain('/var/task/handler.cjs');
  expect(JSON.stringify(result)).not.toContain(folder);
});

test.each([
  [{ exit: true }, 'Runtime.ExitError', /exit status 7/],
  [{ forget: true, sleepMs: 1 }, 'Runtime.UnhandledPromiseRejection', /RangeError: nobody caught this/],
  [{ big: true }, 'Runtime.MarshalError', /BigInt/],
])('%j fails as %s', async (event, errorType, message) => {
  const running = await smallAccount();
  addFunction(running, folder);
  const result = await invokeFunction(running.account, 'fn', event);
  expect(result).toMatchObject({ ok: false, errorType, errorMessage: expect.stringMatching(message) });
  expect(await invokeFunction(running.account, 'fn', {})).toMatchObject({ ok: true });
});

test('a handler that outlasts its time-out is ended; one that does not is left to finish', async () => {
  const running = await smallAccount();
  addFunction(running, folder);
  expect(await invokeFunction(running.account, 'fn', { sleepMs: 2999 })).toMatchObject({ ok: true });
  const before = running.clock.now();
  expect(await invokeFunction(running.account, 'fn', { sleepMs: 3001 })).toMatchObject({
    ok: false,
    errorType: 'Sandbox.Timedout',
    errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 3.00 seconds$/),
  });
  expect(running.clock.now() - before).toBe(3000);
  expect(await invokeFunction(running.account, 'fn', {})).toMatchObject({ ok: true, payload: { calls: 1 } });
});

test('timers of a finished invocation stand still until the next one', async () => {
  const running = await smallAccount();
  const left = await bundledHandler(`
    let fired = 0;
    exports.handler = async (event) => {
      if (event.first) setTimeout(() => { fired += 1; }, 1000);
      else await new Promise((resolve) => setTimeout(resolve, 1));
      return fired;
    };`);
  addFunction(running, left);
  await invokeFunction(running.account, 'fn', { first: true });
  await running.clock.advance(60_000);
  expect(await invokeFunction(running.account, 'fn', {})).toMatchObject({ payload: 1 });
});

test('beyond the reserved concurrency an invocation is refused', async () => {
  const running = await smallAccount();
  addFunction(running, folder, { reservedConcurrency: 1 });
  const first = invokeFunction(running.account, 'fn', { sleepMs: 10 });
  await expect(invokeFunction(running.account, 'fn', {})).rejects.toMatchObject({
    code: 'TooManyRequestsException',
    status: 429,
  });
  await first;
  expect(await invokeFunction(running.account, 'fn', {})).toMatchObject({ ok: true });
});

test('a module that fails to load is reported as Lambda does, and tried afresh by the next invocation', async () => {
  const running = await smallAccount();
  addFunction(running, await bundledHandler('throw new RangeError("no settings")'), { name: 'throws' });
  addFunction(running, folder, { name: 'missing', handler: 'absent.handler' });
  addFunction(running, folder, { name: 'misnamed', handler: 'handler.absent' });
  const load = { ok: false, errorType: 'RangeError', errorMessage: 'no settings' };
  expect(await invokeFunction(running.account, 'throws', {})).toMatchObject(load);
  expect(await invokeFunction(running.account, 'throws', {})).toMatchObject(load);
  expect(lambdaFigures(running.account).functions['throws']).toMatchObject({ coldStarts: 2, failures: 2 });
  const errorTypes = await Promise.all(
    ['missing', 'misnamed'].map(async (name) => {
      const result = await invokeFunction(running.account, name, {});
      return result.ok ? 'ok' : result.errorType;
    }),
  );
  expect(errorTypes).toEqual(['Runtime.ImportModuleError', 'Runtime.HandlerNotFound']);
});
