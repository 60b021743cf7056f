import { describe, it } from 'vitest';
import { shareOf } from '../share.ts';
import { expectOneOfAll } from '../system/threats/allEvents.ts';
import { expectOneOfEach } from '../system/twoEvents.ts';

const seeds = Array.from({ length: 20 }, (_, n) => n + 1);

describe('both demo events, 100 times each, in an order that a seed shuffles', () => {
  it.each(shareOf(seeds))(
    'seed %i: one incident and one set of changes each, one message per state; again, the same trace',
    expectOneOfEach,
  );
});

describe('every demo event, both threats too, 100 times each, in an order that a seed shuffles', () => {
  it.each(shareOf(seeds.slice(0, 10)))(
    'seed %i: one incident and one set of changes each, one message per state; again, the same trace',
    (seed) => expectOneOfAll(seed, 100),
  );
});
