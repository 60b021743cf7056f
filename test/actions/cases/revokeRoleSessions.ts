import { DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { allRoles } from '../../../sandbox/iam/roles.ts';
import { clusterGroup } from '../../../shared/actions/clusterRules.ts';
import { asAdministrator } from '../../system/asAdministrator.ts';
import { roleThreat } from '../../system/roleThreat.ts';
import type { ActionCase, Tags } from '../actionCase.ts';

const name = 'cases-taken';
/** Its name begins with that of the target. */
const other = 'cases-taken-not';
/** Whose credentials they were, and what has nothing to do with it. */
const host = 'i-0ca5e5ca5e5ca5e5c';
/** Of the role that a test of one action has, and of the responder's of the stage. */
const roles = ['step', ...['eu-central-1', 'us-east-1'].map((region) => `firebreak-dev-${region}-responder`)];
const digest = `sha256:${'c5'.repeat(32)}`;
const policy = 'FirebreakRevokedSessions';

const trust = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: ['ec2.amazonaws.com', 'pods.eks.amazonaws.com'] },
      Action: ['sts:AssumeRole', 'sts:TagSession'],
    },
  ],
};
/** A pod of the cluster, which is gone. */
const pod = { cluster: name, namespace: 'cases', serviceAccount: 'web', workload: 'pods/web-x2k4q' };

const worldIn = (path: string) => (tags: Tags) => ({
  roles: [{ name, path, tags, trust }, { name: other }],
  eksClusters: [
    {
      name,
      accessEntries: roles.map((role) => ({ role, groups: [clusterGroup] })),
      podIdentityAssociations: [{ namespace: 'cases', serviceAccount: 'api', role: other }],
    },
  ],
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
  accusation: () => ({ pods: [pod] }),
  finding: (stage) => roleThreat(stage, name, { session: host }),
  when: ['source: [guardduty]', `resource: { kind: [role], id: [${name}] }`, 'status: [open]'],
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
