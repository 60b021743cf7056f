import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { invokeFunction } from '../../../sandbox/services/lambda/invoke.ts';
import { ail, postsTo } from '../../../sandbox/services/outside/state.ts';
import { bundledHandler, removeBundledHandlers } from '../bundledHandler.ts';
import { addFunction, closeAccounts, START, smallAccount } from './accountWithFunction.ts';

let folder: string;
beforeAll(async () => {
  folder = await bundledHandler(`
    exports.handler = async ({ url, method, body, timeout }) => {
      const signal = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
      try {
        const answer = await fetch(url, { method, body, signal, headers: { 'x-own': 'yes' } });
        return { status: answer.status, url: answer.url, type: answer.headers.get('content-type'), text: await answer.text() };
      } catch (error) {
        return { name: error.name, message: error.message, cause: error.cause?.message, at: Date.now() };
      }
    };`);
});
afterEach(closeAccounts);
afterAll(removeBundledHandlers);

const HOOK = 'https://hooks.example.com/a?b=1';

async function fetched(event: object, set: (running: Awaited<ReturnType<typeof smallAccount>>) => void = () => {}) {
  const running = await smallAccount();
  addFunction(running, folder, { timeoutSeconds: 60 });
  set(running);
  const result = await invokeFunction(running.account, 'fn', { url: HOOK, ...event });
  return { running, answer: result.ok ? result.payload : result };
}

it('a function’s fetch reaches hosts outside AWS, over HTTPS, with method, headers and body', async () => {
  const { running, answer } = await fetched({ method: 'POST', body: 'text' });
  expect(answer).toEqual({ status: 200, url: HOOK, type: 'application/json', text: '{}' });
  expect(postsTo(running.account)).toMatchObject([
    { host: 'hooks.example.com', path: '/a', body: 'text', headers: { 'x-own': 'yes' } },
  ]);
});

it('it reaches no other host', async () => {
  const { answer } = await fetched({ url: 'https://page.test/' });
  expect(answer).toMatchObject({
    name: 'TypeError',
    message: 'fetch failed',
    cause: expect.stringContaining('no route'),
  });
});

it('it fails as the host does', async () => {
  const { answer } = await fetched({}, ({ account }) =>
    ail(account, { host: 'hooks.example.com', status: 'down', seconds: 60 }),
  );
  expect(answer).toMatchObject({ name: 'TypeError', message: 'fetch failed' });
});

it('its time-out is on the account’s clock', async () => {
  const { answer } = await fetched({ timeout: 5000 }, ({ account }) =>
    ail(account, { host: 'hooks.example.com', status: 503, seconds: 60, lateSeconds: 30 }),
  );
  expect(answer).toMatchObject({ name: 'TimeoutError', at: START + 5000 });
});

it('a status is an answer, and no failure', async () => {
  const { answer } = await fetched({}, ({ account }) =>
    ail(account, { host: 'hooks.example.com', status: 503, seconds: 60 }),
  );
  expect(answer).toMatchObject({ status: 503 });
});
