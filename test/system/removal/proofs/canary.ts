import { expectThat } from '../../../../cli/demo/scenario.ts';
import { faults } from '../../../../sandbox/faults/faults.ts';
import { alarmsOf } from '../../../../sandbox/services/cloudwatch/alarms.ts';
import { openStage, type Stage } from '../../stage.ts';
import type { Proof } from '../proof.ts';

const stateOf = ({ account }: Stage): string | undefined =>
  alarmsOf(account).find(({ input }) => input.name === 'firebreak-dev-canary')?.state;

export const canaryMissed: Proof = {
  name: 'a canary comes through every five minutes, and where none does a page says so',
  near: /^CanaryAlarm|^ThreatFindingRule: schedule/,
  happen: async (template) => {
    await using stage = await openStage({ template, canary: true });
    await stage.pass(420);
    expectThat(stateOf(stage) === 'OK', `with the canary, its alarm is ${stateOf(stage) ?? 'not there'}`);
    const before = stage.told().length;
    faults(stage.account).push(({ functionName }) =>
      /-decide$/.test(functionName ?? '') ? 'crash-before' : undefined,
    );
    await stage.pass(22 * 60);
    const told = stage.told().slice(before);
    const pages = told.filter(({ subject }) => subject.startsWith('ALARM: "firebreak-dev-canary"'));
    expectThat(pages.map(({ tier }) => tier).join() === 'page', `without the canary told: ${pages.length} pages`);
  },
};
