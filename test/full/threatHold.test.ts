import { expect, it } from 'vitest';
import { isArchived, openShop, serviceIncident } from '../system/threats/shop.ts';
import { cleanDigest } from '../system/threats/world.ts';

it('a finding that comes again when the hold after an undo is over is contained again', async () => {
  await using shop = await openShop([{ name: 'cart' }]);
  await shop.find('cart', {});
  await shop.settle();
  await shop.undo(serviceIncident('cart'));
  await shop.stage.pass(26 * 3600);
  shop.told();
  await shop.find('cart', { count: 2 });
  await shop.settle();
  expect(shop.onlyTold()).toMatchObject({ tier: 'page', subject: expect.stringContaining('prod/cart contained,') });
  expect(await shop.service('cart')).toMatchObject({ desired: 2, digests: [cleanDigest('cart')] });
  expect(isArchived(shop, 'cart')).toBe(true);
});
