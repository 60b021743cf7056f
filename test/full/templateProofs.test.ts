import { describe, it } from 'vitest';
import { proofs } from '../system/removal/proofs.ts';
import { packaged } from '../system/stage.ts';

/** On the whole template. Without any part of it one of them or the demo fails: templateRemovals.test.ts. */
describe('on the worst days', () => {
  it.each(proofs)('$name', ({ happen }) => happen(packaged));
});
