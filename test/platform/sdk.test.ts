import { afterEach, describe, expect, it, vi } from 'vitest';
import { awsFor } from '../../shared/platform/sdk/aws.ts';
import { clientConfig } from '../../shared/platform/sdk/config.ts';
import { defaultProvider } from '../../shared/platform/sdk/lambdaCredentials.ts';

const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
afterEach(() => vi.unstubAllEnvs());

describe('the settings of a client', () => {
  it('are three attempts of fifteen seconds, and no more than was given', () => {
    const requestHandler = { connectionTimeout: 5000, requestTimeout: 15_000, throwOnRequestTimeout: true };
    expect(clientConfig({ region: 'r' })).toEqual({ region: 'r', maxAttempts: 3, requestHandler });
    expect(clientConfig({ region: 'r', credentials, endpoint: 'http://x' })).toEqual({
      region: 'r',
      maxAttempts: 3,
      requestHandler,
      credentials,
      endpoint: 'http://x',
    });
  });
});

describe('the clients of one set of credentials', () => {
  it('are made once each, when they are asked for', async () => {
    const aws = awsFor({ region: 'eu-west-1', credentials });
    expect((await aws.ecr()).client).toBe((await aws.ecr()).client);
    expect(await (await aws.ecs()).client.config.maxAttempts()).toBe(3);
  });

  it.each(['applicationAutoScaling', 'autoScaling', 'ec2', 'logs'] as const)(
    'are of the Region that was given: %s',
    async (service) => {
      const { client } = await awsFor({ region: 'eu-west-1', credentials })[service]();
      expect(await client.config.region()).toBe('eu-west-1');
    },
  );

  it('are not those of other credentials', async () => {
    const [one, other] = [awsFor({ region: 'r', credentials }), awsFor({ region: 'r', credentials })];
    expect((await one.ecr()).client).not.toBe((await other.ecr()).client);
  });
});

describe('the credentials of a function', () => {
  const stub = (key?: string, secret?: string, token?: string): void => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', key);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', secret);
    vi.stubEnv('AWS_SESSION_TOKEN', token);
  };

  it('are those that Lambda put into its environment', async () => {
    stub('a', 'b', 'c');
    expect(await defaultProvider()()).toEqual({ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' });
    stub('a', 'b');
    expect(await defaultProvider()()).toEqual({ accessKeyId: 'a', secretAccessKey: 'b' });
  });

  it.each([
    [undefined, 'b'],
    ['a', undefined],
  ])('are none at all when one is missing (%s, %s)', async (key, secret) => {
    stub(key, secret);
    await expect(defaultProvider()()).rejects.toThrow('No AWS credentials in the environment of this function');
  });
});
