import type {
  DescribeSecretResponse,
  ListSecretVersionIdsResponse,
  RotateSecretResponse,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { openAccount } from '../../../sandbox/sandbox.ts';
import { describeSecret } from '../../../sandbox/services/secretsManager/describeSecret.ts';
import { listSecretVersionIds } from '../../../sandbox/services/secretsManager/listSecretVersionIds.ts';
import { rotateSecret } from '../../../sandbox/services/secretsManager/rotateSecret.ts';
import { secretArn, secrets } from '../../../sandbox/services/secretsManager/state.ts';
import { worldSchema } from '../../../sandbox/world/schema.ts';
import { runOn } from './runOn.ts';

const rotation = { function: 'rotate', takesSeconds: 30 };
const token = 'a'.repeat(32);

async function opened(secret: object = { rotation }) {
  const world = worldSchema.parse({ secrets: [{ name: 'shop/db', tags: { team: 'shop' }, ...secret }] });
  const { account, clock, close } = await openAccount({ world });
  const call = () => ({
    account,
    principal: { kind: 'root', arn: `arn:aws:iam::${account.id}:root` } as const,
    requestId: 'request',
    park: <T>(promise: Promise<T>) => promise,
  });
  const run = runOn({ call });
  return {
    account,
    arn: secretArn(account, 'shop/db'),
    described: (SecretId = 'shop/db') => run<DescribeSecretResponse>(describeSecret, { SecretId }),
    listed: (input: object = {}) =>
      run<ListSecretVersionIdsResponse>(listSecretVersionIds, { SecretId: 'shop/db', ...input }),
    rotate: (input: object = {}) => run<RotateSecretResponse>(rotateSecret, { SecretId: 'shop/db', ...input }),
    pass: (seconds: number) => clock.advance(seconds * 1000),
    [Symbol.asyncDispose]: close,
  };
}
const labels = ({ VersionIdsToStages = {} }: DescribeSecretResponse) => Object.values(VersionIdsToStages);

describe('a secret', () => {
  it('is described by name and by ARN, with its tags, and without a value', async () => {
    await using stage = await opened({ rotation, lastRotatedAt: '2026-01-05T02:00:00Z' });
    const { arn, described } = stage;
    expect(arn).toMatch(/^arn:aws:secretsmanager:us-east-1:123456789012:secret:shop\/db-[A-Za-z0-9]{6}$/);
    expect(await described(arn)).toEqual(await described());
    expect(await described()).toMatchObject({
      ARN: arn,
      Name: 'shop/db',
      RotationEnabled: true,
      LastRotatedDate: new Date('2026-01-05T02:00:00Z'),
      Tags: [{ Key: 'team', Value: 'shop' }],
    });
    await expect(described('shop/d')).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });

  it('has versions with labels and with when each was made, and the key that it is encrypted with', async () => {
    const at = '2026-01-05T02:00:00Z';
    await using stage = await opened({ rotation, changedAt: at, kmsKeyId: 'a1b2' });
    const { listed, described, rotate, pass } = stage;
    expect(await described()).toMatchObject({ KmsKeyId: 'a1b2', LastChangedDate: new Date(at) });
    expect((await listed()).Versions).toMatchObject([
      { VersionStages: ['AWSCURRENT'], CreatedDate: new Date(at), KmsKeyIds: ['a1b2'] },
    ]);
    await rotate({ ClientRequestToken: token });
    await pass(31);
    const [first, second] = (await listed()).Versions ?? [];
    expect(first).toMatchObject({ VersionId: token, VersionStages: ['AWSCURRENT', 'AWSPENDING'] });
    expect(second).toMatchObject({ VersionStages: ['AWSPREVIOUS'], CreatedDate: new Date(at) });
    const page = await listed({ MaxResults: 1 });
    expect(page.Versions).toEqual([first]);
    expect((await listed({ MaxResults: 1, NextToken: page.NextToken })).Versions).toEqual([second]);
    await expect(listed({ SecretId: 'shop/d' })).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
    await expect(listed({ MaxResults: 101 })).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });

  it('is rotated by its function, in its time: the label moves to the new version, and the one before is kept', async () => {
    await using stage = await opened();
    const { described, rotate, pass } = stage;
    const [first] = Object.keys((await described()).VersionIdsToStages ?? {});
    expect(await rotate({ ClientRequestToken: token })).toMatchObject({ VersionId: token });
    expect((await described()).VersionIdsToStages).toEqual({ [first ?? '']: ['AWSCURRENT'], [token]: ['AWSPENDING'] });
    await pass(31);
    const after = await described();
    expect(after.VersionIdsToStages).toEqual({
      [first ?? '']: ['AWSPREVIOUS'],
      [token]: ['AWSCURRENT', 'AWSPENDING'],
    });
    expect(after.LastRotatedDate).toBeInstanceOf(Date);
  });

  it('is rotated once for a token, however often it is asked', async () => {
    await using stage = await opened();
    const { described, rotate, pass } = stage;
    await rotate({ ClientRequestToken: token });
    await rotate({ ClientRequestToken: token });
    await pass(31);
    await rotate({ ClientRequestToken: token });
    await pass(31);
    expect(labels(await described())).toEqual([['AWSPREVIOUS'], ['AWSCURRENT', 'AWSPENDING']]);
    await rotate({ ClientRequestToken: 'b'.repeat(32) });
    await pass(31);
    expect((await described()).VersionIdsToStages).toMatchObject({ [token]: ['AWSPREVIOUS'] });
  });

  it('is not rotated again while a rotation is under way, nor where one has failed', async () => {
    await using stage = await opened({ rotation: { ...rotation, fails: true } });
    const { described, rotate, pass } = stage;
    await rotate();
    await pass(1000);
    expect(labels(await described())).toEqual([['AWSCURRENT'], ['AWSPENDING']]);
    await expect(rotate()).rejects.toMatchObject({ code: 'InvalidRequestException' });
  });

  it.each([
    ['has no function', {}],
    ['is to be deleted', { rotation, deletedAt: '2026-11-01T00:00:00Z' }],
  ])('that %s is not rotated', async (_what, secret) => {
    await using stage = await opened(secret);
    await expect(stage.rotate()).rejects.toMatchObject({ code: 'InvalidRequestException' });
    expect([...secrets(stage.account).values()].map(({ stages }) => Object.keys(stages).length)).toEqual([1]);
  });

  it('takes no token that is too short', async () => {
    await using stage = await opened();
    await expect(stage.rotate({ ClientRequestToken: 'short' })).rejects.toMatchObject({
      code: 'InvalidParameterException',
    });
  });
});
