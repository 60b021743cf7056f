import { describe, expect, it } from 'vitest';
import { containing, openShop, type Shop, serviceIncident } from './shop.ts';
import { shell } from './threats.ts';

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => `svc-${n + 1}`);

async function opened(count: number, options: { readonly settings?: string } = {}): Promise<Shop> {
  const services = names(count).map((name) => ({ name, image: 'svc-1', role: 'shared', desired: 1 }));
  return openShop(services, {
    rules: { containing: containing.replace('mode: enforce', 'mode: enforce\npage: { contained: page }') },
    ...options,
  });
}

const pagesIn = (shop: Shop) => shop.stage.told().filter(({ tier }) => tier === 'page');

async function outcomes(shop: Shop, count: number): Promise<readonly (string | null)[]> {
  const shown = await Promise.all(names(count).map((name) => shop.show(serviceIncident(name))));
  return shown.map(({ outcome }) => outcome);
}

describe('the same actor on twelve tasks', () => {
  it('is one page, a list in its thread, and twelve records', async () => {
    await using shop = await opened(12);
    for (const name of names(12)) await shop.find(name, { kind: shell, remote: '203.0.113.7' });
    await shop.settle();
    expect(await outcomes(shop, 12)).toEqual(Array(12).fill('contained'));
    const pages = pagesIn(shop);
    expect(pages.map(({ subject }) => subject)).toEqual([expect.stringMatching(/^GET UP: prod\/svc-\d+ contained/)]);
    await shop.stage.pass(20 * 60);
    const lists = shop.stage.told().filter(({ subject }) => subject.includes('the same remote address'));
    expect(lists.at(-1)?.body).toContain(
      '12 incidents so far have something in common: the same remote address 203.0.113.7',
    );
    expect(pagesIn(shop)).toHaveLength(1);
    const led = shop.stage.heads().find(({ gathering }) => gathering !== undefined);
    const record = await shop.show(led?.incident ?? '');
    expect(record.folded).toHaveLength(11);
  });
});
