import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings, newPage, openBrowser } from '../browser/browser.ts';
import { findChromium } from '../browser/findChromium.ts';
import { openPages } from '../browser/openPages.ts';
import { removeBundledHandlers } from '../sandbox/bundledHandler.ts';
import { closeAccounts } from '../sandbox/lambda/accountWithFunction.ts';

/** One page with one button, which remembers in a cookie that it was pressed. */
const PAGES = `
  const cookie = '__Host-pressed=yes; Path=/; Secure; HttpOnly; SameSite=Lax';
  exports.handler = async ({ rawPath, cookies = [], headers, requestContext: { http } }) => {
    if (http.method === 'POST' && rawPath === '/press') {
      const headersOf = { location: '/pressed', 'x-origin': headers.origin };
      return { statusCode: 303, headers: headersOf, cookies: [cookie], body: '' };
    }
    const state = cookies.includes('__Host-pressed=yes') ? 'pressed' : 'not pressed';
    const image = rawPath === '/bad' ? '<img src="data:,">' : '';
    return {
      statusCode: 200,
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
      body: '<!doctype html><html lang="en"><head><title>A button</title></head><body><main><h1>A button</h1>' +
        '<p id="state">' + state + '</p><p id="origin"></p>' + image +
        '<form method="post" action="/press"><button>Press</button></form></main>' +
        '<script>document.getElementById("origin").textContent = "scripts run"</script></body></html>',
    };
  };`;

/** Where a browser signs in for the page behind this URL. */
function signInAt(url: string): string {
  const asked = new URLSearchParams({
    client_id: 'firebreak',
    response_type: 'code',
    redirect_uri: `${url}signed-in`,
    scope: 'openid',
    state: 'the-state',
    code_challenge: 'c'.repeat(43),
    code_challenge_method: 'S256',
  });
  return `http://login.localhost:${new URL(url).port}/authorize?${asked}`;
}

const executable = findChromium();

describe.skipIf(executable === undefined)('a browser on a function URL', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser(executable ?? '');
  }, 180_000);
  afterEach(closeAccounts);
  afterAll(async () => {
    await browser?.close();
    await removeBundledHandlers();
  });

  it.each([
    ['with scripts', true],
    ['without scripts', false],
  ])(
    'presses a button %s: POST, 303, page; a __Host- cookie is kept over HTTP and sent back',
    async (_how, scripts) => {
      const { url } = await openPages(PAGES);
      const page = await newPage(browser, { scripts });
      expect((await page.goto(url))?.status()).toBe(200);
      expect(await page.textContent('#state')).toBe('not pressed');
      expect(await page.textContent('#origin')).toBe(scripts ? 'scripts run' : '');

      const posted = page.waitForResponse((response) => response.request().method() === 'POST');
      await page.getByRole('button', { name: 'Press' }).click();
      const answer = await posted;
      expect([answer.status(), answer.headers()['x-origin']]).toEqual([303, new URL(url).origin]);
      await page.waitForURL(`${url}pressed`);
      expect(await page.textContent('#state')).toBe('pressed');
      expect(await page.context().cookies()).toMatchObject([
        { name: '__Host-pressed', value: 'yes', secure: true, httpOnly: true, sameSite: 'Lax' },
      ]);
      await page.context().close();
    },
  );

  it('comes back from signing in elsewhere with its cookie: SameSite=Lax is sent after the form and its 303', async () => {
    const { url } = await openPages(PAGES);
    const page = await newPage(browser, { scripts: false });
    await page.goto(url);
    await page.getByRole('button', { name: 'Press' }).click();
    await page.waitForURL(`${url}pressed`);
    await page.goto(signInAt(url));
    await page.getByLabel('Sign in as').fill('ada');
    expect(await page.getByLabel('Groups').inputValue()).toBe('on-call');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${url}signed-in?*`);
    const { searchParams } = new URL(page.url());
    expect([searchParams.get('state'), searchParams.get('code')]).toEqual([
      'the-state',
      expect.stringMatching(/^\w{32}$/),
    ]);
    expect(await page.textContent('#state')).toBe('pressed');
    await page.context().close();
  });

  it('is asked by axe-core what people cannot use', async () => {
    const { url } = await openPages(PAGES);
    const page = await newPage(browser);
    await page.goto(url);
    expect(await axeFindings(page)).toEqual([]);
    await page.goto(`${url}bad`);
    expect(await axeFindings(page)).toEqual(['image-alt: img']);
    for (const login of [signInAt(url), signInAt(url).replace('client_id=firebreak', 'client_id=other')]) {
      await page.goto(login);
      expect(await axeFindings(page)).toEqual([]);
    }
    await page.context().close();
  });
});
