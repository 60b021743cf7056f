import {
  DeleteRolePermissionsBoundaryCommand,
  IAMClient,
  PutRolePermissionsBoundaryCommand,
} from '@aws-sdk/client-iam';
import { allRoles } from '../../../sandbox/iam/roles.ts';
import { clusterGroup } from '../../../shared/actions/clusterRules.ts';
import { asAdministrator } from '../../system/asAdministrator.ts';
import { roleThreat } from '../../system/roleThreat.ts';
import type { ActionCase, Tags } from '../actionCase.ts';

const name = 'cases-limited';
/** Its name begins with that of the target; another incident has limited it. */
const other = 'cases-limited-not';
/** Whose credentials they were, and what has nothing to do with it. */
const host = 'i-0ca5e5ca5e5ca5e6d';
/** Of the role that a test of one action has, and of the responder's of the stage. */
const roles = ['step', ...['eu-central-1', 'us-east-1'].map((region) => `firebreak-dev-${region}-responder`)];
const digest = `sha256:${'c6'.repeat(32)}`;
const boundary = 'firebreak-boundary';
/** A boundary of somebody else's, which lets more through. */
const wide = 'cases-wide-boundary';

const allowing = (Action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});
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
  managedPolicies: [
    { name: boundary, version: 'v3', document: allowing('logs:PutLogEvents') },
    { name: wide, document: allowing('s3:*') },
  ],
  roles: [
    { name, path, tags, trust },
    { name: other, permissionsBoundary: boundary },
  ],
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

const policy = (of: string): string => `arn:aws:iam::123456789012:policy/${of}`;

/** A role whose credentials are used from outside of AWS: whatever is done, somebody is woken. */
export const it: ActionCase = {
  action: 'iam.limit-role',
  world: worldIn('/'),
  // GuardDuty names no path.
  otherWorld: worldIn('/service-role/'),
  target: ({ account, region }) => {
    const arn = `arn:aws:iam::${account}:role/${name}`;
    return { kind: 'role', id: name, arn, session: host, account, region };
  },
  // The credentials are those of a host, whose role is left to a person otherwise.
  params: () => ({ hosts: true }),
  does: 'iam.limit-role: { hosts: true }',
  accusation: () => ({ pods: [pod] }),
  finding: (stage) => roleThreat(stage, name, { session: host, id: '2bc1a2b3c4d5e6f708192a3b4c5d6e7f' }),
  when: ['source: [guardduty]', `resource: { kind: [role], id: [${name}] }`, 'status: [open]'],
  truth: (account) =>
    Object.fromEntries(
      allRoles(account).map((role) => [
        `boundary of ${role.name}`,
        role.boundary === undefined ? 'none' : role.boundary.slice(role.boundary.lastIndexOf('/') + 1),
      ]),
    ),
  changes: { of: `boundary of ${name}`, from: 'none', to: boundary },
  byHand: (stage) =>
    asAdministrator(stage, IAMClient, (iam) => iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: name }))),
  call: 'DeleteRolePermissionsBoundary',
  elsewhere: {
    'iam:PutRolePermissionsBoundary': [
      {
        call: ({ iam }) =>
          iam.send(
            new PutRolePermissionsBoundaryCommand({
              RoleName: other,
              PermissionsBoundary: policy(boundary),
            }),
          ),
      },
      // Of the target itself, another policy.
      {
        call: ({ iam }) =>
          iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: name, PermissionsBoundary: policy(wide) })),
        refusal: /not authorized to perform: iam:PutRolePermissionsBoundary .* because no identity-based policy allows/,
        roleMayNot: 'it may set no policy whose name does not begin with firebreak-boundary',
      },
    ],
    'iam:DeleteRolePermissionsBoundary': [
      { call: ({ iam }) => iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: other })) },
    ],
  },
  pages: 1,
};
