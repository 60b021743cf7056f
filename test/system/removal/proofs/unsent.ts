import { expectThat } from '../../../../cli/demo/scenario.ts';
import { faults } from '../../../../sandbox/faults/faults.ts';
import { misdeliver } from '../../../../sandbox/services/eventbridge/bus.ts';
import { lambdaFigures } from '../../../../sandbox/services/lambda/figures.ts';
import type { Template } from '../../../../sandbox/template/deploy.ts';
import { enforcing, manyTags, running, unused } from '../../scan.ts';
import { openStage, type Stage } from '../../stage.ts';
import { news, type Proof } from '../proof.ts';

/** Of one repository a containment pages. */
const loud = enforcing
  .replace('name: enforcing', 'name: loud\norder: 1')
  .replace('when:', 'when:\n  resource: { repository: [payments/many-tags] }')
  .replace('held: notice', 'contained: page');

/** Three incidents, one of each tier, whose Report dies when it is about to send. */
async function reportsThatDie(template: Template, lost: boolean): Promise<Stage> {
  const stage = await openStage({ template, rules: { enforcing, loud } });
  faults(stage.account).push(({ functionName, operation }) =>
    functionName === 'firebreak-dev-report' && operation === 'Publish' ? 'crash-before' : undefined,
  );
  for (const image of [unused, running, manyTags]) stage.scan(image);
  if (lost) misdeliver(stage.account, { lostPercent: 100 });
  await stage.settle();
  return stage;
}

function expectAllTold(stage: Stage): void {
  const tiers = news(stage).map(({ tier }) => tier);
  expectThat(tiers.toSorted().join() === 'digest,notice,page', `told: ${tiers.toSorted().join() || 'nobody'}`);
}

const sweeps = ({ account }: Stage): number =>
  lambdaFigures(account).functions['firebreak-dev-sweep']?.invocations ?? 0;

export const unsentAtTheEnd: Proof = {
  name: 'what a Report that died has left unsent is sent as soon as its run has ended',
  near: /^RunEndedRole: (SendMessages|Incidents: dynamodb:PutItem)/,
  happen: async (template) => {
    await using stage = await reportsThatDie(template, false);
    expectThat(sweeps(stage) === 0, 'the sweep was there first');
    expectAllTold(stage);
  },
};

export const unsentUntilTheSweep: Proof = {
  name: 'what a Report that died has left unsent is sent by the sweep, when nobody heard of the end of its run',
  near: /^SweepRole: (SendMessages|Incidents: dynamodb:PutItem)/,
  happen: async (template) => {
    await using stage = await reportsThatDie(template, true);
    expectThat(news(stage).length === 0, 'somebody else has sent it');
    await stage.pass(300);
    expectAllTold(stage);
  },
};
