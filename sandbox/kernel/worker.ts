import type { Duplex } from 'node:stream';
import { Worker as Thread } from 'node:worker_threads';
import type { JsonObject } from '../../shared/platform/json.ts';
import { createWires, type WireMessage } from './wires.ts';

/** What runs in a worker: a function's code and what it gets to see. */
export interface WorkerSpec {
  /** Whose worker it is: names it for a person, and with `number` seeds its randomness. */
  readonly name: string;
  readonly taskRoot: string;
  /** `folder/file.export`, relative to taskRoot. */
  readonly handler: string;
  readonly memoryMb: number;
  /** All of its process.env. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface Failure {
  readonly ok: false;
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** What an invocation came to; `payload` is JSON text, as the function returned it. */
export type Outcome = { readonly ok: true; readonly payload: string } | Failure;

export interface LogLine {
  /** Virtual milliseconds since the epoch. */
  readonly at: number;
  readonly text: string;
}

export interface Completion {
  readonly outcome: Outcome;
  readonly lines: readonly LogLine[];
  /** True when the worker has ended and cannot be invoked again. */
  readonly ended: boolean;
}

interface Running {
  readonly requestId: string;
  readonly complete: (completion: Completion) => void;
  readonly lines: LogLine[];
  /** Which invocation of its function it is, from 1. */
  readonly nth: number;
  /** Requests of this invocation that have been let through. */
  requests: number;
}

type FromThread =
  | { readonly type: 'idle'; readonly taken: number; readonly next: number }
  | { readonly type: 'line'; readonly at: number; readonly text: string }
  | { readonly type: 'done'; readonly outcome: Outcome; readonly broken: boolean }
  | WireMessage
  | { readonly type: 'why'; readonly holders: readonly string[] };

export interface SandboxWorker {
  readonly number: number;
  /** Decides, with the account's seed, how long its requests take. Its number, unless it was reset. */
  lane(): number;
  readonly name: string;
  /** The invocation under way; a worker without one is frozen. */
  running(): Running | undefined;
  /** Nothing real is under way in it: only virtual time can wake it. */
  idle(): boolean;
  /** Its earliest timer, Infinity without one. */
  nextTimer(): number;
  /** Its invocation is over, and its caller has yet to be told. */
  finished(): boolean;
  /** Tells the caller. */
  complete(): void;
  invoke(requestId: string, nth: number, message: JsonObject, complete: (completion: Completion) => void): void;
  fire(): void;
  /** A frozen worker begins its randomness, timers and count of requests anew; what its code keeps in memory stays. */
  reset(lane: number, seed: number): void;
  /** Stops it where it stands. An invocation under way comes to `outcome`. */
  end(outcome: Outcome): void;
  ended(): boolean;
  /** Processor time that its thread has taken, loading included, milliseconds: real, not virtual. 0 once it has ended. */
  cpuMs(): Promise<number>;
  /** What keeps its event loop alive, for a person. */
  holders(): Promise<readonly string[]>;
  /** Resolves when the thread is gone. */
  close(): Promise<void>;
}

export interface WorkerSetting {
  readonly number: number;
  readonly seed: number;
  readonly cell: SharedArrayBuffer;
  /** The port of the front door, 0 without one: then it can reach nothing. */
  readonly doorPort: number;
  /** Where compiled code is kept, undefined where nowhere. */
  readonly compiledFolder: string | undefined;
  /** It has opened a connection to the front door. */
  connected(worker: SandboxWorker, connection: Duplex): void;
  /** Something happened that may let the clock move. */
  changed(): void;
}

/** How long a worker may take, in real time, to say what holds it. Longer means that it spins. */
const ANSWER_WITHIN_MS = 500;

const workers = new WeakSet<object>();

/** A worker is no state that could be copied: it lives. */
export const isWorker = (value: object): boolean => workers.has(value);

/** Starts a worker thread for a function. It counts as busy until it has come to rest. */
export function startWorker(spec: WorkerSpec, setting: WorkerSetting): SandboxWorker {
  const wires = createWires(post, (connection) => setting.connected(worker, connection));
  let state: 'alive' | 'ending' | 'gone' = 'alive';
  let sent = 0;
  let idle = false;
  let next = Number.POSITIVE_INFINITY;
  let running: Running | undefined;
  let outcome: Outcome | undefined;
  let answerWhy: ((holders: readonly string[]) => void) | undefined;
  const gone = Promise.withResolvers<void>();
  let lane = setting.number;

  function post(message: object): void {
    if (state !== 'alive') return;
    sent += 1;
    idle = false;
    thread.postMessage(message);
  }

  function receive(message: FromThread): void {
    if (message.type === 'why') answerWhy?.(message.holders);
    else if (message.type === 'line') running?.lines.push({ at: message.at, text: message.text });
    else if ('wire' in message) wires.receive(message);
    else if (message.type === 'done') {
      outcome ??= message.outcome;
      if (message.broken) end(message.outcome);
    } else if (message.taken === sent) {
      // Fewer messages taken in than sent: it came to rest before it had seen the last one.
      idle = true;
      next = message.next;
    }
    setting.changed();
  }

  function end(result: Outcome): void {
    if (running) outcome ??= result;
    if (state !== 'alive') return;
    state = 'ending';
    void thread.terminate();
  }

  function setGone(): void {
    if (state === 'gone') return;
    state = 'gone';
    wires.close();
    gone.resolve();
    setting.changed();
  }

  function exited(code: number): void {
    const message = `RequestId: ${running?.requestId} Error: Runtime exited with error: exit status ${code}`;
    if (running) outcome ??= { ok: false, errorType: 'Runtime.ExitError', errorMessage: message, trace: [] };
    setGone();
  }

  function failed(error: Error & { code?: string }): void {
    const outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    const message = `RequestId: ${running?.requestId} Error: Runtime exited with error: signal: killed`;
    if (!running) return;
    outcome ??= outOfMemory
      ? { ok: false, errorType: 'Runtime.OutOfMemory', errorMessage: message, trace: [] }
      : { ok: false, errorType: error.name, errorMessage: error.message, trace: [] };
  }

  const thread = new Thread(new URL('./worker/bootstrap.cjs', import.meta.url), {
    workerData: {
      cell: setting.cell,
      seed: setting.seed,
      doorPort: setting.doorPort,
      compiledFolder: setting.compiledFolder,
      taskRoot: spec.taskRoot,
      handler: spec.handler,
    },
    env: { ...spec.environment },
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: spec.memoryMb },
  });
  thread.stdout.resume();
  thread.stderr.resume();
  thread.on('message', receive);
  thread.on('error', failed);
  thread.on('exit', exited);

  const worker: SandboxWorker = {
    number: setting.number,
    name: spec.name,
    lane: () => lane,
    running: () => running,
    idle: () => state === 'gone' || (state === 'alive' && idle),
    nextTimer: () => (state === 'alive' && running && outcome === undefined ? next : Number.POSITIVE_INFINITY),
    finished: () => running !== undefined && outcome !== undefined && state !== 'ending',
    complete() {
      if (!running || !outcome) return;
      const completion: Completion = { outcome, lines: running.lines, ended: state === 'gone' };
      const { complete } = running;
      running = undefined;
      outcome = undefined;
      complete(completion);
    },
    invoke(requestId, nth, message, complete) {
      running = { requestId, nth, complete, lines: [], requests: 0 };
      if (state === 'alive') post(message);
      else exited(1);
    },
    fire() {
      next = Number.POSITIVE_INFINITY;
      post({ type: 'fire' });
    },
    reset(given, seed) {
      lane = given;
      next = Number.POSITIVE_INFINITY;
      if (state === 'alive') post({ type: 'reset', seed });
    },
    end,
    ended: () => state !== 'alive',
    async cpuMs() {
      if (state !== 'alive') return 0;
      const { user, system } = await thread.cpuUsage();
      return (user + system) / 1000;
    },
    holders() {
      if (worker.idle()) return Promise.resolve([]);
      const label = `worker ${setting.number} of ${spec.name}`;
      if (state === 'ending') return Promise.resolve([`${label} is ending`]);
      const { promise, resolve } = Promise.withResolvers<readonly string[]>();
      const spinning = setTimeout(() => resolve([`${label} does not answer: it spins or blocks`]), ANSWER_WITHIN_MS);
      answerWhy = (holders) => {
        clearTimeout(spinning);
        resolve([`${label} is kept alive by ${holders.join(', ') || 'nothing that Node can name'}`]);
      };
      thread.postMessage({ type: 'why' });
      return promise;
    },
    close() {
      end({ ok: false, errorType: 'Runtime.ExitError', errorMessage: 'the sandbox was closed', trace: [] });
      return gone.promise;
    },
  };
  workers.add(worker);
  return worker;
}
