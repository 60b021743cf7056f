import { StartAssociationsOnceCommand } from '@aws-sdk/client-ssm';
import { associations, standingOn } from '../../../sandbox/services/ssm/associations/state.ts';
import { managedNodes } from '../../../sandbox/services/ssm/nodes/state.ts';
import { configFinding } from '../../system/configFinding.ts';
import type { ActionCase } from '../actionCase.ts';

const [id, other] = ['i-0ca5e5000000000e1', 'i-0ca5e5000000000f2'] as const;
const [inventory, agent, theirs] = [
  '0ca5e500-1111-4a4a-8b8b-0123456789ab',
  '0ca5e500-2222-4a4a-8b8b-0123456789ab',
  '0ca5e500-3333-4a4a-8b8b-0123456789ab',
] as const;
const on = (host: string) => [{ key: 'InstanceIds', values: [host] }];
const failedOn = (host: string, of: string) => ({ id: of, targets: on(host), failed: [host] });

const worldOf = (more: readonly object[]) => (tags: object) => ({
  instances: [
    { ec2InstanceId: id, tags, ssm: {} },
    { ec2InstanceId: other, ssm: {} },
  ],
  associations: [{ ...failedOn(id, inventory), name: 'inventory' }, failedOn(other, theirs), ...more],
});

/** A host on which an association has failed. */
export const it: ActionCase = {
  action: 'ssm.reapply-association',
  world: worldOf([]),
  otherWorld: worldOf([{ ...failedOn(id, agent), document: 'AWS-UpdateSSMAgent' }]),
  target: ({ account, region }) => ({
    ...{ kind: 'instance', id, account, region },
    arn: `arn:aws:ec2:${region}:${account}:instance/${id}`,
  }),
  finding: (stage) => configFinding(stage, 'config-association', `AWS::SSM::ManagedInstanceInventory/${id}`),
  when: [
    'compliance: { rule: [ec2-managedinstance-association-compliance-status-check] }',
    `resource: { kind: [instance], id: [${id}] }`,
    'status: [open]',
  ],
  truth: (account) =>
    Object.fromEntries(
      [...managedNodes(account).keys()].map((host) => {
        const standings = [...associations(account).values()].flatMap((one) => standingOn(one, host)?.status ?? []);
        return [`associations on ${host}`, [...new Set(standings)].join(', ')];
      }),
    ),
  changes: { of: `associations on ${id}`, from: 'Failed', to: 'Success' },
  elsewhere: {
    'ssm:StartAssociationsOnce': [
      { call: ({ ssm }) => ssm.send(new StartAssociationsOnceCommand({ AssociationIds: [theirs] })) },
    ],
  },
};
