import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accessDenied, relent } from '../refusals.ts';
import { faulty, part } from './faulty.ts';
import { expectTold, expectUndone, openRefusing, refusedWrites } from './refusedWrites.ts';
import { isArchived, type Shop } from './shop.ts';
import { cleanDigest } from './world.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openRefusing();
});
afterEach(() => relent(shop.stage));
afterAll(() => shop[Symbol.asyncDispose]());

describe('AWS denies one write call of a containment: one page says what stands and what is at risk; an undo brings it back', () => {
  it.each(refusedWrites)('$operation, call $nth', (refused) =>
    expectTold(shop, refused, { from: 'act', operation: refused.operation, nth: refused.nth }, accessDenied),
  );

  it('UpdateTaskProtection: the task is stopped all the same, and so the service is contained', async () => {
    faulty(shop, { from: 'act', operation: 'UpdateTaskProtection' }, accessDenied);
    await shop.find('protected', {});
    await shop.settle();
    const { subject, body } = shop.onlyTold();
    expect(subject).toContain('prod/protected contained,');
    expect(part(body, 'What was done')).toMatch(
      /Taking the protection off task\/prod\/\w+: access denied .*, stopped task/,
    );
    expect(await shop.service('protected')).toMatchObject({ desired: 2, digests: [cleanDigest('protected')] });
    expect(isArchived(shop, 'protected')).toBe(true);
    relent(shop.stage);
    await expectUndone(shop, 'protected');
  });
});
