/** Those who want time to pass: a test or command that settles, advances, or awaits something of virtual time. */
export interface Drivers {
  /** Rejects with UnsettledError when what is left would happen after `limit`. */
  settle(limit: number): Promise<void>;
  /** Resolves when everything due up to `limit` (virtual milliseconds since the epoch) has happened. */
  reach(limit: number): Promise<void>;
  /** Lets time pass until `promise` has settled. */
  wait<T>(promise: Promise<T>): Promise<T>;
  any(): boolean;
  /** How far time may move for the sake of those who wait: -Infinity when nobody does. */
  limit(): number;
  /** Where the nearest `reach` ends, Infinity when there is none. */
  nearestReach(): number;
  /** Resolves those who have what they wanted; true when there were any. */
  release(now: number, settled: boolean): boolean;
  /** Ends the wait of those who settle and would have to wait until `next`, beyond their limit; true when there were any. */
  expire(next: number): boolean;
  fail(error: Error): void;
}

/** The account was to come to rest within a span of virtual time, and goes on and on: a retry that never succeeds. */
export class UnsettledError extends Error {
  constructor(limit: number) {
    super(`the account has not come to rest by ${new Date(limit).toISOString()}: something in it goes on and on`);
    this.name = 'UnsettledError';
  }
}

interface Waiting {
  readonly want: { readonly settledBy: number } | 'promise' | number;
  resolve(): void;
  reject(error: Error): void;
}

/** How far time may move for the sake of one who waits. */
const reachOf = (want: Waiting['want']): number =>
  typeof want === 'number' ? want : want === 'promise' ? Number.POSITIVE_INFINITY : want.settledBy;

/** @param changed called when somebody new waits, or has stopped waiting */
export function createDrivers(changed: () => void): Drivers {
  const waiting = new Set<Waiting>();

  function enlist(want: Waiting['want']): { readonly entry: Waiting; readonly done: Promise<void> } {
    const { promise: done, resolve, reject } = Promise.withResolvers<void>();
    const entry: Waiting = { want, resolve, reject };
    waiting.add(entry);
    changed();
    return { entry, done };
  }

  return {
    settle: (limit) => enlist({ settledBy: limit }).done,
    reach: (limit) => enlist(limit).done,
    async wait(promise) {
      const { entry, done } = enlist('promise');
      try {
        // `done` never resolves for a promise: it only rejects, when the account is stuck or has failed.
        return await Promise.race([promise, done.then(() => promise)]);
      } finally {
        waiting.delete(entry);
        changed();
      }
    },
    any: () => waiting.size > 0,
    limit() {
      let limit = Number.NEGATIVE_INFINITY;
      for (const { want } of waiting) limit = Math.max(limit, reachOf(want));
      return limit;
    },
    nearestReach() {
      let nearest = Number.POSITIVE_INFINITY;
      for (const { want } of waiting) if (typeof want === 'number') nearest = Math.min(nearest, want);
      return nearest;
    },
    release(now, settled) {
      let released = false;
      for (const entry of waiting) {
        const satisfied =
          typeof entry.want === 'object' ? settled : typeof entry.want === 'number' && entry.want <= now;
        if (!satisfied) continue;
        waiting.delete(entry);
        entry.resolve();
        released = true;
      }
      return released;
    },
    expire(next) {
      let expired = false;
      for (const entry of waiting) {
        if (typeof entry.want !== 'object' || next <= entry.want.settledBy) continue;
        waiting.delete(entry);
        entry.reject(new UnsettledError(entry.want.settledBy));
        expired = true;
      }
      return expired;
    },
    fail(error) {
      for (const entry of waiting) {
        waiting.delete(entry);
        entry.reject(error);
      }
    },
  };
}
