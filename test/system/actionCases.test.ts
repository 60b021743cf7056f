import { describe, expect, it } from 'vitest';
import { credentialsFor } from '../../sandbox/iam/credentials.ts';
import { noAccusation } from '../../shared/actions/accusation.ts';
import { catalogue } from '../../shared/actions/catalogue.ts';
import type { Action } from '../../shared/actions/contract.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { awsFor } from '../../shared/platform/sdk/aws.ts';
import {
  type ActionCase,
  actionCases,
  endsAs,
  incidentIn,
  paramsFor,
  rulesFor,
  type Tags,
  worldOfCases,
} from '../actions/actionCase.ts';
import { thirdOf } from '../share.ts';
import { environmentOf, firebreak } from './firebreak.ts';
import { openStage, type Stage } from './stage.ts';

const place = { account: '123456789012', region: 'us-east-1' };
const actionOf = (name: string): Action => {
  const found = catalogue.find((one) => one.name === name);
  if (found === undefined) throw new Error(`No action is called ${name}`);
  return found;
};

/** An account with what the action is for, where a rule has it done, or other rules decide. */
const stageOf = (of: ActionCase, tags: Tags = {}, rules = rulesFor([of])) =>
  openStage({ rules, world: worldOfCases([of], place, tags) });

const observing = (of: ActionCase) =>
  Object.fromEntries(Object.entries(rulesFor([of])).map(([name, text]) => [name, text.replace('enforce', 'observe')]));

async function found(stage: Stage, { finding }: ActionCase): Promise<void> {
  stage.deliver(finding(stage));
  await stage.settle();
}

/** All that the action observes of its target and does not call volatile, as the responder role reads it. */
async function steady({ account, sandbox }: Stage, { action: name, target }: ActionCase): Promise<JsonObject> {
  const action = actionOf(name);
  const { expiration: _virtual, ...credentials } = credentialsFor(account, 'firebreak-dev-us-east-1-responder', 'test');
  const context = {
    aws: awsFor({ region: account.region, endpoint: sandbox.door.endpoint, credentials }),
    clock: { now: () => new Date(account.clock.now()) },
    settings: { quietPullDays: 30 },
    evidence: { get: async () => null },
    accusation: noAccusation,
  };
  const observed = await action.observe(target(place), paramsFor(action, place), context);
  const isSteady = (field: string): boolean => !(action.volatile as readonly string[]).includes(field);
  return Object.fromEntries(Object.entries(observed).filter(([field]) => isSteady(field)));
}

const incidentOf = (of: ActionCase): string => incidentIn(of, place);
const last = (stage: Stage) => stage.told().at(-1);
/** What goes along with a containment contains nothing by itself. */
function doneWords(facts: Action['facts']): RegExp {
  if (facts.canWait === true) return / fixed, /;
  return { contained: / contained, /, observed: / seen, nothing contained, /, 'not-contained': / NOT contained, / }[
    endsAs(facts)
  ];
}
/** Only what is the target's has changed. */
const expectTruth = (stage: Stage, { truth, changes }: ActionCase, untouched: object, value: string): void =>
  expect(truth(stage.account)).toEqual({ ...untouched, [changes.of]: value });

describe.each(thirdOf(actionCases).map((of) => [of.action, of] as const))('%s', (name, of) => {
  const { facts, reversal } = actionOf(name);
  const { from, to } = of.changes;

  it('is told and not done under a rule that observes', async () => {
    await using stage = await stageOf(of, {}, observing(of));
    const before = of.truth(stage.account);
    expect(before[of.changes.of]).toBe(from);
    await found(stage, of);
    expect(stage.heads()).toMatchObject([{ incident: incidentOf(of), outcome: 'observed' }]);
    expect(of.truth(stage.account)).toEqual(before);
  });

  it('is done where a rule enforces it, read back and told; an undo puts back all that it changed, or says why not', async () => {
    await using stage = await stageOf(of, { team: 'payments' });
    const [untouched, before] = [of.truth(stage.account), await steady(stage, of)];
    await found(stage, of);
    expectTruth(stage, of, untouched, to);
    expect(stage.heads()).toMatchObject([{ incident: incidentOf(of), outcome: endsAs(facts) }]);
    expect(last(stage)?.subject).toMatch(doneWords(facts));
    expect(last(stage)?.body).toContain('Owner payments (tag team');
    expect(stage.told().filter(({ tier }) => tier === 'page')).toHaveLength(of.pages ?? 0);

    if (!reversal.possible) {
      expect(last(stage)?.body).toContain(reversal.why);
      expect(await stage.undo(incidentOf(of))).toMatchObject({
        kind: 'nothing',
        reason: expect.stringContaining(reversal.why),
      });
      await stage.settle();
      return expectTruth(stage, of, untouched, to);
    }
    if (of.undoAfter !== undefined) await stage.pass(of.undoAfter);
    expect(await stage.undo(incidentOf(of))).toMatchObject({ kind: 'opened' });
    await stage.settle();
    expectTruth(stage, of, untouched, from);
    expect(await steady(stage, of)).toEqual(before);
    expect(last(stage)).toMatchObject({ tier: 'notice', subject: expect.stringContaining(' undone, ') });
  });

  it.runIf(of.byHand !== undefined)(
    'is left as somebody put it back by hand, which is told once, with who did it',
    async () => {
      await using stage = await stageOf(of);
      const untouched = of.truth(stage.account);
      await found(stage, of);
      await of.byHand?.(stage);
      await stage.pass(3600);
      await found(stage, of);
      await stage.pass(3600);
      expectTruth(stage, of, untouched, from);
      const told = stage.told().slice(1 + (of.pages ?? 0) - (of.pages === undefined ? 0 : 1));
      expect(told).toHaveLength(1);
      expect(told[0]?.body).toContain('Somebody has changed it back by hand');
      // CloudTrail does not have what is asked of a cluster.
      if (of.call !== undefined) expect(told[0]?.body).toContain(of.call);
    },
  );

  it.runIf(of.spares === true)('is done to what is protected, too, because others answer', async () => {
    await using stage = await stageOf(of, { 'firebreak:protected': 'yes' });
    const untouched = of.truth(stage.account);
    await found(stage, of);
    expectTruth(stage, of, untouched, to);
  });

  it.runIf(of.spares !== true)('is not done to what is protected without a person', async () => {
    await using stage = await stageOf(of, { 'firebreak:protected': 'yes' });
    const untouched = of.truth(stage.account);
    await found(stage, of);
    expectTruth(stage, of, untouched, from);
    expect(stage.heads()).toMatchObject([{ outcome: 'held' }]);
    expect(last(stage)?.body).toContain('counts as protected');
  });

  it('is not done while all changes are paused, and then is', async () => {
    await using stage = await stageOf(of);
    const untouched = of.truth(stage.account);
    const env = environmentOf(stage.account);
    const said = ['pause', '--for', '1h', '--reason', 'a migration', '--by', 'ann'];
    expect(await firebreak(said, { env })).toMatchObject({ exit: 0 });
    await found(stage, of);
    expectTruth(stage, of, untouched, from);
    await stage.pass(2 * 3600);
    expectTruth(stage, of, untouched, to);
  });

  it.runIf(facts.canWait === true && reversal.possible)(
    'has nothing to release: a fix stays, and an undo takes it back',
    async () => {
      await using stage = await stageOf(of);
      const untouched = of.truth(stage.account);
      await found(stage, of);
      const said = ['release', incidentOf(of), '--reason', 'built anew', '--by', 'ann'];
      expect(await firebreak(said, { env: environmentOf(stage.account) })).toMatchObject({ exit: 0 });
      await stage.settle();
      expectTruth(stage, of, untouched, to);
      expect(last(stage)?.body).toContain('is a fix, and stays: an undo takes it back.');
      const keep = ['keep', incidentOf(of), '--reason', 'it is right', '--by', 'ann'];
      const kept = await firebreak(keep, { env: environmentOf(stage.account) });
      expect(kept).toMatchObject({ exit: 1, err: expect.stringContaining('is a fix: it stays without a lease') });
    },
  );
});
