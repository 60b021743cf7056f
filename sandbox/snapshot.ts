import type { Account, TrailEntry } from './account.ts';
import { carrySession, sessionWith } from './iam/credentials.ts';
import { clearState, copyState, overwriteState } from './kernel/copyState.ts';
import { UnsettledError } from './kernel/drivers.ts';
import { kernelOf } from './kernel/kernel.ts';
import type { ClockState } from './kernel/virtualClock.ts';
import { isWorker, type SandboxWorker } from './kernel/worker.ts';
import { startEnvironment } from './services/lambda/environment.ts';
import { type Environment, lambdaState } from './services/lambda/state.ts';
import { statesOf } from './services/states/store.ts';

/** An account as it was at one moment, to be put back as often as wanted. */
export interface Snapshot {
  readonly clock: ClockState;
  readonly random: number;
  readonly invocations: ReadonlyMap<string, number>;
  readonly state: ReadonlyMap<string, object>;
  readonly trail: readonly TrailEntry[];
  /** How many environments of each function were warm. */
  readonly warm: ReadonlyMap<string, number>;
}

/** Of live things, not of state: the kernel under the account. */
const KERNEL = 'kernel';

/** Copies the account in memory. It must be at rest: no execution, no invocation, no request under way. */
export function takeSnapshot(account: Account): Snapshot {
  const { clock, random, pool } = kernelOf(account);
  expectRest(account);
  const known = new Map<object, object>();
  const state = new Map<string, object>();
  for (const [name, value] of account.slices) {
    if (name !== KERNEL) state.set(name, copyState(value as object, known, isWorker));
  }
  const warm = new Map<string, number>();
  for (const [name, fn] of lambdaState(account).functions) warm.set(name, fn.warm.length);
  return {
    clock: clock.save(),
    random: random.position(),
    invocations: pool.save(),
    state,
    trail: [...account.trail],
    warm,
  };
}

function expectRest(account: Account): void {
  const running = [...statesOf(account).executions.values()].filter(({ status }) => status === 'RUNNING');
  const invoked = [...lambdaState(account).functions.values()].filter((fn) => fn.running > 0);
  const busy = [...running.map(({ name }) => `execution ${name}`), ...invoked.map(({ settings }) => settings.name)];
  if (busy.length > 0) throw new Error(`the account is not at rest: ${busy.join(', ')}`);
}

/**
 * Puts the account back in place, with its workers warm: what a function's code keeps in memory stays, as on Lambda. So many
 * environments are warm as at the snapshot: others are ended, missing ones started. Whatever is under way is over.
 * @param rewarmed so many are warm from here on, among them those that were started since. Chance goes another way then: the keys of
 * these were drawn after the snapshot, and would be drawn again. Take a snapshot of what comes of it.
 */
export async function restoreSnapshot(
  account: Account,
  snapshot: Snapshot,
  rewarmed?: ReadonlyMap<string, number>,
): Promise<void> {
  const warm = rewarmed ?? snapshot.warm;
  const { clock, random, pool } = kernelOf(account);
  await abandon(account);
  const kept = keepWarm(account, warm, rewarmed !== undefined);
  putBack(account, snapshot);
  clock.restore(snapshot.clock);
  pool.restore(snapshot.invocations);
  random.seek(freshPosition(account));
  for (const { settings, warm: environments } of lambdaState(account).functions.values()) {
    environments.length = 0;
    for (const { environment, session } of kept.get(settings.name) ?? []) {
      carrySession(account, session);
      environments.push(environment);
    }
    while (environments.length < (warm.get(settings.name) ?? 0)) environments.push(startEnvironment(account, settings));
  }
  await rest(account);
  const workers = [...lambdaState(account).functions.values()].flatMap((fn) => fn.warm.map(({ worker }) => worker));
  for (const worker of workers) keepable.add(worker);
  pool.reset(workers);
  await rest(account);
  clock.restore(snapshot.clock);
  random.seek(rewarmed === undefined ? snapshot.random : freshPosition(account));
  account.trail.length = 0;
  account.trail.push(...snapshot.trail);
}

const restored = new WeakMap<Account, number>();

/**
 * Another one each time: two accounts that come to the same end would else give the same access key to environments of
 * different functions.
 */
function freshPosition(account: Account): number {
  const count = (restored.get(account) ?? 0) + 1;
  restored.set(account, count);
  return Math.imul(count, 0x9e3779b1);
}

/** Ends what is under way, and lets whoever waited for it hear of it, before the state that they know is gone. */
async function abandon(account: Account): Promise<void> {
  const { clock } = kernelOf(account);
  clock.abandon();
  await rest(account);
  for (const { warm } of lambdaState(account).functions.values()) {
    warm.splice(0, warm.length, ...warm.filter(({ worker }) => !worker.ended()));
  }
}

/** Nothing that is queued happens; what is real comes to rest. */
async function rest(account: Account): Promise<void> {
  const { clock } = kernelOf(account);
  clock.restore({ ...clock.save(), events: [] });
  try {
    await clock.settle(0);
  } catch (error) {
    if (!(error instanceof UnsettledError)) throw error;
  }
}

/**
 * Workers whose keys cannot be drawn again. Those of workers that were started since the last restore can be: the account goes the same
 * way again, and may give them to a session of another role.
 */
const keepable = new WeakSet<SandboxWorker>();

type Kept = { readonly environment: Environment; readonly session: ReturnType<typeof sessionWith> };

function keepWarm(
  account: Account,
  warm: ReadonlyMap<string, number>,
  all: boolean,
): ReadonlyMap<string, readonly Kept[]> {
  const kept = new Map<string, readonly Kept[]>();
  for (const { settings, warm: environments } of lambdaState(account).functions.values()) {
    const fit = environments.filter(({ worker }) => all || keepable.has(worker)).slice(0, warm.get(settings.name) ?? 0);
    for (const { worker } of environments.filter((each) => !fit.includes(each))) {
      worker.end({ ok: false, errorType: 'Runtime.ExitError', errorMessage: 'recycled', trace: [] });
    }
    kept.set(
      settings.name,
      fit.map((environment) => ({ environment, session: sessionWith(account, environment.accessKeyId) })),
    );
  }
  return kept;
}

function putBack(account: Account, snapshot: Snapshot): void {
  const known = new Map<object, object>();
  for (const [name, saved] of snapshot.state) {
    const live = account.slices.get(name);
    if (live) known.set(saved, live as object);
  }
  for (const [name, live] of account.slices) {
    if (name === KERNEL) continue;
    const saved = snapshot.state.get(name);
    if (saved) overwriteState(saved, live as object, known, isWorker);
    else clearState(live as object);
  }
}
