import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Fault } from '../../../sandbox/faults/faults.ts';
import { accessDenied, relent, slowDown } from '../refusals.ts';
import { faulty, part } from './faulty.ts';
import { isArchived, openShop, type Shop, serviceIncident } from './shop.ts';
import { cleanDigest } from './world.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(['denied', 'throttled', 'hung', 'no-bucket', 'slow-bucket'].map((name) => ({ name })));
});
afterEach(() => relent(shop.stage));
afterAll(() => shop[Symbol.asyncDispose]());

const cases: readonly (readonly [string, string, Fault, RegExp])[] = [
  ['denied', 'GetLogEvents', accessDenied, /missing: .*access denied \(AccessDeniedException\)/],
  ['throttled', 'GetLogEvents', slowDown, /missing: .*AWS asked us to slow down \(ThrottlingException\)/],
  ['hung', 'GetLogEvents', 'hang', /missing: .*the time was up/],
  ['no-bucket', 'PutObject', accessDenied, /No evidence on task prod\/\w+ could be stored/],
  ['slow-bucket', 'PutObject', 'hang', /No evidence on task prod\/\w+ could be stored: .*the time was up/],
];

it.each(cases)(
  'evidence that is %s (%s): contained all the same, and what is missing is said',
  async (name, operation, fault, why) => {
    faulty(shop, { from: 'act', operation }, fault);
    const begun = shop.stage.sandbox.clock.now();
    await shop.find(name, {});
    await shop.settle();
    const { tier, subject, body } = shop.onlyTold();
    expect(tier).toBe('page');
    expect(subject).toContain(`prod/${name} contained, a step failed`);
    expect(part(body, 'What was not done, and why')).toMatch(why);
    expect(part(body, 'What you can do')).toMatch(/^It is contained\. Finish by hand what failed above\.\n/);
    const record = await shop.show(serviceIncident(name));
    expect(record).toMatchObject({ state: 'resting', outcome: 'degraded' });
    expect(await shop.service(name)).toMatchObject({ desired: 2, digests: [cleanDigest(name)] });
    expect(isArchived(shop, name)).toBe(true);
    // All evidence of a plan has a minute.
    const stop = record.receipts.find(({ key }) => key.startsWith('ecs.contain-service'));
    expect(Date.parse(stop?.startedAt ?? '') - begun).toBeLessThan(75_000);
  },
);
