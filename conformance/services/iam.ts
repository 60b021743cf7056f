import {
  CreateRoleCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListUsersCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { createRole } from '../../sandbox/iam/roles.ts';
import { type Script, step, withClient } from '../script.ts';

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const document = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['ecr:DescribeImages'], Resource: ["arn:aws:ecr:*:*:repository/it's (all)"] }],
};
const NAMES = ['act', 'decide'];

export const iam: Script = {
  service: 'iam',
  client: (connection) => new IAMClient(connection),
  sandbox: (account) => {
    for (const name of NAMES) {
      const arn = `arn:aws:iam::${account.id}:role/${name}`;
      createRole(account, { name, arn, trust, policies: [{ name: 'reads', document }], maxSessionSeconds: 7200 });
    }
  },
  moto: (connection) =>
    withClient(new IAMClient(connection), async (client) => {
      for (const RoleName of NAMES) {
        const made = { RoleName, AssumeRolePolicyDocument: JSON.stringify(trust), MaxSessionDuration: 7200 };
        await client.send(new CreateRoleCommand(made));
        const policy = { RoleName, PolicyName: 'reads', PolicyDocument: JSON.stringify(document) };
        await client.send(new PutRolePolicyCommand(policy));
      }
    }),
  fields: { RoleId: 'id', UserId: 'id', CreateDate: 'time', Marker: 'id', Roles: 'by RoleName' },
  steps: [
    step('lists roles', () => new ListRolesCommand({})),
    step('gets a role', () => new GetRoleCommand({ RoleName: 'act' })),
    step('refuses a role that is not there', () => new GetRoleCommand({ RoleName: 'nowhere' })),
    step('lists policies', () => new ListRolePoliciesCommand({ RoleName: 'act' })),
    step('refuses policies of a role that is not there', () => new ListRolePoliciesCommand({ RoleName: 'nowhere' })),
    step('gets a policy', () => new GetRolePolicyCommand({ RoleName: 'act', PolicyName: 'reads' })),
    step(
      'refuses a policy that is not there',
      () => new GetRolePolicyCommand({ RoleName: 'act', PolicyName: 'nowhere' }),
    ),
    step('lists attached policies', () => new ListAttachedRolePoliciesCommand({ RoleName: 'act' })),
    step('lists users', () => new ListUsersCommand({})),
    step('refuses a user that is not there', () => new GetUserCommand({ UserName: 'nobody' })),
  ],
};
