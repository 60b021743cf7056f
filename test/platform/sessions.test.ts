import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { AssumeRoleCommand, STSClient } from '../../shared/platform/sdk/sts.ts';
import { scopedSessions } from '../../shared/platform/sessions.ts';
import { awsError, notMocked } from './awsAnswers.ts';

const sts = mockClient(STSClient);
const credentials = {
  AccessKeyId: 'ASIA1',
  SecretAccessKey: 'secret',
  SessionToken: 'session',
  Expiration: new Date('2026-11-20T10:15:00Z'),
};
const responderRole = 'arn:aws:iam::{account}:role/firebreak-dev-us-east-1-responder';
const request = {
  account: '210987654321',
  region: 'eu-west-1',
  policy: '{"Version":"2012-10-17"}',
  name: 'firebreak-dev-act',
};
const sessions = (role = responderRole) => scopedSessions({ region: 'us-east-1', responderRole: role });

beforeEach(() => {
  sts.reset();
  sts.onAnyCommand().rejects(notMocked);
  sts.on(AssumeRoleCommand).resolves({ Credentials: credentials });
});

const asked = () => sts.commandCalls(AssumeRoleCommand).map(({ args }) => args[0].input);

describe('a session', () => {
  it('is of the responder role in the account of the target, cut down to one policy, for a quarter of an hour', async () => {
    await sessions().open(request);
    expect(asked()).toEqual([
      {
        RoleArn: 'arn:aws:iam::210987654321:role/firebreak-dev-us-east-1-responder',
        RoleSessionName: 'firebreak-dev-act',
        Policy: '{"Version":"2012-10-17"}',
        DurationSeconds: 900,
      },
    ]);
  });

  it('is of the partition that the stack is in', async () => {
    await sessions('arn:aws-us-gov:iam::{account}:role/responder').open(request);
    expect(asked()[0]?.RoleArn).toBe('arn:aws-us-gov:iam::210987654321:role/responder');
  });

  it('is opened anew each time: one step never has what another was given', async () => {
    const open = sessions();
    await open.open(request);
    await open.open({ ...request, policy: '{"other":1}' });
    expect(asked().map(({ Policy }) => Policy)).toEqual(['{"Version":"2012-10-17"}', '{"other":1}']);
  });

  it('says how long the policy was that STS packs into more than it takes', async () => {
    sts.on(AssumeRoleCommand).rejects(awsError('PackedPolicyTooLargeException'));
    await expect(sessions().open(request)).rejects.toMatchObject({
      name: 'ActionFailed',
      message:
        'STS packs the session policy of 24 characters into more than it takes (PackedPolicyTooLargeException): the step must be split',
      cause: { name: 'PackedPolicyTooLargeException' },
    });
  });

  it('gives every client its credentials and the Region of the target', async () => {
    const aws = await sessions().open(request);
    for (const { client } of [await aws.ecr(), await aws.ecs(), await aws.lambda()]) {
      expect(await client.config.region()).toBe('eu-west-1');
      expect(await client.config.credentials()).toMatchObject({
        accessKeyId: 'ASIA1',
        secretAccessKey: 'secret',
        sessionToken: 'session',
      });
    }
  });

  it('that STS throttles is Throttled', async () => {
    sts.on(AssumeRoleCommand).rejects(awsError('Throttling'));
    await expect(sessions().open(request)).rejects.toMatchObject({ name: 'Throttled' });
  });

  it('that STS refuses is refused by the name that STS gave', async () => {
    sts.on(AssumeRoleCommand).rejects(awsError('AccessDenied', 403));
    await expect(sessions().open(request)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it.each([
    ['none', undefined],
    ['no key', { ...credentials, AccessKeyId: undefined }],
    ['no secret', { ...credentials, SecretAccessKey: undefined }],
    ['no session token', { ...credentials, SessionToken: undefined }],
  ])('without usable credentials (%s) fails, and says whose', async (_what, Credentials) => {
    sts.on(AssumeRoleCommand).resolves({ Credentials: Credentials as never });
    await expect(sessions().open(request)).rejects.toMatchObject({
      name: 'ActionFailed',
      message: 'STS answered without credentials for the responder role of account 210987654321',
    });
  });
});
