import {
  GetAccessKeyLastUsedCommand,
  GetUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListUsersCommand,
  paginateListAccessKeys,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import { credentialsFor } from '../../../../sandbox/iam/credentials.ts';
import { createRole } from '../../../../sandbox/iam/roles.ts';
import { iamService } from '../../../../sandbox/services/iam/service.ts';
import { misfitsOf } from '../../../../sandbox/world/check.ts';
import { loadUser } from '../../../../sandbox/world/loadUsers.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { clientOptions, policyOf, throughDoor } from '../throughDoor.ts';

const [first, second] = ['AKIAIOSFODNN7EXAMPLE', 'AKIAI44QH8DHBEXAMPLE'] as const;
const ofUsers = (...users: readonly object[]) =>
  worldSchema.parse({ account: '123456789012', region: 'us-east-1', users });
const world = ofUsers(
  {
    name: 'builder',
    path: '/build/',
    tags: { team: 'shop' },
    accessKeys: [
      { id: first, lastUsed: { at: '2026-11-01T02:00:00Z', service: 'ecr', region: 'eu-west-1' } },
      { id: second, status: 'Inactive' },
    ],
  },
  { name: 'ann' },
);
const arn = 'arn:aws:iam::123456789012:user/build/builder';
const trust = policyOf({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' });

function withUsers(use: (iam: IAMClient, account: Account) => Promise<void>): Promise<void> {
  return throughDoor([iamService], async ({ account }) => {
    for (const user of world.users) loadUser(account, user);
    const iam = new IAMClient(clientOptions(account));
    try {
      await use(iam, account);
    } finally {
      iam.destroy();
    }
  });
}

const statuses = async (iam: IAMClient) =>
  (await iam.send(new ListAccessKeysCommand({ UserName: 'builder' }))).AccessKeyMetadata?.map(({ Status }) => Status);

describe('access keys of users', () => {
  it('are listed with their status, page by page, and none where there are none', () =>
    withUsers(async (client) => {
      const pages: (string | undefined)[][] = [];
      for await (const { AccessKeyMetadata = [] } of paginateListAccessKeys(
        { client, pageSize: 1 },
        { UserName: 'builder' },
      )) {
        pages.push(
          AccessKeyMetadata.map(({ AccessKeyId, Status, UserName }) => `${UserName} ${AccessKeyId} ${Status}`),
        );
      }
      expect(pages).toEqual([[`builder ${first} Active`], [`builder ${second} Inactive`]]);
      const none = await client.send(new ListAccessKeysCommand({ UserName: 'ann' }));
      expect(none).toMatchObject({ AccessKeyMetadata: [], IsTruncated: false });
    }));

  it('say whose they are, and when and where they were used last', () =>
    withUsers(async (iam) => {
      const lastUsed = async (AccessKeyId: string) => iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }));
      expect(await lastUsed(first)).toMatchObject({
        UserName: 'builder',
        AccessKeyLastUsed: { LastUsedDate: new Date('2026-11-01T02:00:00Z'), ServiceName: 'ecr', Region: 'eu-west-1' },
      });
      const never = await lastUsed(second);
      expect(never.AccessKeyLastUsed).toEqual({ ServiceName: 'N/A', Region: 'N/A' });
      // Of another account, of the root user, or deleted.
      await expect(lastUsed('AKIANOBODY0000000000')).rejects.toMatchObject({
        name: 'AccessDenied',
        message: expect.stringContaining('iam:GetAccessKeyLastUsed on resource: access key AKIANOBODY0000000000'),
      });
    }));

  it('are set Inactive and Active again, and nothing else', () =>
    withUsers(async (iam) => {
      const set = (Status: string, AccessKeyId: string = first, UserName: string | undefined = 'builder') =>
        iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: Status as 'Active' }));
      await set('Inactive');
      await set('Inactive');
      expect(await statuses(iam)).toEqual(['Inactive', 'Inactive']);
      await set('Active');
      expect(await statuses(iam)).toEqual(['Active', 'Inactive']);
      await expect(set('Expired')).rejects.toMatchObject({ name: 'InvalidInputException' });
      const gone = { name: 'NoSuchEntityException', $metadata: { httpStatusCode: 404 } };
      await expect(set('Active', first, 'ann')).rejects.toMatchObject(gone);
      await expect(set('Active', first, 'bob')).rejects.toMatchObject(gone);
    }));

  it('are a matter of the permission on their user, path and all, and of a name where a role asks', () =>
    withUsers(async (_admin, account) => {
      const policies = [
        {
          name: 'p',
          document: policyOf({ Effect: 'Allow', Action: 'iam:*', Resource: [arn, 'arn:aws:iam::123456789012:user/'] }),
        },
      ];
      createRole(account, { name: 'Asker', arn: 'arn:aws:iam::123456789012:role/Asker', trust, policies });
      const iam = new IAMClient(clientOptions(account, credentialsFor(account, 'Asker', 's')));
      expect(await statuses(iam)).toEqual(['Active', 'Inactive']);
      await expect(iam.send(new ListAccessKeysCommand({ UserName: 'ann' }))).rejects.toMatchObject({
        name: 'AccessDenied',
      });
      await expect(iam.send(new ListAccessKeysCommand({}))).rejects.toMatchObject({ name: 'ValidationError' });
    }));
});

it('a user is shown with its tags, and in lists without, by path', () =>
  withUsers(async (iam) => {
    const { User } = await iam.send(new GetUserCommand({ UserName: 'builder' }));
    expect(User).toMatchObject({ Path: '/build/', Arn: arn, Tags: [{ Key: 'team', Value: 'shop' }] });
    expect(User?.UserId).toMatch(/^AIDA[0-9A-F]{17}$/);
    const names = async (input: object) =>
      (await iam.send(new ListUsersCommand(input))).Users?.map((one) => one.UserName);
    expect(await names({})).toEqual(['ann', 'builder']);
    expect(await names({ PathPrefix: '/build/' })).toEqual(['builder']);
  }));

describe('users of an account file', () => {
  it('have two keys at most, and long-term ones', () => {
    const keys =
      (...ids: readonly string[]) =>
      () =>
        ofUsers({ name: 'a', accessKeys: ids.map((id) => ({ id })) });
    expect(keys(first, second, 'AKIATHREE00000000000')).toThrow('a user has two access keys at most');
    expect(keys('ASIAIOSFODNN7EXAMPLE')).toThrow('must be AKIA and 16 capital letters or digits');
  });

  it('have their name and their keys once in the file', () => {
    const twice = ofUsers({ name: 'a', accessKeys: [{ id: first }] }, { name: 'a', accessKeys: [{ id: first }] });
    expect(misfitsOf(twice).map(({ path }) => path.join('.'))).toEqual(['users.1.name', 'users.1.accessKeys.0.id']);
  });
});
