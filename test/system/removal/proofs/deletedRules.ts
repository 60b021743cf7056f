import { expectThat } from '../../../../cli/demo/scenario.ts';
import { putParameter } from '../../../../sandbox/services/ssm/parameters.ts';
import { ssmState } from '../../../../sandbox/services/ssm/state.ts';
import { plain, plainImages } from '../../plainImages.ts';
import { openStage } from '../../stage.ts';
import type { Proof } from '../proof.ts';

const exemption = (until: string): string => `name: plain-b
when: { resource: { repository: [plain/image-b] } }
owner: team
reason: a base image that nothing runs
expires: ${until}
`;

export const deletedRules: Proof = {
  name: 'deleted rules go on enforcing, their owner is told, and an exemption put after them is obeyed',
  near: /^GuardRole: RuleSets/,
  happen: async (template) => {
    await using stage = await openStage({ template, world: plainImages });
    ssmState(stage.account).parameters.delete('/firebreak/dev/rules/enforcing');
    const until = new Date(stage.account.clock.now() + 30 * 86_400_000).toISOString();
    putParameter(stage.account, { name: '/firebreak/dev/exemptions/plain-b', value: exemption(until) });
    await stage.pass(61);
    const told = stage.told().map(({ tier, subject }) => `${tier} ${subject}`);
    const owner = ['rules gone', 'rules contain less'].map((what) => `notice NO ACTION: ${what}, Firebreak dev`);
    expectThat(told.join() === owner.join(), `told: ${told.join() || 'nobody'}`);
    for (const image of [plain('a'), plain('b')]) stage.scan(image);
    await stage.pass(60);
    const [a, b] = [plain('a'), plain('b')].map(({ repository }) => Object.values(stage.statuses(repository)).join());
    expectThat(a === 'ARCHIVED' && b === 'ACTIVE', `the image is ${a}, the exempted one ${b}`);
  },
};
