import { type Asked, faults } from '../../sandbox/faults/faults.ts';
import { UnsettledError } from '../../sandbox/kernel/drivers.ts';
import { lambdaState } from '../../sandbox/services/lambda/state.ts';
import { restoreSnapshot, type Snapshot, takeSnapshot } from '../../sandbox/snapshot.ts';
import type { Template } from '../../sandbox/template/deploy.ts';
import { openStage, type Stage } from '../system/stage.ts';
import { callOf } from './calls.ts';
import type { Play } from './play.ts';
import { faultsRules, faultsWorld, plays } from './plays.ts';
import { type Truth, truthOf } from './truth.ts';

/** What a play comes to without a fault. */
export interface Baseline {
  /** Every call, in order. */
  readonly calls: readonly string[];
  readonly before: Truth;
  readonly after: Truth;
}

/** One account in memory, from which each cell begins. */
export interface Ground extends AsyncDisposable {
  /** What it was `told` counts since `ready`: what a play that comes before was told wakes nobody in this one. */
  readonly stage: Stage;
  readonly baselines: ReadonlyMap<string, Baseline>;
  /** The ends (`endOf`) from which an undo was played. */
  readonly undone: Set<string>;
  /** Ids of the events that were put onto the bus since. */
  delivered(): readonly string[];
  /** All that was told, in the play that comes before as well. */
  everTold(): ReturnType<Stage['told']>;
  /** Puts the account to where a play begins. */
  ready(play: Play): Promise<void>;
}

/** Longer than any incident takes that comes to an end: a restore of ECR takes 20 minutes, a dead run's sweep 15. */
export const LONGEST_MS = 3 * 3_600_000;

export interface GroundOptions {
  /** Names of the plays that are needed, and those that they come after; all without it. */
  readonly only?: readonly string[];
  readonly template?: Template;
  /** Folder of the functions' bundles; what was packaged without it. */
  readonly code?: string;
}

/** Opens the account and goes through every play once, which warms the functions and tells which calls there are. */
export async function openGround({ only, ...stack }: GroundOptions = {}): Promise<Ground> {
  const opened = await openStage({ world: faultsWorld(), rules: faultsRules, ...stack });
  const needed = plays.filter(
    ({ name }) =>
      only === undefined || only.includes(name) || plays.some((one) => only.includes(one.name) && one.after === name),
  );
  const ids: string[] = [];
  let earlier = 0;
  const stage: Stage = { ...listening(opened, ids), told: () => opened.told().slice(earlier) };
  const { account } = stage;
  try {
    let snapshot = takeSnapshot(account);
    const warm = await warmUp(stage, snapshot, needed);
    await restoreSnapshot(account, snapshot, warm);
    snapshot = takeSnapshot(account);
    const starts = new Map<string | undefined, Snapshot>([[undefined, snapshot]]);
    const baselines = new Map<string, Baseline>();
    async function ready({ after }: Play): Promise<void> {
      await restoreSnapshot(account, starts.get(after) ?? snapshot);
      ids.length = 0;
      earlier = opened.told().length;
    }
    for (const play of needed) {
      await ready(play);
      baselines.set(play.name, await playThrough(stage, play));
      starts.set(play.name, takeSnapshot(account));
    }
    return {
      stage,
      baselines,
      undone: new Set(),
      delivered: () => ids,
      everTold: opened.told,
      ready,
      [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
    };
  } catch (error) {
    await stage[Symbol.asyncDispose]();
    throw error;
  }
}

/** A stage that keeps the ids of what it delivers. */
const listening = (stage: Stage, ids: string[]): Stage => ({
  ...stage,
  deliver(envelope, times) {
    ids.push(String(envelope['id']));
    stage.deliver(envelope, times);
  },
  scan(image, scan, times) {
    const envelope = stage.scan(image, scan, times);
    ids.push(String(envelope['id']));
    return envelope;
  },
});

/** How many environments of each function the plays need at most. */
async function warmUp(stage: Stage, snapshot: Snapshot, needed: readonly Play[]): Promise<ReadonlyMap<string, number>> {
  const most = new Map<string, number>();
  for (const play of needed) {
    if (play.after === undefined) await restoreSnapshot(stage.account, snapshot);
    await play.begin(stage);
    await stage.pass(10 * 60);
    await stage.settle();
    for (const [name, { warm }] of lambdaState(stage.account).functions)
      most.set(name, Math.max(most.get(name) ?? 1, warm.length));
  }
  return most;
}

async function playThrough(stage: Stage, play: Play): Promise<Baseline> {
  const { account } = stage;
  const calls: string[] = [];
  faults(account).push((asked: Asked) => {
    const call = callOf(asked);
    if (call !== undefined) calls.push(call);
    return undefined;
  });
  const before = truthOf(account);
  await play.begin(stage);
  await stage.settle();
  faults(account).length = 0;
  const after = truthOf(account);
  return { calls, before, after };
}

/** What people were told of incidents: alarms are of the machinery. */
export const told = (stage: Pick<Stage, 'told'>): ReturnType<Stage['told']> =>
  stage.told().filter(({ subject }) => !subject.startsWith('ALARM') && !subject.startsWith('OK'));

/** How many messages have woken somebody, alarms too; one that went out twice is one (promise 6). */
export const pagesIn = (stage: Pick<Stage, 'told'>): number =>
  new Set(stage.told().flatMap(({ tier, subject, body }) => (tier === 'page' ? [`${subject}\n${body}`] : []))).size;

/** Lets everything come to rest; false when it goes on and on. */
export async function comesToRest({ sandbox }: Stage): Promise<boolean> {
  try {
    await sandbox.clock.settle(LONGEST_MS);
    return true;
  } catch (error) {
    if (error instanceof UnsettledError) return false;
    throw error;
  }
}
