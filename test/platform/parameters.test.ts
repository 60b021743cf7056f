import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { storeParameters } from '../../shared/platform/parameters.ts';
import {
  GetParameterCommand,
  GetParametersByPathCommand,
  PutParameterCommand,
  SSMClient,
} from '../../shared/platform/sdk/ssm.ts';
import { awsError, notMocked } from './awsAnswers.ts';

const ssm = mockClient(SSMClient);
const store = storeParameters({ region: 'us-east-1' });
const one = (Name: string, Version = 1) => ({ Name, Value: `value of ${Name}`, Version });

beforeEach(() => {
  ssm.reset();
  ssm.onAnyCommand().rejects(notMocked);
});

describe('the parameters below a path', () => {
  it('are all of them, of every page, an empty one in the middle too, in order of their names', async () => {
    const page = (NextToken?: string) => ({
      Path: '/firebreak/dev',
      Recursive: true,
      MaxResults: 10,
      ...(NextToken === undefined ? {} : { NextToken }),
    });
    ssm
      .on(GetParametersByPathCommand, page(), true)
      .resolves({ Parameters: [one('/c'), one('/a', 7)], NextToken: 't1' })
      .on(GetParametersByPathCommand, page('t1'), true)
      .resolves({ Parameters: [], NextToken: 't2' })
      .on(GetParametersByPathCommand, page('t2'), true)
      .resolves({ Parameters: [one('/b')] });
    expect(await store.below('/firebreak/dev')).toEqual([
      { name: '/a', value: 'value of /a', version: 7 },
      { name: '/b', value: 'value of /b', version: 1 },
      { name: '/c', value: 'value of /c', version: 1 },
    ]);
  });

  it('are none when there is none', async () => {
    ssm.on(GetParametersByPathCommand).resolves({});
    expect(await store.below('/x')).toEqual([]);
  });

  it.each(['Name', 'Value', 'Version'])('are not fewer because one came without its %s', async (member) => {
    ssm.on(GetParametersByPathCommand).resolves({ Parameters: [one('/a'), { ...one('/b'), [member]: undefined }] });
    await expect(store.below('/x')).rejects.toThrow('half a parameter below /x');
  });

  it('cannot be half of them because a later page failed', async () => {
    ssm
      .on(GetParametersByPathCommand)
      .resolvesOnce({ Parameters: [one('/a')], NextToken: 't' })
      .rejects(awsError('ThrottlingException'));
    await expect(store.below('/x')).rejects.toMatchObject({ name: 'Throttled' });
  });
});

describe('writing a parameter', () => {
  it('replaces what was there', async () => {
    ssm.on(PutParameterCommand).resolves({});
    await store.put('/firebreak/dev/status', 'all is well');
    expect(ssm.commandCalls(PutParameterCommand)[0]?.args[0].input).toEqual({
      Name: '/firebreak/dev/status',
      Value: 'all is well',
      Type: 'String',
      Overwrite: true,
    });
  });

  it.each([
    ['TooManyUpdates', 'Throttled'],
    ['AccessDeniedException', 'AccessDeniedException'],
  ])('that AWS answers with %s is not taken for done', async (name, thrown) => {
    ssm.on(PutParameterCommand).rejects(awsError(name));
    await expect(store.put('/a', 'b')).rejects.toMatchObject({ name: thrown });
  });
});

describe('one parameter', () => {
  it('is read with its version, and is undefined where there is none', async () => {
    ssm.on(GetParameterCommand, { Name: '/a' }, true).resolves({ Parameter: one('/a', 7) });
    ssm.on(GetParameterCommand, { Name: '/b' }, true).rejects(awsError('ParameterNotFound'));
    expect(await store.read('/a')).toMatchObject({ name: '/a', value: 'value of /a', version: 7 });
    expect(await store.read('/b')).toBeUndefined();
  });

  it.each([
    ['ThrottlingException', 'Throttled'],
    ['AccessDeniedException', 'AccessDeniedException'],
  ])('whose read AWS answers with %s is not taken for missing', async (name, thrown) => {
    ssm.on(GetParameterCommand).rejects(awsError(name));
    await expect(store.read('/a')).rejects.toMatchObject({ name: thrown });
  });

  it('that comes by half is not taken for another', async () => {
    ssm.on(GetParameterCommand).resolves({ Parameter: { Name: '/a', Version: 1 } });
    await expect(store.read('/a')).rejects.toThrow('half a parameter /a');
  });

  it('is created only where there is none', async () => {
    ssm.on(PutParameterCommand).resolvesOnce({ Version: 1 }).rejects(awsError('ParameterAlreadyExists'));
    expect(await store.create('/a', 'x')).toBe(true);
    expect(await store.create('/a', 'x')).toBe(false);
    expect(ssm.commandCalls(PutParameterCommand)[0]?.args[0].input).toMatchObject({ Overwrite: false });
    ssm.on(PutParameterCommand).rejects(awsError('AccessDeniedException'));
    await expect(store.create('/a', 'x')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('a secret', () => {
  it('is read decrypted, and it is said whether it was sealed', async () => {
    const asked = { Name: '/key', WithDecryption: true };
    ssm.on(GetParameterCommand, asked, true).resolves({ Parameter: { ...one('/key'), Type: 'SecureString' } });
    expect(await store.readSecret('/key')).toEqual({ value: 'value of /key', isSealed: true });
    ssm.on(GetParameterCommand, asked, true).resolves({ Parameter: { ...one('/key'), Type: 'String' } });
    expect(await store.readSecret('/key')).toEqual({ value: 'value of /key', isSealed: false });
  });

  it('that is not there is none, and neither is a version that is not', async () => {
    ssm.on(GetParameterCommand).rejects(awsError('ParameterNotFound', 400));
    expect(await store.readSecret('/key')).toBeUndefined();
    ssm.on(GetParameterCommand).rejects(awsError('ParameterVersionNotFound', 400));
    expect(await store.read('/key:3')).toBeUndefined();
  });

  it('that cannot be read is an error', async () => {
    ssm.on(GetParameterCommand).rejects(awsError('AccessDeniedException', 400));
    await expect(store.readSecret('/key')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
