import { expectThat } from '../../../../cli/demo/scenario.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { caseOf, rulesFor } from '../../../actions/actionCase.ts';
import { openStage } from '../../stage.ts';
import type { Proof } from '../proof.ts';

/** Whoever is woken because the credentials of a host are open must know which role they are of. */
export const openRole: Proof = {
  name: 'a host is cut off, and the role whose credentials it had is named',
  near: /ResponderRole: Read(IamInstanceProfile|IamRole)/,
  happen: async (template) => {
    const of = caseOf('ec2.isolate');
    if (of === undefined) throw new Error('ec2.isolate has no case');
    const place = { account: '123456789012', region: 'us-east-1' };
    const world = worldSchema.parse({ ...place, ...of.world({}) });
    await using stage = await openStage({ template, rules: rulesFor([of]), world });
    stage.deliver(of.finding(stage));
    await stage.settle();
    const page = stage.told().find(({ tier }) => tier === 'page');
    expectThat(page?.body.includes('cases-host') === true, `nobody is told of the role: ${page?.body ?? 'no page'}`);
  },
};
