/**
 * Executions are generators rather than async functions: a state that waits yields, and whoever wakes it runs it on at
 * once, in the same turn. So the order of everything depends on the order of wake-ups alone, a stopped execution is
 * really gone, and the clock never moves while one is half way.
 */
export type Fiber<T> = Generator<Wait, T, unknown>;

/** Sets up a wait; may call `wake` at once or later, once. Answers with how to give up. */
type Wait = (wake: (value: unknown) => void) => () => void;

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

export interface RunningFiber {
  /** Gives up what it waits for; `finally` blocks run, `settled` is not called. */
  cancel(): void;
}

/** Waits for what `start` brings. */
export function* waitFor<T>(start: (wake: (value: T) => void) => () => void): Fiber<T> {
  return (yield start as Wait) as T;
}

/** Runs a fiber up to its first wait; `settled` is told its end, perhaps before this returns. */
export function runFiber<T>(fiber: Fiber<T>, settled: (outcome: Outcome<T>) => void): RunningFiber {
  let over = false;
  let giveUp = (): void => {};

  function advance(first: unknown): void {
    let value = first;
    for (;;) {
      const step = next(value);
      if ('ok' in step) {
        over = true;
        settled(step);
        return;
      }
      const early = begin(step.wait);
      if (over || !early) return;
      // Woken before the wait had begun: go on in this loop, so that long chains do not grow the stack.
      value = early.value;
    }
  }

  function next(value: unknown): Outcome<T> | { readonly wait: Wait } {
    try {
      const step = fiber.next(value);
      return step.done ? { ok: true, value: step.value } : { wait: step.value };
    } catch (error) {
      return { ok: false, error };
    }
  }

  function begin(wait: Wait): { readonly value: unknown } | undefined {
    let early: { readonly value: unknown } | undefined;
    let starting = true;
    let woken = false;
    const stop = wait((value) => {
      if (woken || over) return;
      woken = true;
      if (starting) early = { value };
      else advance(value);
    });
    starting = false;
    if (over) stop();
    giveUp = stop;
    return early;
  }

  advance(undefined);
  return {
    cancel() {
      if (over) return;
      over = true;
      giveUp();
      fiber.return(undefined as T);
    },
  };
}
