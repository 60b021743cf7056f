import { expectThat } from '../../../../cli/demo/scenario.ts';
import { misdeliver } from '../../../../sandbox/services/eventbridge/bus.ts';
import type { Template } from '../../../../sandbox/template/deploy.ts';
import type { JsonObject } from '../../../../shared/platform/json.ts';
import { unused } from '../../scan.ts';
import { openStage, type Stage } from '../../stage.ts';
import { news, type Proof, stopFirstRun, tellEnd } from '../proof.ts';

interface DeadRun extends AsyncDisposable {
  readonly stage: Stage;
  readonly envelope: JsonObject;
}

/** A run that somebody stopped, and no event of its end has come. */
async function deadRun(template: Template): Promise<DeadRun> {
  const stage = await openStage({ template });
  const envelope = stage.scan(unused);
  misdeliver(stage.account, { lostPercent: 100 });
  await stopFirstRun(stage);
  await stage.settle();
  return { stage, envelope, [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose]() };
}

function expectContained({ stage }: DeadRun): void {
  const told = news(stage).map(({ tier }) => tier);
  expectThat(told.join() === 'digest', `told: ${told.join() || 'nobody'}`);
  expectThat(stage.head(unused).outcome === 'contained', `outcome ${stage.head(unused).outcome}`);
}

export const redelivery: Proof = {
  name: 'an event that is delivered again finds that the run of its incident has died, and opens the next',
  near: /^ImageScanRole: ReadRuns/,
  happen: async (template) => {
    await using dead = await deadRun(template);
    misdeliver(dead.stage.account, { lostPercent: 0 });
    dead.stage.deliver(dead.envelope);
    // The sweep would find it after five minutes.
    await dead.stage.pass(60);
    expectContained(dead);
  },
};

export const endWithoutInput: Proof = {
  name: 'an event that does not say whose run has died sends somebody to look after all that are under way',
  near: /^RunEndedRole: HeadsByState/,
  happen: async (template) => {
    await using dead = await deadRun(template);
    misdeliver(dead.stage.account, { lostPercent: 0 });
    tellEnd(dead.stage, { status: 'ABORTED', name: 'one', input: null, inputDetails: { included: false } });
    await dead.stage.pass(60);
    expectContained(dead);
  },
};

export const sweptRun: Proof = {
  name: 'a run that died without anybody hearing of it is followed by another after the next sweep',
  near: /^SweepRole: (StartRuns|ReadRuns)/,
  happen: async (template) => {
    await using dead = await deadRun(template);
    await dead.stage.pass(300);
    await dead.stage.settle();
    expectContained(dead);
  },
};
