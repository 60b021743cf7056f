import type { Clock } from '../platform/clock.ts';

/** Thrown inside a time box when its time is up. */
export class TimeIsUp extends Error {
  constructor() {
    super('the time was up');
    this.name = 'TimeIsUp';
  }
}

export interface TimeBox {
  /** Ends calls that are under way when the time is up. */
  readonly signal: AbortSignal;
  /** Runs work within the time that is left; throws TimeIsUp when there is none, or when it runs out meanwhile. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Releases the timer. */
  close(): void;
}

/** Bounds several pieces of work by one stretch of time, by the clock between pieces and by a timer within one. */
export function timeBox(clock: Clock, milliseconds: number): TimeBox {
  const end = clock.now().getTime() + milliseconds;
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), milliseconds);
  const up = new Promise<never>((_resolve, reject) => {
    controller.signal.addEventListener('abort', () => reject(new TimeIsUp()), { once: true });
  });
  // Nobody may be waiting when the time runs out, and that is no unhandled rejection.
  up.catch(() => undefined);
  return {
    signal: controller.signal,
    run: async (work) => {
      if (clock.now().getTime() >= end) throw new TimeIsUp();
      return Promise.race([work(), up]);
    },
    close: () => clearTimeout(timer),
  };
}
