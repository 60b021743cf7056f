import type { Duplex } from 'node:stream';
import type { JsonObject } from '../../shared/platform/json.ts';
import { seededRandom } from './random.ts';
import type { ClockSource, KernelClock } from './virtualClock.ts';
import { type Completion, type SandboxWorker, startWorker, type WorkerSpec } from './worker.ts';

/** What an invocation is told, as JSON. */
export interface Invocation {
  readonly requestId: string;
  /** The event, as JSON text. */
  readonly payload: string;
  readonly timeoutMs: number;
  /** The plain members of the handler's context. */
  readonly context: { readonly [name: string]: string };
}

/** The worker threads of an account, as the clock sees them. */
export interface WorkerPool {
  /** Starts a worker; the clock stands still until it has come to rest. */
  start(spec: WorkerSpec): SandboxWorker;
  /** Runs one invocation on a worker that has none. At its time-out the worker is ended, as Lambda does. */
  invoke(worker: SandboxWorker, invocation: Invocation): Promise<Completion>;
  /** How often each function was invoked, for `restore`. */
  save(): ReadonlyMap<string, number>;
  /** Puts the counts back. */
  restore(counts: ReadonlyMap<string, number>): void;
  /** Lets frozen workers begin anew, in this order, as if they had just been started. */
  reset(workers: readonly SandboxWorker[]): void;
  /** Workers reach the front door that listens on this port; without one they can reach nothing. */
  connectTo(port: number, connected: (worker: SandboxWorker, connection: Duplex) => void): void;
  close(): Promise<void>;
}

const TIMEOUT = 'kernel.timeout';

/** More than any function has at a time. */
const mostWorkers = 1_000;

export function createWorkerPool(clock: KernelClock, seed: number, compiledFolder?: string): WorkerPool {
  const workers = new Set<SandboxWorker>();
  const numbers = new Map<string, number>();
  const invocations = new Map<string, number>();
  let started = 0;
  let doorPort = 0;
  let connected = (_worker: SandboxWorker, connection: Duplex): void => void connection.destroy();

  /** Those whose turn it is next: a finished invocation is told at once, then the earliest timer. */
  function due(): { readonly worker: SandboxWorker | undefined; readonly at: number } {
    let worker: SandboxWorker | undefined;
    let at = Number.POSITIVE_INFINITY;
    for (const candidate of workers) {
      const next = candidate.finished() ? Number.NEGATIVE_INFINITY : candidate.nextTimer();
      if (next < at) {
        at = next;
        worker = candidate;
      }
    }
    return { worker, at: worker ? Math.max(at, clock.now()) : at };
  }

  const source: ClockSource = {
    quiet: () => [...workers].every((worker) => worker.idle()),
    next: () => due().at,
    fire() {
      const { worker } = due();
      if (!worker) return;
      if (!worker.finished()) return worker.fire();
      if (worker.ended()) workers.delete(worker);
      worker.complete();
    },
    async holders() {
      const described = await Promise.all([...workers].map((worker) => worker.holders()));
      return described.flat();
    },
    abandon() {
      for (const worker of workers) if (worker.running()) worker.end(timedOut(worker.running()?.requestId ?? '', 0));
    },
    recover() {
      for (const worker of workers) if (!worker.idle()) worker.end(timedOut(worker.running()?.requestId ?? '', 0));
    },
  };
  clock.attach(source);

  clock.on(TIMEOUT, (args) => {
    const { number, requestId, timeoutMs } = args as { number: number; requestId: string; timeoutMs: number };
    for (const worker of workers) {
      if (worker.number === number && worker.running()?.requestId === requestId && !worker.finished()) {
        worker.end(timedOut(requestId, timeoutMs));
      }
    }
  });

  return {
    start(spec) {
      started += 1;
      const number = (numbers.get(spec.name) ?? 0) + 1;
      numbers.set(spec.name, number);
      const worker = startWorker(spec, {
        number: started,
        seed: workerSeed(seed, spec.name, number),
        cell: clock.cell,
        doorPort,
        compiledFolder,
        connected: (own, connection) => connected(own, connection),
        changed() {
          if (worker.ended() && worker.idle() && !worker.running()) workers.delete(worker);
          clock.changed();
        },
      });
      workers.add(worker);
      return worker;
    },
    invoke(worker, { requestId, payload, timeoutMs, context }) {
      const { promise, resolve } = Promise.withResolvers<Completion>();
      const message = { type: 'invoke', payload, deadline: clock.now() + timeoutMs, context } satisfies JsonObject;
      const timer = clock.after(timeoutMs, TIMEOUT, { number: worker.number, requestId, timeoutMs });
      const nth = (invocations.get(worker.name) ?? 0) + 1;
      invocations.set(worker.name, nth);
      worker.invoke(requestId, nth, message, (completion) => {
        clock.cancel(timer);
        resolve(completion);
      });
      return promise;
    },
    save: () => new Map(invocations),
    restore(counts) {
      invocations.clear();
      for (const [name, count] of counts) invocations.set(name, count);
    },
    reset(frozen) {
      const ofName = new Map<string, number>();
      for (const [lane, worker] of frozen.entries()) {
        const nth = (ofName.get(worker.name) ?? 0) + 1;
        ofName.set(worker.name, nth);
        // What it drew in earlier invocations is in the state that they left: the id of a run is never drawn again.
        const drawn = (invocations.get(worker.name) ?? 0) * mostWorkers;
        worker.reset(lane + 1, workerSeed(seed, worker.name, nth + drawn));
      }
    },
    connectTo(port, take) {
      doorPort = port;
      connected = take;
    },
    async close() {
      await Promise.all([...workers].map((worker) => worker.close()));
      workers.clear();
    },
  };
}

/** As Lambda words it. */
function timedOut(requestId: string, timeoutMs: number): Completion['outcome'] {
  const seconds = (timeoutMs / 1000).toFixed(2);
  return {
    ok: false,
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`,
    trace: [],
  };
}

/** The same function's nth worker has the same seed in every run, whatever other workers there are. */
function workerSeed(seed: number, name: string, number: number): number {
  let mixed = seed ^ Math.imul(number, 0x9e3779b1);
  for (const letter of name) mixed = Math.imul(mixed ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return Math.floor(seededRandom(mixed).next() * 2 ** 32);
}
