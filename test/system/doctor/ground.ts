import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { checks } from '../../../cli/doctor/checks.ts';
import { examine, type Looked } from '../../../cli/doctor/examine.ts';
import { connectStage, type StageConnection } from '../../../cli/stage.ts';
import { rootCredentials } from '../../../sandbox/iam/credentials.ts';
import { restoreSnapshot, type Snapshot, takeSnapshot } from '../../../sandbox/snapshot.ts';
import { unused } from '../scan.ts';
import { openStage, type Stage } from '../stage.ts';
import { healthy } from './healthy.ts';
import type { Fault, Planted } from './planted.ts';

export interface Ground {
  readonly stage: () => Stage;
  /** As the command connects, with these credentials or as the administrator. */
  readonly connect: (credentials?: ReturnType<typeof rootCredentials>) => Promise<StageConnection>;
  readonly planted: () => Promise<Planted>;
}

export const notOk = (looked: readonly Looked[]): readonly Looked[] => looked.filter(({ state }) => state !== 'ok');

/** One stage for the tests of a file, in order before each of them. */
export function healthyGround(): Ground {
  let stage: Stage;
  let before: Snapshot;
  beforeAll(async () => {
    stage = await openStage({ world: healthy, canary: true });
    stage.scan(unused);
    // Guard, sweep and canary have run, and what was scanned is contained.
    await stage.pass(360);
    before = takeSnapshot(stage.account);
  });
  beforeEach(() => restoreSnapshot(stage.account, before));
  afterAll(() => stage[Symbol.asyncDispose]());
  const connect: Ground['connect'] = (credentials = rootCredentials(stage.account)) => {
    const { region, endpoint } = stage.account;
    const clock = { now: () => new Date(stage.account.clock.now()) };
    return connectStage({ stage: 'dev', client: { region, endpoint, credentials }, clock });
  };
  return { stage: () => stage, connect, planted: async () => ({ stage, connection: await connect() }) };
}

/** Each fault is named by its check, with what to do, and nothing else is but what cannot be in order then. */
export function namesEach(faults: readonly Fault[]): void {
  const { connect, planted } = healthyGround();
  it.each(faults)('names $name', async ({ plant, check, state = 'broken', seen, todo, also = [] }) => {
    await plant(await planted());
    const wrong = notOk(await examine(await connect(), checks));
    expect(wrong.map((one) => one.check).toSorted()).toEqual([check, ...also].toSorted());
    expect(wrong.find((one) => one.check === check)).toEqual({
      check,
      state,
      seen: expect.stringMatching(seen),
      todo: expect.stringMatching(todo),
    });
  });
}
