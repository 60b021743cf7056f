import {
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListUsersCommand,
  NoSuchEntityException,
  paginateListRolePolicies,
  paginateListRoles,
  waitUntilRoleExists,
} from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import { credentialsFor } from '../../../../sandbox/iam/credentials.ts';
import { createRole } from '../../../../sandbox/iam/roles.ts';
import { iamService } from '../../../../sandbox/services/iam/service.ts';
import { clientOptions, policyOf, throughDoor } from '../throughDoor.ts';

const arnOf = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;
const trust = policyOf({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' });
/** Holds what RFC 3986 escapes and JavaScript does not. */
const reading = policyOf({ Sid: 'a', Effect: 'Allow', Action: 'iam:GetRole*', Resource: arnOf("it's(mine)!*") });
const own = policyOf(
  { Effect: 'Allow', Action: 'iam:Get*', Resource: arnOf('Reader') },
  { Effect: 'Allow', Action: 'iam:ListRolePolicies', Resource: arnOf('*') },
);

/** The roles Writer, Reader (two policies) and, below a path, Task. */
function withRoles(use: (account: Account, iam: IAMClient) => Promise<void>): Promise<void> {
  return throughDoor([iamService], async ({ account }) => {
    createRole(account, { name: 'Writer', arn: arnOf('Writer'), trust, policies: [], maxSessionSeconds: 7200 });
    const policies = [
      { name: 'reading', document: reading },
      { name: 'own', document: own },
    ];
    createRole(account, { name: 'Reader', arn: arnOf('Reader'), trust, policies });
    createRole(account, { name: 'Task', arn: arnOf('service/Task'), trust, policies: [] });
    const iam = new IAMClient(clientOptions(account));
    try {
      await use(account, iam);
    } finally {
      iam.destroy();
    }
  });
}

it('shows a role, its trust policy URL-encoded', () =>
  withRoles(async (_account, iam) => {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'Writer' }));
    expect(Role).toMatchObject({
      Path: '/',
      RoleName: 'Writer',
      Arn: arnOf('Writer'),
      RoleId: expect.stringMatching(/^AROA[0-9A-F]{17}$/),
      CreateDate: new Date('2026-11-24T08:00:00Z'),
      MaxSessionDuration: 7200,
      RoleLastUsed: {},
    });
    expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''))).toEqual(trust);
    const { Role: below } = await iam.send(new GetRoleCommand({ RoleName: 'Task' }));
    expect(below).toMatchObject({ Path: '/service/', Arn: arnOf('service/Task') });
    const found = await waitUntilRoleExists({ client: iam, maxWaitTime: 5 }, { RoleName: 'Reader' });
    expect(found.state).toBe('SUCCESS');
  }));

it('shows a policy as it was written, escaped as RFC 3986 wants it', () =>
  withRoles(async (_account, iam) => {
    const asked = { RoleName: 'Reader', PolicyName: 'reading' };
    const { PolicyDocument = '', ...names } = await iam.send(new GetRolePolicyCommand(asked));
    expect(names).toMatchObject(asked);
    expect(PolicyDocument).toMatch(/^[A-Za-z0-9%_.~-]+$/);
    expect(JSON.parse(decodeURIComponent(PolicyDocument))).toEqual(reading);
  }));

it('lists roles and their policies by name, page by page, and none that are managed', () =>
  withRoles(async (_account, client) => {
    const roles: (string | undefined)[][] = [];
    for await (const { Roles } of paginateListRoles({ client, pageSize: 2 }, {})) {
      roles.push((Roles ?? []).map(({ RoleName }) => RoleName));
    }
    expect(roles).toEqual([['Reader', 'Task'], ['Writer']]);
    const below: (string | undefined)[] = [];
    for await (const { Roles } of paginateListRoles({ client }, { PathPrefix: '/service/' })) {
      below.push(...(Roles ?? []).map(({ RoleName }) => RoleName));
    }
    expect(below).toEqual(['Task']);
    const policies: string[][] = [];
    for await (const page of paginateListRolePolicies({ client, pageSize: 1 }, { RoleName: 'Reader' })) {
      policies.push(page.PolicyNames ?? []);
    }
    expect(policies).toEqual([['own'], ['reading']]);
    const attached = await client.send(new ListAttachedRolePoliciesCommand({ RoleName: 'Reader' }));
    expect(attached).toMatchObject({ AttachedPolicies: [], IsTruncated: false });
  }));

it('knows the administrator as the root user, and no user of whom no account file tells', () =>
  withRoles(async (account, iam) => {
    const { User } = await iam.send(new GetUserCommand({}));
    expect(User).toMatchObject({ UserId: '123456789012', Arn: 'arn:aws:iam::123456789012:root' });
    expect(User?.UserName).toBeUndefined();
    expect(await iam.send(new ListUsersCommand({}))).toMatchObject({ Users: [], IsTruncated: false });
    const ann = iam.send(new GetUserCommand({ UserName: 'ann' }));
    await expect(ann).rejects.toMatchObject({ name: 'NoSuchEntityException', message: expect.stringContaining('ann') });
    const policy = policyOf({ Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' });
    const policies = [{ name: 'p', document: policy }];
    createRole(account, { name: 'Asker', arn: arnOf('Asker'), trust, policies });
    const session = new IAMClient(clientOptions(account, credentialsFor(account, 'Asker', 's')));
    await expect(session.send(new GetUserCommand({}))).rejects.toMatchObject({ name: 'ValidationError' });
  }));

it('says what is not there, and what cannot be asked', () =>
  withRoles(async (_account, iam) => {
    const role = iam.send(new ListRolePoliciesCommand({ RoleName: 'none' }));
    await expect(role).rejects.toBeInstanceOf(NoSuchEntityException);
    await expect(role).rejects.toMatchObject({ message: 'The role with name none cannot be found.' });
    const policy = iam.send(new GetRolePolicyCommand({ RoleName: 'Reader', PolicyName: 'none' }));
    await expect(policy).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The role policy with name none cannot be found.',
      $metadata: { httpStatusCode: 404, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    await expect(iam.send(new ListAttachedRolePoliciesCommand({ RoleName: 'none' }))).rejects.toBeInstanceOf(
      NoSuchEntityException,
    );
    const invalid = { name: 'ValidationError' };
    const list = (input: object) => iam.send(new ListRolePoliciesCommand({ RoleName: 'Reader', ...input }));
    await expect(list({ MaxItems: 0 })).rejects.toMatchObject(invalid);
    await expect(list({ MaxItems: 1001 })).rejects.toMatchObject(invalid);
    await expect(list({ Marker: '!' })).rejects.toMatchObject(invalid);
  }));

it('asks IAM about the role that is read, its path included', () =>
  withRoles(async (account, admin) => {
    const iam = new IAMClient(clientOptions(account, credentialsFor(account, 'Reader', 'test')));
    const RoleName = 'Reader';
    expect((await iam.send(new GetRoleCommand({ RoleName }))).Role?.Arn).toBe(arnOf('Reader'));
    await expect(iam.send(new ListRolePoliciesCommand({ RoleName: 'Task' }))).resolves.toBeDefined();
    const denied = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } };
    const other = iam.send(new GetRoleCommand({ RoleName: 'Task' }));
    await expect(other).rejects.toMatchObject({
      ...denied,
      message: expect.stringContaining(`iam:GetRole on resource: ${arnOf('service/Task')}`),
    });
    await expect(iam.send(new ListUsersCommand({}))).rejects.toMatchObject(denied);
    await expect(iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))).rejects.toMatchObject(denied);
    expect((await admin.send(new GetRoleCommand({ RoleName: 'Task' }))).Role?.RoleName).toBe('Task');
  }));
