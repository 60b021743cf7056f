import type { Outcome } from '../incident/items.ts';
import type { Situation } from './situation.ts';

/**
 * Whether nobody is needed for what was done: it is contained, all of it, and it held; nothing waits, is held or comes back. What is anything else
 * wakes somebody by itself, whatever else happens beside it. Credentials that are open are looked at apart: they may be the same for many.
 */
export const isSettled = (
  outcome: Outcome,
  direction: 'do' | 'undo',
  { wanted, loses, down, breached, comesBack, short, keepsTurn, unfixed, stops }: Situation,
): boolean =>
  direction === 'do' &&
  outcome === 'contained' &&
  ![wanted, loses, down, breached, comesBack, short, keepsTurn, unfixed].includes(true) &&
  stops.length === 0;
