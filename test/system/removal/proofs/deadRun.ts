import { misdeliver } from '../../../../sandbox/services/eventbridge/bus.ts';
import type { Template } from '../../../../sandbox/template/deploy.ts';
import type { JsonObject } from '../../../../shared/platform/json.ts';
import { type DeployedSource, everySource, sourceNamed, sources } from '../../sources.ts';
import { openStage, type Stage } from '../../stage.ts';
import { expectTold, type Proof, stopFirstRun, tellEnd } from '../proof.ts';

interface DeadRun extends AsyncDisposable {
  readonly stage: Stage;
  readonly envelope: JsonObject;
}

/** A run that somebody stopped, and no event of its end has come. */
async function deadRun(template: Template, source: DeployedSource): Promise<DeadRun> {
  const stage = await openStage({ template, rules: everySource });
  const envelope = source.event(stage);
  stage.deliver(envelope);
  misdeliver(stage.account, { lostPercent: 100 });
  await stopFirstRun(stage);
  await stage.settle();
  return { stage, envelope, [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose]() };
}

export const redeliveries: readonly Proof[] = sources.map((source) => ({
  name: `an event of ${source.name} that is delivered again finds that the run of its incident has died, and opens the next`,
  near: new RegExp(`^${source.name}Role: ReadRuns`, 'i'),
  happen: async (template) => {
    await using dead = await deadRun(template, source);
    misdeliver(dead.stage.account, { lostPercent: 0 });
    dead.stage.deliver(dead.envelope);
    // The sweep would find it after five minutes.
    await dead.stage.pass(60);
    expectTold(dead.stage, source);
  },
}));

const scans = sourceNamed('imageScan');

export const endWithoutInput: Proof = {
  name: 'an event that does not say whose run has died sends somebody to look after all that are under way',
  near: /^RunEndedRole: HeadsByState/,
  happen: async (template) => {
    await using dead = await deadRun(template, scans);
    misdeliver(dead.stage.account, { lostPercent: 0 });
    tellEnd(dead.stage, { status: 'ABORTED', name: 'one', input: null, inputDetails: { included: false } });
    await dead.stage.pass(60);
    expectTold(dead.stage, scans);
  },
};

export const sweptRun: Proof = {
  name: 'a run that died without anybody hearing of it is followed by another after the next sweep',
  near: /^SweepRole: (StartRuns|ReadRuns)/,
  happen: async (template) => {
    await using dead = await deadRun(template, scans);
    await dead.stage.pass(300);
    await dead.stage.settle();
    expectTold(dead.stage, scans);
  },
};
