import type { Json } from '../../shared/platform/json.ts';

/** A timed event is data, so that a queue of them can be copied and printed: what happens is looked up by `kind`. */
export interface Timed {
  readonly at: number;
  readonly order: number;
  readonly kind: string;
  readonly args: Json;
  /** Recurring upkeep (schedules, alarms): it happens in its turn, but `settle` does not wait for it. */
  readonly background: boolean;
}

/** The one clock of the account. It moves on only when nothing real is under way. */
export interface VirtualClock {
  /** Milliseconds since the epoch, virtual. */
  now(): number;
  /** What to do when an event of this kind is due. Registered once per kind and account. */
  on(kind: string, handle: (args: Json) => void | Promise<void>): void;
  /** Queues an event `delayMs` from now; answers with its number, for `cancel`. */
  after(delayMs: number, kind: string, args?: Json, options?: { readonly background?: boolean }): number;
  cancel(order: number): void;
  /** Real work in this process (a request, a callback): the clock stands still until it has settled. */
  busy<T>(promise: Promise<T>): Promise<T>;
  /** A promise that resolves `delayMs` of virtual time from now. */
  sleep(delayMs: number): Promise<void>;
}
