import { expectThat } from '../../../../cli/demo/scenario.ts';
import { faults } from '../../../../sandbox/faults/faults.ts';
import { openStage } from '../../stage.ts';
import { WebPage } from '../../webPage.ts';
import { expectAlarm, type Proof } from '../proof.ts';

/** As many as the alarm takes. */
const guesses = 100;

export const consoleAlarms: Proof = {
  name: 'a console that fails and one of which links are guessed are told in working hours, and one that is only asked is not',
  near: /^Console(Error|Refused)Alarm|^NoticeTopicPolicy/,
  happen: async (template) => {
    await using stage = await openStage({ template, web: true });
    const web = new WebPage(stage);
    const guess = (n: number) => web.get(`/l/${n.toString(16).padStart(64, '0')}`);
    for (let n = 0; n < 5; n += 1) await guess(n);
    await stage.pass(6 * 60);
    expectThat(stage.told().length === 0, `asked five times, it told ${stage.told()[0]?.subject}`);

    for (let n = 0; n < guesses; n += 1) await guess(n);
    const fault = ({ functionName }: { readonly functionName: string | undefined }) =>
      functionName?.endsWith('-console') ? ('crash-before' as const) : undefined;
    faults(stage.account).push(fault);
    const { status } = await guess(0);
    expectThat(status === 502, `a function that dies was answered with ${status}`);
    await stage.pass(6 * 60);
    expectAlarm(stage, 'console-refused', 'notice');
    expectAlarm(stage, 'console-errors', 'notice');
  },
};
