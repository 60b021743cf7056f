import type { AssumeRoleRequest, AssumeRoleResponse } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import type { Call, Principal } from '../../../../sandbox/account.ts';
import { principalOf } from '../../../../sandbox/iam/credentials.ts';
import { createRole } from '../../../../sandbox/iam/roles.ts';
import { stsService } from '../../../../sandbox/services/sts/service.ts';
import { fakeAccount } from '../../fakeAccount.ts';
import { invoke } from '../../invoke.ts';
import { policyOf } from '../throughDoor.ts';

const RESPONDER = 'arn:aws:iam::123456789012:role/Responder';
const ACT = 'arn:aws:iam::123456789012:role/Act';
const SESSION = 'arn:aws:sts::123456789012:assumed-role/Act/act';
const caller: Principal = { kind: 'role', roleName: 'Act', arn: SESSION, sessionPolicies: [] };
const readOnly = JSON.stringify(policyOf({ Effect: 'Allow', Action: 'ecr:Describe*', Resource: '*' }));

/** As at the door: what is wrong with the call itself is said before IAM is asked. */
async function asked(request: Partial<AssumeRoleRequest>, call: Call): Promise<AssumeRoleResponse> {
  stsService.operations['AssumeRole']?.needs(request as never, call.account);
  return invoke<AssumeRoleResponse>(stsService, 'AssumeRole', request, call);
}

function responder(trusted: object, more: object = {}, maxSessionSeconds = 3600) {
  const fake = fakeAccount();
  const allow = { Effect: 'Allow', Action: 'sts:AssumeRole' };
  createRole(fake.account, {
    name: 'Responder',
    arn: RESPONDER,
    trust: policyOf({ ...allow, Principal: trusted, ...more }),
    policies: [],
    maxSessionSeconds,
  });
  const own = { name: 'Act', arn: ACT, trust: policyOf({ ...allow, Principal: { Service: 'lambda.amazonaws.com' } }) };
  createRole(fake.account, { ...own, policies: [] });
  const assume = (input: Partial<AssumeRoleRequest> = {}, by: Principal = caller) => {
    const request = { RoleArn: RESPONDER, RoleSessionName: 'run-1', ...input };
    return asked(request, fake.call(by));
  };
  return { ...fake, assume };
}

describe('AssumeRole', () => {
  it('asks IAM for the role', () => {
    const needs = stsService.operations['AssumeRole']?.needs;
    expect(needs?.({ RoleArn: RESPONDER, RoleSessionName: 'run-1' } as never, fakeAccount().account)).toEqual([
      { action: 'sts:AssumeRole', resource: RESPONDER },
    ]);
  });

  it.each([{ AWS: ACT }, { AWS: SESSION }, { AWS: '123456789012' }, { AWS: 'arn:aws:iam::123456789012:root' }])(
    'lets in whom the trust policy names: %j',
    async (trusted) => {
      const { account, assume } = responder(trusted);
      const { Credentials, AssumedRoleUser } = await assume({ Policy: readOnly });
      const session = 'arn:aws:sts::123456789012:assumed-role/Responder/run-1';
      expect(AssumedRoleUser?.Arn).toBe(session);
      expect(AssumedRoleUser?.AssumedRoleId).toMatch(/^AROA[0-9A-F]{17}:run-1$/);
      expect(Credentials?.Expiration).toEqual(new Date(account.clock.now() + 3_600_000));
      expect(principalOf(account, Credentials?.AccessKeyId ?? '', Credentials?.SessionToken)).toEqual({
        kind: 'role',
        roleName: 'Responder',
        arn: session,
        sessionPolicies: [readOnly],
        issuedAt: account.clock.now(),
      });
    },
  );

  it.each([{ AWS: `${ACT}Other` }, { Service: 'lambda.amazonaws.com' }, { AWS: '999999999999' }])(
    'keeps out whom it does not: %j',
    async (trusted) => {
      await expect(responder(trusted).assume()).rejects.toMatchObject({
        code: 'AccessDenied',
        status: 403,
        message: `User: ${SESSION} is not authorized to perform: sts:AssumeRole on resource: ${RESPONDER} because no role trust policy allows the sts:AssumeRole action`,
      });
    },
  );

  it('keeps out whom it denies, and does not tell whether a role exists', async () => {
    await expect(responder({ AWS: ACT }, { Effect: 'Deny' }).assume()).rejects.toThrow(
      /with an explicit deny in the role trust policy$/,
    );
    const unknown = responder({ AWS: ACT }).assume({ RoleArn: `${RESPONDER}2` });
    await expect(unknown).rejects.toMatchObject({ code: 'AccessDenied' });
  });

  it('holds the caller to an external id and a session name, where the trust asks for them', async () => {
    const when = (key: string) => responder({ AWS: ACT }, { Condition: { StringEquals: { [key]: 'right' } } });
    await expect(when('sts:ExternalId').assume({ ExternalId: 'right' })).resolves.toBeDefined();
    await expect(when('sts:ExternalId').assume({ ExternalId: 'wrong' })).rejects.toThrow(/trust/);
    await expect(when('sts:ExternalId').assume()).rejects.toThrow(/trust/);
    await expect(when('sts:RoleSessionName').assume({ RoleSessionName: 'right' })).resolves.toBeDefined();
    await expect(when('sts:RoleSessionName').assume()).rejects.toThrow(/trust/);
  });
});

describe('limits of AssumeRole', () => {
  const { assume, call } = responder({ AWS: '123456789012' }, {}, 7200);
  const padded = (length: number) => readOnly + ' '.repeat(length - readOnly.length);

  it('take a session policy of 2,048 characters and no more', async () => {
    expect((await assume({ Policy: padded(2048) })).PackedPolicySize).toBe(100);
    await expect(assume({ Policy: padded(2049) })).rejects.toMatchObject({
      code: 'ValidationError',
      message: expect.stringContaining('less than or equal to 2048'),
    });
  });
  it('refuse a session policy that is no policy', async () => {
    await expect(assume({ Policy: '{}' })).rejects.toMatchObject({ code: 'MalformedPolicyDocument' });
  });
  it.each(['a', 'with space', 'a/b', 'x'.repeat(65), ''])('refuse the session name %j', async (RoleSessionName) => {
    await expect(assume({ RoleSessionName })).rejects.toMatchObject({ code: 'ValidationError' });
  });
  it('take the longest session name and all its signs', async () => {
    await expect(assume({ RoleSessionName: `${'x'.repeat(57)}+=,.@-_` })).resolves.toBeDefined();
  });
  it('end a chained session after an hour at most, whatever the role allows', async () => {
    await expect(assume({ DurationSeconds: 3601 })).rejects.toThrow(
      /1 hour session limit for roles assumed by role chaining/,
    );
    await expect(assume({ DurationSeconds: 3601 }, call().principal)).resolves.toBeDefined();
    await expect(assume({ DurationSeconds: 7201 }, call().principal)).rejects.toThrow(/MaxSessionDuration/);
  });
  it.each([
    [899, /Value '899' at 'durationSeconds' .* greater than or equal to 900$/],
    [43_201, /Value '43201' at 'durationSeconds' .* less than or equal to 43200$/],
  ])('refuse %i seconds, whoever asks', async (DurationSeconds, message) => {
    await expect(assume({ DurationSeconds }, call().principal)).rejects.toThrow(message);
  });
  it('take a session of a quarter of an hour', async () => {
    await expect(assume({ DurationSeconds: 900 })).resolves.toBeDefined();
  });
  it.each([
    ['arn:aws:iam::1:r', /'arn:aws:iam::1:r' at 'roleArn' .* greater than or equal to 20$/],
    ['arn:aws:iam::123456789012:user/ann', /^arn:aws:iam::123456789012:user\/ann is invalid$/],
    ['firebreak-dev-us-east-1-responder', /^firebreak-dev-us-east-1-responder is invalid$/],
  ])('refuse what is no role: %s', async (RoleArn, message) => {
    await expect(assume({ RoleArn })).rejects.toMatchObject({
      code: 'ValidationError',
      message: expect.stringMatching(message),
    });
  });
  it('are told all at once', async () => {
    await expect(asked({ RoleSessionName: 'a/b c', DurationSeconds: 1 }, call())).rejects.toThrow(
      "3 validation errors detected: Value null at 'roleArn' failed to satisfy constraint: Member must not be null; " +
        "Value 'a/b c' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*; " +
        "Value '1' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
    );
  });
  it.each<Partial<AssumeRoleRequest>>([
    { PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }] },
    { Tags: [{ Key: 'team', Value: 'shop' }] },
    { SourceIdentity: 'ann' },
    { SerialNumber: 'arn:aws:iam::123456789012:mfa/ann' },
  ])('refuse what this account would pass over: %j', async (more) => {
    await expect(assume(more)).rejects.toThrow(/^This account does not take /);
  });
});
