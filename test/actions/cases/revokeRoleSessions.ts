import { DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { allRoles } from '../../../sandbox/iam/roles.ts';
import { asAdministrator } from '../../system/asAdministrator.ts';
import { roleThreat } from '../../system/roleThreat.ts';
import type { ActionCase, Tags } from '../actionCase.ts';

const name = 'cases-taken';
/** Its name begins with that of the target. */
const other = 'cases-taken-not';
/** Whose credentials they were, and what has nothing to do with it. */
const host = 'i-0ca5e5ca5e5ca5e5c';
const digest = `sha256:${'c5'.repeat(32)}`;
const policy = 'FirebreakRevokedSessions';

const worldIn = (path: string) => (tags: Tags) => ({
  roles: [{ name, path, tags }, { name: other }],
  instances: [{ ec2InstanceId: host, role: name, ssm: {} }],
  repositories: [{ name, images: [{ digest, tags: ['1'] }] }],
  taskDefinitions: [
    { family: name, revision: 1, taskRoleArn: other, containers: [{ name: 'app', image: `${name}:1` }] },
  ],
  clusters: [{ name, services: [{ name: 'api', taskDefinition: `${name}:1`, desiredCount: 1 }] }],
});

/** A role whose credentials are used from outside of AWS: whatever is done, somebody is woken. */
export const it: ActionCase = {
  action: 'iam.revoke-role-sessions',
  world: worldIn('/'),
  // GuardDuty names no path.
  otherWorld: worldIn('/service-role/'),
  target: ({ account, region }) => {
    const arn = `arn:aws:iam::${account}:role/${name}`;
    return { kind: 'role', id: name, arn, session: host, account, region };
  },
  finding: (stage) => roleThreat(stage, name, { session: host }),
  when: ['source: [guardduty]', 'resource: { kind: [role] }', 'status: [open]'],
  truth: (account) =>
    Object.fromEntries(
      allRoles(account).map((role) => [
        `policies of ${role.name}`,
        role.written.policies.map((one) => one.name).join() || 'none',
      ]),
    ),
  changes: { of: `policies of ${name}`, from: 'none', to: policy },
  byHand: (stage) =>
    asAdministrator(stage, IAMClient, (iam) =>
      iam.send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName: policy })),
    ),
  call: 'DeleteRolePolicy',
  elsewhere: {
    'iam:PutRolePolicy': [
      {
        call: ({ iam }) =>
          iam.send(new PutRolePolicyCommand({ RoleName: other, PolicyName: policy, PolicyDocument: '{}' })),
      },
    ],
    'iam:DeleteRolePolicy': [
      { call: ({ iam }) => iam.send(new DeleteRolePolicyCommand({ RoleName: other, PolicyName: policy })) },
    ],
  },
  undoAfter: 13 * 3600,
  pages: 1,
};
