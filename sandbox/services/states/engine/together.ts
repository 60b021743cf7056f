import { type Fiber, type Outcome, type RunningFiber, runFiber, waitFor } from './fiber.ts';

/** How a group of fibers ended: all of them, or one that failed and the others that were stopped for it. */
export type GroupEnd<T> =
  | { readonly ok: true; readonly values: readonly T[]; readonly last: number | undefined }
  | { readonly ok: false; readonly error: unknown; readonly failed: number; readonly stopped: readonly number[] };

/**
 * Runs `count` fibers, at most `limit` at once, started in order. The first failure stops the others.
 * @param start makes the fiber of an index, when its turn has come
 */
export function runTogether<T>(count: number, limit: number, start: (index: number) => Fiber<T>): Fiber<GroupEnd<T>> {
  return waitFor<GroupEnd<T>>((wake) => {
    const running = new Map<number, RunningFiber | undefined>();
    const values: T[] = [];
    let next = 0;
    let done = 0;
    let over = count === 0;
    let filling = false;

    const stopAll = (): readonly number[] => {
      over = true;
      const stopped = [...running.keys()];
      for (const fiber of running.values()) fiber?.cancel();
      running.clear();
      return stopped;
    };

    const settle = (index: number, outcome: Outcome<T>): void => {
      running.delete(index);
      if (over) return;
      if (!outcome.ok) {
        wake({ ok: false, error: outcome.error, failed: index, stopped: stopAll() });
        return;
      }
      values[index] = outcome.value;
      done += 1;
      over = done === count;
      if (over) wake({ ok: true, values, last: index });
      else fill();
    };

    function fill(): void {
      if (filling) return;
      filling = true;
      while (!over && next < count && running.size < limit) {
        const index = next++;
        running.set(index, undefined);
        const fiber = runFiber(start(index), (outcome) => settle(index, outcome));
        if (running.has(index)) running.set(index, fiber);
      }
      filling = false;
    }

    if (over) wake({ ok: true, values, last: undefined });
    else fill();
    return () => {
      stopAll();
    };
  });
}
