import type { Account } from '../../../account.ts';
import { statesOf } from '../store.ts';
import { type Fiber, waitFor } from './fiber.ts';

/** Calls `fire` after `delayMs` of virtual time, in a turn of its own; answers with how to cancel it. */
export function startTimer(account: Account, delayMs: number, fire: () => void): () => void {
  const state = statesOf(account);
  state.lastTimer += 1;
  const timer = state.lastTimer;
  state.timers.set(timer, fire);
  const order = account.clock.after(delayMs, 'states.timer', timer);
  return () => {
    if (state.timers.delete(timer)) account.clock.cancel(order);
  };
}

export function* sleep(account: Account, delayMs: number): Fiber<void> {
  yield* waitFor<void>((wake) => startTimer(account, delayMs, () => wake()));
}
