import { faults } from '../../../../sandbox/faults/faults.ts';
import { commandEnded } from '../../hosts/wakes.ts';
import { openStage } from '../../stage.ts';
import { expectAlarm, type Proof } from '../proof.ts';

export const failingUpkeep: Proof = {
  name: 'a sweep that fails for a quarter of an hour pages, a guard and a wake are for working hours',
  near: /^(Sweep|Guard|Wake)ErrorAlarm|^NoticeTopicPolicy/,
  happen: async (template) => {
    await using stage = await openStage({ template });
    faults(stage.account).push(({ functionName }) =>
      /-(sweep|guard|wake)$/.test(functionName ?? '') ? 'crash-before' : undefined,
    );
    for (let minute = 0; minute < 15; minute += 1) {
      stage.deliver(commandEnded(stage, 'nobody-knows-it'));
      await stage.pass(60);
    }
    expectAlarm(stage, 'sweep-errors', 'page');
    expectAlarm(stage, 'guard-errors', 'notice');
    expectAlarm(stage, 'wake-errors', 'notice');
  },
};
