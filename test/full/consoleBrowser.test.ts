import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../browser/browser.ts';
import { findChromium } from '../browser/findChromium.ts';
import { containing, openShop, type Shop, serviceIncident } from '../system/threats/shop.ts';
import { WebPage } from '../system/webPage.ts';

const executable = findChromium();

const settings = `signIn: { issuer: "https://login.example.com", clientId: firebreak-public, groups: [on-call] }
observeOnly: false
`;
const asking = containing.replace('mode: enforce', 'approval: { when: [always] }\nmode: enforce');

const phone = { width: 360, height: 740 };
const desktop = { width: 1200, height: 800 };

/** With `FIREBREAK_PICTURES=1` what is seen is kept in docs/. */
const pictures = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'docs', 'pictures');

async function picture(page: Page, name: string): Promise<void> {
  const taken = await page.screenshot();
  expect(taken.length).toBeGreaterThan(5_000);
  if (process.env['FIREBREAK_PICTURES'] !== '1') return;
  mkdirSync(pictures, { recursive: true });
  writeFileSync(join(pictures, `${name}.png`), taken);
}

/** WCAG 2.2 AA, as far as axe-core finds it. */
async function isUsable(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))).toEqual([]);
  // Nothing is wider than the screen but what scrolls by itself.
  const { scroll, client } = (await page.evaluate(
    '({ scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth })',
  )) as { readonly scroll: number; readonly client: number };
  expect(scroll).toBeLessThanOrEqual(client);
}

const state = (shop: Shop): string =>
  JSON.stringify([shop.stage.table(), shop.stage.told(), shop.stage.executions().length]);

/** An intrusion in a service of which a rule asks, and whose page has gone out. */
async function asked(): Promise<{ readonly shop: Shop; readonly web: WebPage }> {
  const shop = await openShop([{ name: 'cart' }, { name: 'checkout' }], {
    web: true,
    rules: { containing: asking },
    settings,
  });
  await shop.find('cart', {});
  await shop.stage.pass(120);
  return { shop, web: new WebPage(shop.stage) };
}

async function contextOf(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  page.setDefaultTimeout(120_000);
  return page;
}

describe.skipIf(executable === undefined)('on-call in a real browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser(executable ?? '');
  }, 180_000);
  afterAll(() => browser?.close());

  it.each([
    ['a desktop', { viewport: desktop }],
    ['a phone of 360 px, dark, without JavaScript', { viewport: phone, colorScheme: 'dark', javaScriptEnabled: false }],
  ] as const)('on %s opens the link of the page, approves, watches, signs in, undoes', async (_how, options) => {
    const { shop, web } = await asked();
    await using _shop = shop;
    const script = !('javaScriptEnabled' in options);
    const page = await contextOf(browser, options);
    const link = new URL(web.link(), web.address).href;
    const before = state(shop);
    expect((await page.goto(link))?.status()).toBe(200);
    expect(await page.getByRole('heading', { name: 'It asks you' }).isVisible()).toBe(true);
    expect(await page.getByRole('region', { name: 'It asks you' }).textContent()).toContain('prod/cart');
    if (script) await isUsable(page);
    expect(state(shop)).toBe(before);

    await page.getByRole('button', { name: 'Approve: do it' }).click();
    await page.getByText('It is approved.').waitFor();
    await shop.settle();
    await page.getByRole('link', { name: 'Back to the incident' }).click();
    await page
      .getByText(/^(contained|degraded)$/)
      .first()
      .waitFor();
    expect(await shop.show(serviceIncident('cart'))).toMatchObject({ decisions: [{ by: 'link holder, topic page' }] });

    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('Sign in as').fill('ana');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    if (script) await isUsable(page);
    const undo = page.getByRole('form', { name: 'Undo' });
    await undo.getByLabel('Why, for the record').fill('a load test of ours');
    await undo.getByRole('checkbox').check();
    await undo.getByRole('button', { name: 'Undo' }).click();
    await page.getByText(/The undo is under way/).waitFor();
    await shop.settle();
    await page.getByRole('link', { name: 'Back to the incident' }).click();
    await page.getByText('undone', { exact: true }).first().waitFor();
    expect(await shop.show(serviceIncident('cart'))).toMatchObject({ outcome: 'undone' });
    await page.context().close();
  });

  it('finds the pages usable on every screen, by day and by night, and changes nothing by opening every link', async () => {
    const { shop, web } = await asked();
    await using _shop = shop;
    for (const [size, viewport] of [
      ['desktop', desktop],
      ['phone', phone],
    ] as const) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await contextOf(browser, { viewport, colorScheme });
        await page.goto(new URL('/sign-in', web.address).href);
        await page.getByLabel('Sign in as').fill('ana');
        await page.getByRole('button', { name: 'Sign in' }).click();
        await page.getByRole('heading', { name: 'Incidents' }).waitFor();
        await isUsable(page);
        await picture(page, `list-${size}-${colorScheme}`);
        await page.getByRole('link', { name: /prod\/cart/ }).click();
        await page.getByRole('heading', { name: 'It asks you' }).waitFor();
        await isUsable(page);
        await picture(page, `incident-${size}-${colorScheme}`);
        await page.context().close();
      }
    }
    const page = await contextOf(browser, { viewport: desktop });
    const before = state(shop);
    const seen = new Set<string>();
    const left = [new URL(web.link(), web.address).href, new URL('/incidents', web.address).href];
    for (let url = left.pop(); url !== undefined; url = left.pop()) {
      if (seen.has(url) || !url.startsWith(web.address)) continue;
      seen.add(url);
      await page.goto(url);
      const found = await page.evaluate(
        '[...document.querySelectorAll("a[href], form[action]")].map((one) => one.href || one.action)',
      );
      left.push(...(found as readonly string[]));
    }
    expect([...seen].some((url) => url.endsWith('/approve'))).toBe(true);
    expect(state(shop)).toBe(before);
    await page.context().close();
  });

  it('can be used with a keyboard alone', async () => {
    const { shop, web } = await asked();
    await using _shop = shop;
    const page = await contextOf(browser, { viewport: desktop });
    await page.goto(new URL(web.link(), web.address).href);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    for (let n = 0; n < 40; n += 1) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate('document.activeElement.textContent')) === 'Approve: do it') break;
    }
    await page.keyboard.press('Enter');
    await page.getByText('It is approved.').waitFor();
    await page.context().close();
  });
});
