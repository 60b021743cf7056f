import { seededRandom } from '../kernel/random.ts';
import type { ClockSource, KernelClock } from '../kernel/virtualClock.ts';
import type { SandboxWorker } from '../kernel/worker.ts';

/** Virtual milliseconds that a request is on its way, given 0 <= x < 1. */
export type Latency = (x: number) => number;

export const defaultLatency: Latency = (x) => 1 + Math.floor(x * 12);

interface Held {
  readonly worker: SandboxWorker;
  readonly number: number;
  readonly at: number;
  /** Decides among requests that are due at the same time. */
  readonly rank: number;
  readonly release: () => void;
}

/** Requests of workers on their way to the front door. */
export interface Transit {
  /** Calls `release` when the request's time has come: after its latency, one at a time, when all is quiet. */
  hold(worker: SandboxWorker, number: number, release: () => void): void;
}

/**
 * Two workers that run side by side send in an order that real time decides. Here each request gets a latency from the
 * seed, its worker and its number alone, and is let through when nothing else is under way: one seed, one order.
 * Requests of a frozen worker wait for its next invocation, as its timers do.
 */
export function createTransit(clock: KernelClock, seed: number, latency: Latency): Transit {
  const held = new Set<Held>();

  function first(): Held | undefined {
    let earliest: Held | undefined;
    for (const request of held) {
      if (request.worker.ended()) held.delete(request);
      else if (request.worker.running() && (!earliest || before(request, earliest))) earliest = request;
    }
    return earliest;
  }

  const source: ClockSource = {
    quiet: () => true,
    next() {
      const request = first();
      return request ? Math.max(request.at, clock.now()) : Number.POSITIVE_INFINITY;
    },
    fire() {
      const request = first();
      if (!request) return;
      held.delete(request);
      request.release();
    },
    holders: () => Promise.resolve([]),
    recover() {},
    abandon() {
      // What a frozen worker has sent would come out in its next invocation.
      for (const { worker } of held)
        worker.end({ ok: false, errorType: 'Runtime.ExitError', errorMessage: 'abandoned', trace: [] });
      held.clear();
    },
  };
  clock.attach(source);

  return {
    hold(worker, number, release) {
      const random = seededRandom(seed ^ Math.imul(worker.lane(), 0x9e3779b1) ^ Math.imul(number, 0x85ebca6b));
      const at = clock.now() + Math.max(0, Math.trunc(latency(random.next())));
      held.add({ worker, number, at, rank: random.next(), release });
      clock.changed();
    },
  };
}

function before(a: Held, b: Held): boolean {
  if (a.at !== b.at) return a.at < b.at;
  if (a.rank !== b.rank) return a.rank < b.rank;
  return a.worker.lane() !== b.worker.lane() ? a.worker.lane() < b.worker.lane() : a.number < b.number;
}
