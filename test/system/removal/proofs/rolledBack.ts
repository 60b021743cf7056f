import { expectThat } from '../../../../cli/demo/scenario.ts';
import { connectStage } from '../../../../cli/stage.ts';
import { rootCredentials } from '../../../../sandbox/iam/credentials.ts';
import { putParameter } from '../../../../sandbox/services/ssm/parameters.ts';
import { latest, ssmState } from '../../../../sandbox/services/ssm/state.ts';
import { catalogue } from '../../../../shared/actions/catalogue.ts';
import { rollback } from '../../../../shared/respond/rollback.ts';
import { parseRuleSet } from '../../../../shared/rules/storedSet.ts';
import { enforcing } from '../../scan.ts';
import { openStage, type Stage } from '../../stage.ts';
import type { Proof } from '../proof.ts';

const prefix = '/firebreak/dev/';

/** As `firebreak rules rollback NUMBER` does it, and then until the guard has looked twice: it puts back first, and labels next. */
async function goBack(stage: Stage, to: number): Promise<void> {
  const { account } = stage;
  const { effects } = await connectStage({
    stage: 'dev',
    region: account.region,
    client: { endpoint: account.endpoint, credentials: rootCredentials(account) },
    clock: { now: () => new Date(account.clock.now()) },
  });
  const parse = (text: string) => parseRuleSet(text, catalogue);
  const answer = await rollback({ ...effects, stage: 'dev', parse }, { to, by: 'ann', reason: 'as it was' });
  expectThat(answer.kind === 'done', `set ${to} was not brought back: ${JSON.stringify(answer)}`);
  await stage.pass(90);
}

/** Path -> text of what people write, without the status and what deploying left there. */
const written = ({ account }: Stage): { readonly [path: string]: string } =>
  Object.fromEntries(
    [...ssmState(account).parameters.values()].flatMap((parameter) => {
      const path = parameter.name.slice(prefix.length);
      return /^(rules|exemptions)\/|^settings$/.test(path) ? [[path, latest(parameter).value] as const] : [];
    }),
  );

const unlabelled = (stage: Stage): readonly string[] =>
  Object.keys(written(stage)).filter((path) => {
    const parameter = ssmState(stage.account).parameters.get(`${prefix}${path}`);
    return parameter === undefined || !latest(parameter).labels.has('active');
  });

function expectWritten(stage: Stage, texts: { readonly [path: string]: string }, when: string): void {
  const there = Object.entries(written(stage)).sort();
  const wanted = Object.entries(texts).sort();
  const names = there.map(([path]) => path).join(', ');
  expectThat(
    JSON.stringify(there) === JSON.stringify(wanted),
    `${when}, the parameters are not as they were: ${names}`,
  );
  expectThat(
    unlabelled(stage).length === 0,
    `${when}, nothing says that this decides: ${unlabelled(stage).join(', ')}`,
  );
}

export const rolledBack: Proof = {
  name: 'an earlier set is brought back with its rules, exemptions and settings, and what was not of it is taken away',
  near: /^GuardRole: (WriteRules|ReadBeforeWriting)/,
  happen: async (template) => {
    await using stage = await openStage({ template });
    const expires = new Date(stage.account.clock.now() + 30 * 86_400_000).toISOString();
    const few = { 'rules/enforcing': enforcing };
    const many = {
      ...few,
      'rules/second': enforcing.replace('name: enforcing', 'name: second'),
      'exemptions/known': `name: known\nwhen: { resource: { repository: [payments/ledger] } }\nowner: team\nreason: known\nexpires: ${expires}\n`,
      settings: 'quietPullDays: 40\n',
    };
    for (const [path, value] of Object.entries(many)) putParameter(stage.account, { name: `${prefix}${path}`, value });
    await stage.pass(90);
    expectWritten(stage, many, 'edited');
    await goBack(stage, 1);
    expectWritten(stage, few, 'back at the first set');
    await goBack(stage, 2);
    expectWritten(stage, many, 'back at the second');
  },
};
