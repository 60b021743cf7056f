import { expectThat } from '../../../../cli/demo/scenario.ts';
import { eventsState } from '../../../../sandbox/services/eventbridge/state.ts';
import { deleteParameter } from '../../../../sandbox/services/ssm/deleteParameter.ts';
import { putParameter } from '../../../../sandbox/services/ssm/parameters.ts';
import { enforcing } from '../../scan.ts';
import { openStage, type Stage } from '../../stage.ts';
import type { Proof } from '../proof.ts';

const second = enforcing.replace('name: enforcing', 'name: second');
const exemption = (until: string): string =>
  `name: known\nwhen: { resource: { repository: [payments/ledger] } }\nowner: team\nreason: known\nexpires: ${until}\n`;

const path = (name: string): string => `/firebreak/dev/${name}`;
const put = ({ account }: Stage, name: string, value: string): void =>
  void putParameter(account, { name: path(name), value });
const remove = ({ account }: Stage, name: string): void =>
  void deleteParameter.run({ Name: path(name) } as never, { account } as never);

const published = (stage: Stage): unknown =>
  stage.table().find(({ pk, sk }) => pk === 'ruleset' && sk === 'current')?.['number'];

/** Edits so many seconds past the minute, when the guard looks by the clock; it looks again half a minute later. */
async function expectLive(
  stage: Stage,
  { after, within, what }: { readonly after: number; readonly within: number; readonly what: string },
  edit: () => void,
): Promise<void> {
  await stage.pass(60 - ((stage.sandbox.clock.now() / 1000) % 60) + after);
  const before = published(stage);
  edit();
  await stage.pass(within);
  expectThat(published(stage) !== before, `${what} is not live after ${within} s`);
}

/** While EventBridge loses it. */
function unheard({ account }: Stage, edit: () => void): void {
  const { delivery } = eventsState(account);
  delivery.lostPercent = 100;
  edit();
  delivery.lostPercent = 0;
}

export const ruleEdits: Proof = {
  name: 'an edit of whatever kind is live by its event, and within the minute where that is lost',
  near: /^RuleEdit|^Guard(Again|Schedule|Permission)|^GuardRole: Queues/,
  happen: async (template) => {
    await using stage = await openStage({ template });
    const until = new Date(stage.account.clock.now() + 30 * 86_400_000).toISOString();
    const edits: { readonly [what: string]: () => void } = {
      'a rule that is new': () => put(stage, 'rules/second', second),
      'a rule that is edited': () => put(stage, 'rules/second', `${second}order: 50\n`),
      'a rule that is gone': () => remove(stage, 'rules/second'),
      'an exemption': () => put(stage, 'exemptions/known', exemption(until)),
      settings: () => put(stage, 'settings', 'quietPullDays: 40\n'),
    };
    for (const [what, edit] of Object.entries(edits)) await expectLive(stage, { after: 5, within: 20, what }, edit);
    for (const [after, order] of [
      [5, 60],
      [35, 70],
    ] as const) {
      await expectLive(stage, { after, within: 40, what: 'an edit whose event is lost' }, () =>
        unheard(stage, () => put(stage, 'rules/enforcing', `${enforcing}order: ${order}\n`)),
      );
    }
  },
};
