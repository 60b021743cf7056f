import { expectThat } from '../../../../cli/demo/scenario.ts';
import { functionNamed } from '../../../../sandbox/services/lambda/state.ts';
import { openStage } from '../../stage.ts';
import { type Proof, tellEnd } from '../proof.ts';

const statuses = ['FAILED', 'TIMED_OUT', 'ABORTED'] as const;
const unread = { input: null, inputDetails: { included: false } };

/** Every way in which a run can die: with and without an error, as Step Functions says it. */
const ends = statuses.flatMap((status) => [
  { status, name: `${status} without a word` },
  { status, name: `${status} with an error`, error: 'States.Runtime' },
]);

export const everyEnd: Proof = {
  name: 'a run that died pages and is looked after, however it died',
  near: /^(UntoldFailure|RunEnded)Rule: pattern/,
  happen: async (template) => {
    await using stage = await openStage({ template });
    for (const end of ends) tellEnd(stage, { ...end, ...unread });
    await stage.settle();
    const pages = stage.told().flatMap(({ tier, body }) => (tier === 'page' ? [body] : []));
    const untold = ends.filter(({ name }) => !pages.some((body) => body.includes(name)));
    expectThat(untold.length === 0, `nobody was told of: ${untold.map(({ name }) => name).join(', ')}`);
    const { invocations } = functionNamed(stage.account, 'firebreak-dev-runEnded').figures;
    expectThat(invocations === ends.length, `runEnded was called for ${invocations} of ${ends.length}`);
  },
};
