import { expectThat } from '../../../../cli/demo/scenario.ts';
import { askedIn } from '../../../../shared/plan/stop.ts';
import { enforcing, unused } from '../../scan.ts';
import { openStage } from '../../stage.ts';
import type { Proof } from '../proof.ts';

/** Six minutes are no multiple of the sweep's five: it would come upon it up to four minutes later. */
const asking = enforcing.replace(
  'page: { held: notice }\n',
  'approval: { when: [always], timeout: PT6M, onTimeout: proceed }\n',
);

export const unanswered: Proof = {
  name: 'what a rule asks about, and nobody answers, is done as it says within half a minute of the end of the time',
  near: /^RemediationMachine|^SweepLambda/,
  happen: async (template) => {
    await using stage = await openStage({ template, rules: { enforcing: asking } });
    stage.scan(unused);
    await stage.pass(60);
    const until = askedIn(stage.head(unused).stops)?.until ?? '';
    expectThat(until !== '', 'nothing was asked');
    await stage.pass((Date.parse(until) - stage.sandbox.clock.now()) / 1000 - 1);
    expectThat(stage.calls('ecr:UpdateImageStorageClass') === 0, 'it was done before the time was over');
    await stage.pass(30);
    expectThat(stage.calls('ecr:UpdateImageStorageClass') === 1, 'it was not done when the time was over');
  },
};
