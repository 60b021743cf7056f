import { describe, expect, it } from 'vitest';
import { credentialsFor, principalOf, rootCredentials, secretOf } from '../../../sandbox/iam/credentials.ts';
import { createRole } from '../../../sandbox/iam/roles.ts';
import { serviceCredentials } from '../../../sandbox/iam/trust.ts';
import { fakeAccount } from '../fakeAccount.ts';

const FUNCTION = 'arn:aws:lambda:eu-west-1:123456789012:function:act';

function withRole(condition: object = {}) {
  const fake = fakeAccount();
  const Principal = { Service: 'lambda.amazonaws.com' };
  createRole(fake.account, {
    name: 'Act',
    arn: 'arn:aws:iam::123456789012:role/Act',
    trust: JSON.parse(
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...condition }],
      }),
    ),
    policies: [],
  });
  return fake;
}

describe('a key', () => {
  it('of the administrator is known', () => {
    const { account } = fakeAccount();
    const { accessKeyId, secretAccessKey } = rootCredentials(account);
    expect(principalOf(account, accessKeyId)).toMatchObject({ kind: 'root' });
    expect(secretOf(account, accessKeyId)).toBe(secretAccessKey);
  });

  it('of a session names role and session', () => {
    const { account } = withRole();
    const { accessKeyId, sessionToken, secretAccessKey } = credentialsFor(account, 'Act', 'run-1');
    expect(principalOf(account, accessKeyId, sessionToken)).toEqual({
      kind: 'role',
      roleName: 'Act',
      arn: 'arn:aws:sts::123456789012:assumed-role/Act/run-1',
      sessionPolicies: [],
      issuedAt: account.clock.now(),
    });
    expect(secretOf(account, accessKeyId)).toBe(secretAccessKey);
  });

  it('is nobody when unknown, or with another token', () => {
    const { account } = withRole();
    const { accessKeyId } = credentialsFor(account, 'Act', 'run-1');
    expect(principalOf(account, 'ASIANOBODY')).toBe('unknown');
    expect(principalOf(account, accessKeyId)).toBe('unknown');
    expect(principalOf(account, accessKeyId, 'other')).toBe('unknown');
  });

  it('expires on virtual time', async () => {
    const { account, clock } = withRole();
    const { accessKeyId, sessionToken } = credentialsFor(account, 'Act', 'run-1', [], 900);
    await clock.advance(899_999);
    expect(principalOf(account, accessKeyId, sessionToken)).toMatchObject({ kind: 'role' });
    await clock.advance(1);
    expect(principalOf(account, accessKeyId, sessionToken)).toBe('expired');
  });

  it('is not issued for a role that is not there, or under a broken session policy', () => {
    const { account } = withRole();
    expect(() => credentialsFor(account, 'Other', 's')).toThrow(expect.objectContaining({ code: 'NoSuchEntity' }));
    expect(() => credentialsFor(account, 'Act', 's', ['{}'])).toThrow(
      expect.objectContaining({ code: 'MalformedPolicyDocument' }),
    );
  });

  it('is issued to a service that the role trusts, and to no other', () => {
    const session = { roleName: 'Act', sourceArn: FUNCTION, sessionName: 'act' };
    const { account } = withRole();
    expect(serviceCredentials(account, { ...session, service: 'lambda.amazonaws.com' })).toHaveProperty('sessionToken');
    expect(() => serviceCredentials(account, { ...session, service: 'states.amazonaws.com' })).toThrow(
      /states.amazonaws.com is not authorized to perform: sts:AssumeRole .* no role trust policy/,
    );
  });

  it('is issued only under the conditions of the trust', () => {
    const only = (arn: string) => withRole({ Condition: { ArnLike: { 'aws:SourceArn': arn } } }).account;
    const session = { roleName: 'Act', service: 'lambda.amazonaws.com', sourceArn: FUNCTION, sessionName: 'act' };
    expect(() => serviceCredentials(only('arn:aws:lambda:*:*:function:act'), session)).not.toThrow();
    expect(() => serviceCredentials(only('arn:aws:lambda:*:*:function:other'), session)).toThrow(
      /no role trust policy/,
    );
  });
});

describe('a role', () => {
  it('exists once', () => {
    const { account } = withRole();
    const again = () => createRole(account, { name: 'Act', arn: 'a', trust: {}, policies: [] });
    expect(again).toThrow(expect.objectContaining({ code: 'EntityAlreadyExists' }));
  });
});
