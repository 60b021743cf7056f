import { describe, it } from 'vitest';
import { packaged } from '../stage.ts';
import { proofs } from './proofs.ts';

/** On the whole template. Without a part of it, one of them or the demo fails: templateRemovals.test.ts. */
describe('on the worst days', () => {
  it.each(proofs)('$name', ({ happen }) => happen(packaged));
});
