import { expectThat } from '../../../../cli/demo/scenario.ts';
import { openGround } from '../../hosts/ground.ts';
import type { Proof } from '../proof.ts';

/** Less than the host may take to be empty, and much less than its patch may. */
const withinSeconds = 12 * 60;

/** A host of a cluster with another: it is drained, patched, rebooted and takes tasks again, woken by events. */
export const patchedHost: Proof = {
  name: 'a host is patched as soon as it can be, without one refusal',
  near: /^(Wake|CommandEnded|HostDrains)(?!ErrorAlarm)|ResponderRole: (SsmPatch|Read(Ec2|EcsCluster|EcsContainerInstance|Anything: (ssm|ec2|ecs:ListClusters)))/,
  happen: async (template) => {
    await using ground = await openGround({ template });
    ground.find();
    await ground.stage.pass(withinSeconds);
    expectThat(ground.outcome() === 'contained', `it came out as ${ground.outcome()}`);
    expectThat(ground.status() === 'ACTIVE', `the host is ${ground.status()}`);
    const { trail } = ground.stage.account;
    const refused = trail.filter(({ result }) => /^AccessDenied|^UnauthorizedOperation/.test(result));
    expectThat(refused.length === 0, `refused: ${[...new Set(refused.map(({ action }) => action))].join(', ')}`);
  },
};
