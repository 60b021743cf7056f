import { AsyncLocalStorage } from 'node:async_hooks';

/** A piece of work in this process. The clock stands still while one is open and not parked. */
interface Turn {
  readonly label: string;
  /** Somebody outside waits for it: while it is parked, time passes for its sake. */
  readonly drives: boolean;
  /** How many promises of virtual time it is waiting for. */
  parked: number;
  closed: boolean;
}

export interface Turns {
  /** Runs `work` as one turn; whatever it awaits through `park` does not hold the clock. */
  run<T>(label: string, work: () => T | Promise<T>, drives?: boolean): Promise<T>;
  /** Holds the clock until a promise that was already made has settled. */
  hold<T>(label: string, promise: Promise<T>): Promise<T>;
  /** Is the caller inside a turn (a handler, a request), or outside (whoever drives the account)? */
  inside(): boolean;
  /** Is the caller inside a turn that somebody outside waits for? */
  driving(): boolean;
  /** Calls `start` as nobody's turn, so that what it sets going is not counted as the caller's. */
  outside(start: () => void): void;
  /** Takes the caller's turn out of the count until `promise` has settled. Only inside a turn. */
  park<T>(promise: Promise<T>): Promise<T>;
  quiet(): boolean;
  labels(): readonly string[];
}

/**
 * Keeps count of the work under way. `changed` is called whenever the clock may have become free to move.
 *
 * The turn travels with asynchronous context, so that a handler that awaits virtual time three functions down
 * gives the clock free without having been handed anything.
 */
export function createTurns(changed: () => void): Turns {
  const current = new AsyncLocalStorage<Turn | undefined>();
  const active = new Set<Turn>();

  function close(turn: Turn): void {
    turn.closed = true;
    active.delete(turn);
    changed();
  }

  return {
    async run(label, work, drives = false) {
      const turn: Turn = { label, drives, parked: 0, closed: false };
      active.add(turn);
      try {
        return await current.run(turn, work);
      } finally {
        close(turn);
      }
    },
    async hold(label, promise) {
      const turn: Turn = { label, drives: false, parked: 0, closed: false };
      active.add(turn);
      try {
        return await promise;
      } finally {
        close(turn);
      }
    },
    inside: () => current.getStore() !== undefined,
    driving: () => current.getStore()?.drives ?? false,
    outside: (start) => current.run(undefined, start),
    async park(promise) {
      const turn = current.getStore();
      if (!turn) return promise;
      turn.parked += 1;
      active.delete(turn);
      changed();
      try {
        return await promise;
      } finally {
        turn.parked -= 1;
        // A turn whose function has returned leaves nothing to wait for but its last continuation.
        if (turn.parked === 0 && !turn.closed) active.add(turn);
        changed();
      }
    },
    quiet: () => active.size === 0,
    labels: () => [...active].map((turn) => turn.label),
  };
}
