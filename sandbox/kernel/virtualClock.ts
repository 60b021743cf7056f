import type { Json } from '../../shared/platform/json.ts';
import type { Timed, VirtualClock } from './clock.ts';
import { createDrivers } from './drivers.ts';
import { createEventQueue } from './eventQueue.ts';
import { type Pace, paced, stepped } from './pace.ts';
import { createTurns } from './turns.ts';
import { StuckError, startWatchdog } from './watchdog.ts';

/** Something beside the queue whose next deed happens at a virtual time: workers' timers, requests on their way. */
export interface ClockSource {
  /** False while real work is under way: the clock stands still. */
  quiet(): boolean;
  /** When it wants to be fired; Infinity when it does not. */
  next(): number;
  fire(): void;
  /** What keeps it from being quiet, for a person. */
  holders(): Promise<readonly string[]>;
  /** Called instead of failing when a long-running account is stuck: let go of what holds it. */
  recover(): void;
  /** The account is about to be put back to an earlier state: whatever is under way is over. */
  abandon(): void;
}

export type ClockMode = 'stepped' | 'paced';

export interface ClockOptions {
  /** stepped (default): time moves only in settle, advance and awaited work. paced: it follows wall time. */
  readonly mode?: ClockMode;
  /** Virtual seconds per real second when paced; default 1. */
  readonly speed?: number;
  /** Real milliseconds without progress after which the clock says what holds it; default 20,000. */
  readonly watchdogMs?: number;
  /** Told of a failed handler or a stuck account when nobody waits; default: it is thrown to the next who waits. */
  readonly onFailure?: (error: Error) => void;
}

export interface KernelClock extends VirtualClock {
  /**
   * Resolves when all is quiet and nothing but background events is left. Rejects with UnsettledError when that would take
   * longer than `withinMs`; without it, it waits for ever.
   */
  settle(withinMs?: number): Promise<void>;
  /** Lets everything due within `ms` happen, background too, then stands `ms` later. */
  advance(ms: number): Promise<void>;
  /**
   * Runs `work` while the clock stands still, except where it parks. Use it for work that nobody awaits; `drives` when
   * somebody outside does, so that it begins at the time that wall time has reached, and time passes while it is parked.
   */
  run<T>(label: string, work: () => T | Promise<T>, drives?: boolean): Promise<T>;
  /** Awaits something that takes virtual time; inside a handler or request, the clock is free meanwhile. */
  park<T>(promise: Promise<T>): Promise<T>;
  attach(source: ClockSource): void;
  /** Ends whatever its sources have under way. */
  abandon(): void;
  /** A source has changed: look again whether the clock can move. */
  changed(): void;
  /** Virtual milliseconds since the epoch in a shared Float64Array of one, for workers to read. */
  readonly cell: SharedArrayBuffer;
  /** A defect in work that nobody awaits: whoever waits for time to pass is told. */
  fail(error: Error): void;
  pending(): readonly Timed[];
  /** Where it stands and what is queued, as data, for `restore`. */
  save(): ClockState;
  /** Puts it back, earlier or later. Whoever slept on it never wakes. */
  restore(state: ClockState): void;
  stop(): void;
}

export interface ClockState {
  readonly now: number;
  readonly lastOrder: number;
  readonly events: readonly Timed[];
}

const WAKE = 'kernel.wake';

/** Starts a clock at `startAtMs` (milliseconds since the epoch). `stop` it when done. */
export function createClock(startAtMs: number, options: ClockOptions = {}): KernelClock {
  const cell = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  const time = new Float64Array(cell);
  time[0] = startAtMs;
  const queue = createEventQueue();
  const sources: ClockSource[] = [];
  const handlers = new Map<string, (args: Json) => void | Promise<void>>();
  const sleepers = new Map<number, () => void>();
  const turns = createTurns(changed);
  const drivers = createDrivers(changed);
  const pace: Pace = options.mode === 'paced' ? paced(startAtMs, options.speed ?? 1, changed) : stepped;
  const watchdog = startWatchdog(
    options.watchdogMs ?? 20_000,
    () => drivers.any() || !quiet(),
    () => void stuck(),
  );
  let lastOrder = 0;
  let scheduled = false;
  let stopped = false;
  let failure: Error | undefined;

  const now = (): number => time[0] ?? startAtMs;
  const quiet = (): boolean => turns.quiet() && sources.every((source) => source.quiet());

  function moveTo(at: number): void {
    if (at > now()) time[0] = at;
  }

  function fail(error: Error): void {
    if (drivers.any()) drivers.fail(error);
    else if (options.onFailure) options.onFailure(error);
    else failure ??= error;
  }

  async function stuck(): Promise<void> {
    const described = await Promise.all(sources.map((source) => source.holders()));
    const holders = [...turns.labels(), ...described.flat()];
    if (holders.length === 0) holders.push('somebody awaits what no event, timer or request will bring about');
    if (options.mode === 'paced') for (const source of sources) source.recover();
    fail(new StuckError(holders));
  }

  function changed(): void {
    watchdog.progress();
    if (scheduled || stopped) return;
    scheduled = true;
    // After a whole round of the event loop: promises that just settled have run what waited for them.
    turns.outside(() => setImmediate(step));
  }

  /** The earliest deed of a source. Sources come before queued events of the same time. */
  function earliestSource(): { readonly source: ClockSource | undefined; readonly at: number } {
    let source: ClockSource | undefined;
    let at = Number.POSITIVE_INFINITY;
    for (const candidate of sources) {
      const next = candidate.next();
      if (next < at) {
        at = next;
        source = candidate;
      }
    }
    return { source, at };
  }

  function step(): void {
    scheduled = false;
    if (stopped || !quiet()) return;
    const { source, at: sourceAt } = earliestSource();
    const event = queue.first();
    const at = Math.min(sourceAt, event?.at ?? Number.POSITIVE_INFINITY);
    const limit = Math.max(pace.target(), options.mode === 'paced' ? Number.NEGATIVE_INFINITY : drivers.limit());
    // Nothing more is due before the end of an `advance`, or before what wall time has reached: stand there.
    const end = Math.max(pace.target(), Math.min(drivers.nearestReach(), limit));
    if (Number.isFinite(end) && at > end) moveTo(end);
    if (drivers.release(at > now() ? now() : at - 1, queue.foreground() === 0 && !source)) changed();
    else if (drivers.expire(at)) changed();
    else if (at > limit || at === Number.POSITIVE_INFINITY) pace.wakeAt(at);
    else {
      moveTo(at);
      if (source && sourceAt === at) source.fire();
      else if (event) fireEvent(event);
      changed();
    }
  }

  function fireEvent(event: Timed): void {
    queue.remove(event.order);
    const handle = handlers.get(event.kind);
    if (!handle) {
      fail(new Error(`no handler for the timed event ${event.kind}`));
      return;
    }
    turns
      .run(`event ${event.kind}`, () => handle(event.args))
      .catch((cause: unknown) => {
        fail(new Error(`the timed event ${event.kind} failed: ${cause}`, { cause }));
      });
  }

  function after(
    delayMs: number,
    kind: string,
    args: Json = null,
    opts: { readonly background?: boolean } = {},
  ): number {
    lastOrder += 1;
    queue.add({ at: now() + Math.max(0, delayMs), order: lastOrder, kind, args, background: opts.background ?? false });
    changed();
    return lastOrder;
  }

  function park<T>(promise: Promise<T>): Promise<T> {
    if (!turns.inside()) return drivers.wait(promise);
    return turns.park(turns.driving() ? drivers.wait(promise) : promise);
  }

  async function drive(start: () => Promise<void>): Promise<void> {
    const error = failure;
    failure = undefined;
    if (error) throw error;
    await start();
  }

  handlers.set(WAKE, (args) => {
    const sleeper = Number(args);
    sleepers.get(sleeper)?.();
    sleepers.delete(sleeper);
  });

  return {
    cell,
    now,
    on(kind, handle) {
      if (handlers.has(kind)) throw new Error(`the timed event ${kind} already has a handler`);
      handlers.set(kind, handle);
    },
    after,
    cancel(order) {
      queue.remove(order);
      changed();
    },
    busy: (promise) => turns.hold('work in this process', promise),
    sleep(delayMs) {
      const { promise, resolve } = Promise.withResolvers<void>();
      // Its own number, known before the event is queued, since the event must carry it as data.
      const sleeper = lastOrder + 1;
      sleepers.set(sleeper, resolve);
      after(delayMs, WAKE, sleeper);
      return park(promise);
    },
    settle: (withinMs = Number.POSITIVE_INFINITY) => drive(() => drivers.settle(now() + withinMs)),
    advance(ms) {
      pace.skip(ms);
      return drive(() => drivers.reach(now() + ms));
    },
    run(label, work, drives) {
      // Who comes from outside comes at wall time. Work that a deed of the clock starts belongs to the time of that deed.
      if (drives && quiet())
        moveTo(Math.min(pace.target(), queue.first()?.at ?? Number.POSITIVE_INFINITY, earliestSource().at));
      return turns.run(label, work, drives);
    },
    park,
    attach(source) {
      sources.push(source);
    },
    abandon() {
      for (const source of sources) source.abandon();
    },
    changed,
    fail,
    pending: () => queue.list(),
    save: () => ({ now: now(), lastOrder, events: queue.list() }),
    restore(state) {
      time[0] = state.now;
      lastOrder = state.lastOrder;
      sleepers.clear();
      queue.replace(state.events);
      changed();
    },
    stop() {
      stopped = true;
      watchdog.stop();
      pace.stop();
      drivers.fail(new Error('the sandbox was closed'));
    },
  };
}
