import { it } from 'vitest';
import { expectOneOfAll } from './allEvents.ts';

/** A small one; test/full has 100 of each and more seeds. */
it('every demo event, 5 times each, shuffled with the others: one incident and one set of changes each; again, the same trace', () =>
  expectOneOfAll(7, 5));
