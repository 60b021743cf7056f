/** How far virtual time may run ahead by itself. */
export interface Pace {
  /** Virtual time that wall time has reached; -Infinity when time moves only on demand. */
  target(): number;
  /** Moves the target forward by `ms` of virtual time. */
  skip(ms: number): void;
  /** Asks for `wake` when the target will have reached `at`. */
  wakeAt(at: number): void;
  stop(): void;
}

/** Time moves only while somebody settles, advances or awaits. */
export const stepped: Pace = {
  target: () => Number.NEGATIVE_INFINITY,
  skip: () => {},
  wakeAt: () => {},
  stop: () => {},
};

/** The longest time-out that Node's timers take. */
const LONGEST_MS = 2 ** 31 - 1;

/** Virtual time follows wall time from `startAtMs`, `speed` times as fast. */
export function paced(startAtMs: number, speed: number, wake: () => void): Pace {
  let origin = startAtMs;
  const wallOrigin = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const target = (): number => Math.floor(origin + (performance.now() - wallOrigin) * speed);
  return {
    target,
    skip(ms) {
      origin += ms;
    },
    wakeAt(at) {
      clearTimeout(timer);
      if (at === Number.POSITIVE_INFINITY) return;
      timer = setTimeout(wake, Math.min(LONGEST_MS, Math.max(1, Math.ceil((at - target()) / speed))));
      timer.unref();
    },
    stop: () => clearTimeout(timer),
  };
}
