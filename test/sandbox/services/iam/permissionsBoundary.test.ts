import {
  DeleteRolePermissionsBoundaryCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  IAMClient,
  ListRolesCommand,
  PutRolePermissionsBoundaryCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import { authorise } from '../../../../sandbox/iam/authorise.ts';
import { credentialsFor, principalOf } from '../../../../sandbox/iam/credentials.ts';
import { putManagedPolicy } from '../../../../sandbox/iam/managedPolicies.ts';
import { attachResourcePolicy } from '../../../../sandbox/iam/resourcePolicies.ts';
import { createRole } from '../../../../sandbox/iam/roles.ts';
import { iamService } from '../../../../sandbox/services/iam/service.ts';
import { misfitsOf } from '../../../../sandbox/world/check.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { fakeAccount } from '../../fakeAccount.ts';
import { clientOptions, policyOf, throughDoor } from '../throughDoor.ts';

const policyArn = (name: string): string => `arn:aws:iam::123456789012:policy/${name}`;
const roleArn = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;
const trust = policyOf({
  Effect: 'Allow',
  Principal: { Service: 'ecs-tasks.amazonaws.com' },
  Action: 'sts:AssumeRole',
});
const allow = (Action: string) => ({ Effect: 'Allow', Action, Resource: '*' });
const named = (name: string) => expect.objectContaining({ name });
const onItsWayMs = 4000;

const policy = (account: Account, name: string, ...statements: Readonly<Record<string, unknown>>[]) =>
  putManagedPolicy(account, { name, path: '/', version: 'v2', document: policyOf(...statements) });
const role = (account: Account, name: string, path = '', action = '*') =>
  createRole(account, {
    ...{ name, arn: roleArn(`${path}${name}`), trust },
    policies: [{ name: 'all', document: policyOf(allow(action)) }],
  });

describe('a boundary', () => {
  it('limits a session that is there and a new one, once it is in force, and lifts that when it is taken away', async () => {
    await throughDoor([iamService], async ({ account, clock }) => {
      role(account, 'shop');
      policy(account, 'narrow', allow('logs:*'));
      const early = new IAMClient(clientOptions(account, credentialsFor(account, 'shop', 'early')));
      const admin = new IAMClient(clientOptions(account));
      const read = (client: IAMClient) =>
        client.send(new GetRoleCommand({ RoleName: 'shop' })).then(({ Role }) => Role, String);
      const PermissionsBoundary = policyArn('narrow');
      await admin.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'shop', PermissionsBoundary }));
      // IAM is eventually consistent.
      expect(await read(early)).not.toHaveProperty('PermissionsBoundary');
      await clock.advance(onItsWayMs);
      expect(await read(early)).toMatch(/AccessDenied.* because no permissions boundary allows the iam:GetRole action/);
      const late = new IAMClient(clientOptions(account, credentialsFor(account, 'shop', 'late')));
      expect(await read(late)).toMatch(/no permissions boundary allows/);
      expect(await read(admin)).toMatchObject({ PermissionsBoundary: { PermissionsBoundaryArn: PermissionsBoundary } });
      const { Roles = [] } = await admin.send(new ListRolesCommand({}));
      expect(Roles.map((one) => one.PermissionsBoundary)).toEqual([undefined]);
      await admin.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: 'shop' }));
      await clock.advance(onItsWayMs);
      expect(await read(early)).not.toHaveProperty('PermissionsBoundary');
      for (const client of [early, late, admin]) client.destroy();
    });
  });

  it('is asked for as a condition: what is to be set, and what is taken away', async () => {
    await throughDoor([iamService], async ({ account, clock }) => {
      for (const name of ['ours', 'theirs']) policy(account, name, allow('*'));
      role(account, 'shop');
      const Condition = { ArnLike: { 'iam:PermissionsBoundary': policyArn('ours') } };
      createRole(account, {
        ...{ name: 'responder', arn: roleArn('responder'), trust },
        policies: [{ name: 'own', document: policyOf({ ...allow('iam:*'), Condition }) }],
      });
      const client = new IAMClient(clientOptions(account, credentialsFor(account, 'responder', 'one')));
      const admin = new IAMClient(clientOptions(account));
      const put = (of: string) =>
        new PutRolePermissionsBoundaryCommand({ RoleName: 'shop', PermissionsBoundary: policyArn(of) });
      const taken = new DeleteRolePermissionsBoundaryCommand({ RoleName: 'shop' });
      await expect(client.send(taken)).rejects.toEqual(named('AccessDenied'));
      await expect(client.send(put('theirs'))).rejects.toEqual(named('AccessDenied'));
      await client.send(put('ours'));
      await client.send(taken);
      await admin.send(put('theirs'));
      await clock.advance(onItsWayMs);
      await expect(client.send(taken)).rejects.toEqual(named('AccessDenied'));
      client.destroy();
      admin.destroy();
    });
  });

  it('is refused as IAM refuses it', async () => {
    await throughDoor([iamService], async ({ account }) => {
      role(account, 'shop');
      role(account, 'AWSServiceRoleForECS', 'aws-service-role/ecs.amazonaws.com/');
      policy(account, 'narrow', allow('logs:*'));
      const client = new IAMClient(clientOptions(account));
      const put = (RoleName: string, PermissionsBoundary = policyArn('narrow')) =>
        client.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }));
      const version = (VersionId: string) =>
        client.send(new GetPolicyVersionCommand({ PolicyArn: policyArn('narrow'), VersionId }));
      await expect(put('nobody')).rejects.toEqual(named('NoSuchEntityException'));
      await expect(put('shop', policyArn('none'))).rejects.toEqual(named('NoSuchEntityException'));
      await expect(put('shop', 'not-an-arn-but-long-enough')).rejects.toEqual(named('InvalidInputException'));
      await expect(put('AWSServiceRoleForECS')).rejects.toEqual(named('UnmodifiableEntityException'));
      const gone = new DeleteRolePermissionsBoundaryCommand({ RoleName: 'AWSServiceRoleForECS' });
      await expect(client.send(gone)).rejects.toEqual(named('UnmodifiableEntityException'));
      await expect(version('v1')).rejects.toEqual(named('NoSuchEntityException'));
      const { Document = '' } = (await version('v2')).PolicyVersion ?? {};
      expect(JSON.parse(decodeURIComponent(Document))).toEqual(policyOf(allow('logs:*')));
      await put('shop');
      const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn: policyArn('narrow') }));
      expect(Policy).toMatchObject({ DefaultVersionId: 'v2', Path: '/', PermissionsBoundaryUsageCount: 1 });
      client.destroy();
    });
  });

  it('counts in a simulation, of what the role’s own policies allow', async () => {
    await throughDoor([iamService], async ({ account, clock }) => {
      role(account, 'shop', '', 's3:*');
      policy(account, 'narrow', allow('s3:Get*'), allow('logs:*'), { ...allow('s3:GetObjectAcl'), Effect: 'Deny' });
      const client = new IAMClient(clientOptions(account));
      const PermissionsBoundary = policyArn('narrow');
      await client.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'shop', PermissionsBoundary }));
      await clock.advance(onItsWayMs);
      const ActionNames = ['s3:GetObject', 's3:PutObject', 's3:GetObjectAcl', 'logs:PutLogEvents'];
      const asked = new SimulatePrincipalPolicyCommand({ PolicySourceArn: roleArn('shop'), ActionNames });
      const { EvaluationResults = [] } = await client.send(asked);
      expect(EvaluationResults.map(({ EvalDecision }) => EvalDecision)).toEqual([
        ...['allowed', 'implicitDeny', 'explicitDeny', 'implicitDeny'],
      ]);
      client.destroy();
    });
  });
});

describe('what the policy of a resource grants', () => {
  const bucket = 'arn:aws:s3:::orders';
  const ask = (AWS: string, boundary: Readonly<Record<string, unknown>>) => {
    const { account } = fakeAccount();
    policy(account, 'narrow', boundary);
    createRole(account, { name: 'shop', arn: roleArn('shop'), trust, policies: [], boundary: policyArn('narrow') });
    attachResourcePolicy(
      account,
      bucket,
      policyOf({ ...allow('s3:GetObject'), Resource: `${bucket}/*`, Principal: { AWS } }),
    );
    const key = credentialsFor(account, 'shop', 'one');
    const caller = principalOf(account, key.accessKeyId, key.sessionToken);
    if (typeof caller === 'string') throw new Error('no session');
    return () => authorise(account, caller, [{ action: 's3:GetObject', resource: `${bucket}/a` }]);
  };
  const session = 'arn:aws:sts::123456789012:assumed-role/shop/one';

  it('to the role is limited by its boundary, and to a session it is not, but by what that denies', () => {
    expect(ask(roleArn('shop'), allow('logs:*'))).toThrow(/no permissions boundary allows the s3:GetObject action$/);
    expect(ask(roleArn('shop'), allow('s3:*'))).not.toThrow();
    expect(ask(session, allow('logs:*'))).not.toThrow();
    const denying = { ...allow('s3:*'), Effect: 'Deny' };
    expect(ask(session, denying)).toThrow(/with an explicit deny in a permissions boundary$/);
  });
});

it('an account file names a boundary among its managed policies', () => {
  const misfits = (boundary: string, document: object = policyOf(allow('logs:*'))) =>
    misfitsOf(
      worldSchema.parse({
        managedPolicies: [{ name: 'narrow', document }],
        roles: [{ name: 'shop', permissionsBoundary: boundary }],
      }),
    ).map(({ path, message }) => `${path.join('.')}: ${message}`);
  expect(misfits('narrow')).toEqual([]);
  expect(misfits('narow')).toEqual([
    'roles.0.permissionsBoundary: narow is not among the managedPolicies; did you mean "narrow"?',
  ]);
  expect(misfits('narrow', { Statement: [] })).toEqual([expect.stringMatching(/^managedPolicies\.0\.document/)]);
});
