import { faults } from '../../../sandbox/faults/faults.ts';
import { abortExecution } from '../../../sandbox/services/states/engine/execution.ts';
import { type Execution, statesOf } from '../../../sandbox/services/states/store.ts';
import { isAlarm, shown, tierOf } from '../looks.ts';
import { enforcingRule } from '../rule.ts';
import { expectThat, type Scenario } from '../scenario.ts';
import type { Theatre } from '../theatre.ts';

/** Lets time pass in small steps until a run is under way. */
async function firstRunning(theatre: Theatre): Promise<Execution | undefined> {
  for (let step = 0; step < 500; step += 1) {
    const all = [...statesOf(theatre.sandbox.account).executions.values()];
    const running = all.find(({ status }) => status === 'RUNNING');
    if (running !== undefined) return running;
    await theatre.pass(0.02);
  }
  return undefined;
}

export const deadMachine: Scenario = {
  name: 'dead-machinery',
  title: 'The machinery itself fails: one page, without a Lambda',
  world: 'payments.account.yaml',
  steps: [
    {
      title: 'Decide crashes at its first call, every time',
      happen: async (theatre) => {
        theatre.editRule('demo-critical-images', enforcingRule);
        await theatre.pass(61);
        const { account } = theatre.sandbox;
        faults(account).push(({ functionName }) =>
          functionName === 'firebreak-dev-decide' ? 'crash-before' : undefined,
        );
        const image = await theatre.image('payments/checkout-api', '1.42.0');
        theatre.scanned(image, { CRITICAL: 12 });
        await theatre.settle();
        const messages = theatre.heard();
        const pages = messages.filter((one) => tierOf(one) === 'page');
        expectThat(pages.length === 1, `${pages.length} pages, not one`);
        return messages.map(shown);
      },
    },
    {
      title: 'A run that somebody stops by hand is told by EventBridge, and followed by another',
      happen: async (theatre) => {
        const { account } = theatre.sandbox;
        faults(account).length = 0;
        const image = await theatre.image('payments/ledger', '2.7.1');
        theatre.scanned(image, { CRITICAL: 12 });
        const running = await firstRunning(theatre);
        expectThat(running !== undefined, 'no run began within ten seconds');
        if (running !== undefined) abortExecution(account, running);
        await theatre.settle();
        const messages = theatre.heard();
        expectThat(
          messages.some((one) => tierOf(one) === 'page' && one.message.slice(0, 40).includes('GET UP: Firebreak')),
          'nobody was told of the stopped run',
        );
        expectThat(
          messages.some((one) => tierOf(one) === 'notice'),
          'the next run did not finish the job',
        );
        return messages.map(shown);
      },
    },
    {
      title: 'CloudWatch has counted the failed runs, for the working hours',
      happen: async (theatre) => {
        await theatre.pass(120);
        const alarms = theatre.heard().filter(isAlarm);
        expectThat(alarms.map(tierOf).join() === 'notice', `alarms: ${alarms.map(tierOf).join() || 'none'}`);
        return alarms.map(shown);
      },
    },
  ],
};
