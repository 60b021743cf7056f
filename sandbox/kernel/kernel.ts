import type { Account } from '../account.ts';
import { type SeededRandom, seededRandom } from './random.ts';
import { type ClockOptions, createClock, type KernelClock } from './virtualClock.ts';
import { createWorkerPool, type WorkerPool } from './workerPool.ts';

/** What the account stands on; services get at it through `kernelOf`. */
export interface Kernel {
  readonly clock: KernelClock;
  readonly pool: WorkerPool;
  readonly seed: number;
  readonly random: SeededRandom;
  /** Called, last registered first, when the account closes. */
  readonly closers: (() => Promise<void>)[];
}

export interface AccountOptions extends ClockOptions {
  /** Twelve digits. */
  readonly id: string;
  readonly region: string;
  readonly seed: number;
  readonly startAtMs: number;
  /** Folder in which what V8 made of the functions' code is kept for their next start; without it, each start compiles anew. */
  readonly compiledFolder?: string;
}

export interface RunningAccount {
  readonly account: Account;
  readonly clock: KernelClock;
  /** Ends all workers and listeners: no thread, port, timer or file is left. */
  close(): Promise<void>;
}

const KERNEL = 'kernel';

/** An empty account. Open its front door with `openDoor`; close it in `finally`. */
export function createAccount(options: AccountOptions): RunningAccount {
  const clock = createClock(options.startAtMs, options);
  const random = seededRandom(options.seed);
  const pool = createWorkerPool(clock, options.seed, options.compiledFolder);
  const kernel: Kernel = { clock, pool, seed: options.seed, random, closers: [] };
  const account: Account = {
    id: options.id,
    region: options.region,
    clock,
    random,
    endpoint: '',
    slices: new Map<string, unknown>([[KERNEL, kernel]]),
    trail: [],
  };
  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    clock.stop();
    await pool.close();
    for (const closer of kernel.closers.toReversed()) await closer();
  }
  return {
    account,
    clock,
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** The kernel under an account that `createAccount` made. */
export function kernelOf(account: Account): Kernel {
  const kernel = account.slices.get(KERNEL);
  if (!kernel) throw new Error('this account has no kernel: make it with createAccount');
  return kernel as Kernel;
}
