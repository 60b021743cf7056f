import { describe, expect, it } from 'vitest';
import { lambdaState } from '../../sandbox/services/lambda/state.ts';
import { restoreSnapshot, takeSnapshot } from '../../sandbox/snapshot.ts';
import { faultsRules, faultsWorld, plays } from '../faults/plays.ts';
import { truthOf } from '../faults/truth.ts';
import { unused } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

/** All that an incident left behind: every call, item and message with its time. */
const everything = (stage: Stage): string =>
  JSON.stringify([stage.account.trail, stage.table(), stage.told(), truthOf(stage.account), stage.sandbox.clock.now()]);

const warmOf = ({ account }: Stage): ReadonlyMap<string, number> =>
  new Map([...lambdaState(account).functions].map(([name, { warm }]) => [name, warm.length]));

describe('an account that is put back', () => {
  it.each(['miner', 'quarantine'])('goes the same way again, to the millisecond: %s', async (name) => {
    await using stage = await openStage({ world: faultsWorld(), rules: faultsRules });
    const play = plays.find((one) => one.name === name);
    const cold = takeSnapshot(stage.account);
    await play?.begin(stage);
    await stage.settle();
    await restoreSnapshot(stage.account, cold, warmOf(stage));
    const start = takeSnapshot(stage.account);
    // What a warm function keeps for half a minute is from the cold run, which ended at another time.
    await play?.begin(stage);
    await stage.settle();
    await restoreSnapshot(stage.account, start);
    const runs: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      await play?.begin(stage);
      await stage.settle();
      runs.push(everything(stage));
      await restoreSnapshot(stage.account, start);
    }
    expect(runs[0]).toContain('contained');
    expect(runs[1] === runs[0] && runs[2] === runs[0]).toBe(true);
    expect(stage.heads()).toEqual([]);
  });

  it('in the middle of an incident, forgets it, and has as many warm functions as before', async () => {
    await using stage = await openStage();
    const cold = takeSnapshot(stage.account);
    stage.scan(unused);
    await stage.settle();
    await restoreSnapshot(stage.account, cold, warmOf(stage));
    const start = takeSnapshot(stage.account);
    stage.scan(unused);
    await stage.pass(1);
    expect(() => takeSnapshot(stage.account)).toThrow('the account is not at rest');
    await restoreSnapshot(stage.account, start);
    expect(stage.heads()).toEqual([]);
    expect(warmOf(stage)).toEqual(start.warm);
    await stage.pass(600);
    expect([stage.heads(), stage.told()]).toEqual([[], []]);
    stage.scan(unused);
    await stage.settle();
    expect(stage.head(unused).outcome).toBe('contained');
  });
});
