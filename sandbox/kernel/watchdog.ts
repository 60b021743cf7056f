/** The account has made no progress for a while of real time: what holds it, in words. */
export class StuckError extends Error {
  readonly holders: readonly string[];
  constructor(holders: readonly string[]) {
    super(`the sandbox's clock is held and nothing happens: ${holders.join('; ')}`);
    this.name = 'StuckError';
    this.holders = holders;
  }
}

export interface Watchdog {
  /** Something happened: the wait begins anew. */
  progress(): void;
  stop(): void;
}

/**
 * Calls `bark` when `watching()` has been true for `everyMs` to twice that of real time without progress.
 *
 * It is the only thing in the kernel that reads real time: a handler that spins, or a handle that never lets go,
 * would otherwise hold the account for ever without a word.
 */
export function startWatchdog(everyMs: number, watching: () => boolean, bark: () => void): Watchdog {
  let seen = -1;
  let count = 0;
  const timer = setInterval(() => {
    if (!watching()) {
      seen = -1;
      return;
    }
    if (seen === count) {
      seen = -1;
      bark();
      return;
    }
    seen = count;
  }, everyMs);
  timer.unref();
  return {
    progress() {
      count += 1;
    },
    stop: () => clearInterval(timer),
  };
}
