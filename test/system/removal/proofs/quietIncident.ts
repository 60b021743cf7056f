import { expectThat } from '../../../../cli/demo/scenario.ts';
import { putParameter } from '../../../../sandbox/services/ssm/parameters.ts';
import { running } from '../../scan.ts';
import { openStage } from '../../stage.ts';
import type { Proof } from '../proof.ts';

export const quietIncident: Proof = {
  name: 'an incident that has been quiet for as long as the settings say is closed',
  near: /^Sweep/,
  happen: async (template) => {
    await using stage = await openStage({ template });
    putParameter(stage.account, { name: '/firebreak/dev/settings', value: 'quietHours: 1' });
    await stage.pass(61);
    stage.scan(running);
    await stage.pass(3900);
    const { state } = stage.head(running);
    expectThat(state === 'closed', `it is ${state}`);
  },
};
