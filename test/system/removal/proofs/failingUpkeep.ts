import { faults } from '../../../../sandbox/faults/faults.ts';
import { openStage } from '../../stage.ts';
import { expectAlarm, type Proof } from '../proof.ts';

export const failingUpkeep: Proof = {
  name: 'a sweep that fails for a quarter of an hour pages, a guard is for working hours',
  near: /^(Sweep|Guard)ErrorAlarm|^NoticeTopicPolicy/,
  happen: async (template) => {
    await using stage = await openStage({ template });
    faults(stage.account).push(({ functionName }) =>
      /-(sweep|guard)$/.test(functionName ?? '') ? 'crash-before' : undefined,
    );
    await stage.pass(15 * 60);
    expectAlarm(stage, 'sweep-errors', 'page');
    expectAlarm(stage, 'guard-errors', 'notice');
  },
};
