import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, it } from 'vitest';
import { credentialsFor } from '../../../sandbox/iam/credentials.ts';
import { services } from '../../../sandbox/services.ts';
import { closeAccounts, smallAccount } from '../lambda/accountWithFunction.ts';
import { type ClientOptions, posted } from './asked.ts';

afterEach(closeAccounts);

/** One call of a service of each wire format, and how that service says that a key is unknown and that a session is over. */
const CALLS = {
  json: {
    ask: (options: ClientOptions) => new ECSClient(options).send(new ListClustersCommand({})),
    unknown: ['UnrecognizedClientException', 400],
    expired: ['ExpiredTokenException', 400],
  },
  'json that was query': {
    ask: (options: ClientOptions) => new SQSClient(options).send(new ListQueuesCommand({})),
    unknown: ['InvalidClientTokenId', 403],
    expired: ['ExpiredToken', 403],
  },
  query: {
    ask: (options: ClientOptions) => new STSClient(options).send(new GetCallerIdentityCommand({})),
    unknown: ['InvalidClientTokenId', 403],
    expired: ['ExpiredToken', 403],
  },
  'query, another service': {
    ask: (options: ClientOptions) => new SNSClient(options).send(new ListTopicsCommand({})),
    unknown: ['InvalidClientTokenId', 403],
    expired: ['ExpiredToken', 403],
  },
  ec2: {
    ask: (options: ClientOptions) => new EC2Client(options).send(new DescribeInstancesCommand({})),
    unknown: ['AuthFailure', 401],
    expired: ['RequestExpired', 400],
  },
  'rest-json': {
    ask: (options: ClientOptions) => new LambdaClient(options).send(new ListFunctionsCommand({})),
    unknown: ['UnrecognizedClientException', 403],
    expired: ['ExpiredTokenException', 403],
  },
  'rest-xml': {
    ask: (options: ClientOptions) => new S3Client(options).send(new GetObjectCommand({ Bucket: 'b', Key: 'k' })),
    unknown: ['InvalidAccessKeyId', 403],
    expired: ['ExpiredToken', 400],
  },
} as const;

const refusal = ([name, httpStatusCode]: readonly [string, number]) => ({ name, $metadata: { httpStatusCode } });

describe.each(Object.entries(CALLS))('whom nobody knows, in %s', (_format, { ask, unknown, expired }) => {
  it('is told as the service tells it that the key is unknown, the token another’s, or the session over', async () => {
    const { account, clock } = await smallAccount({ services });
    const { expiration: _expiration, ...session } = credentialsFor(account, 'worker', 'me', [], 900);
    const as = (credentials: ClientOptions['credentials']) =>
      ask({ endpoint: account.endpoint, region: account.region, maxAttempts: 1, credentials });
    const strange = { accessKeyId: 'AKIASTRANGER', secretAccessKey: 'x' };
    await expect(as(strange)).rejects.toMatchObject(refusal(unknown));
    await expect(as({ ...session, sessionToken: 'another' } as typeof strange)).rejects.toMatchObject(refusal(unknown));
    await clock.advance(900_000);
    await expect(as(session)).rejects.toMatchObject(refusal(expired));
    expect(account.trail.map(({ principal, result }) => [principal, result])).toEqual([
      ['AKIASTRANGER', unknown[0]],
      [session.accessKeyId, unknown[0]],
      [session.accessKeyId, expired[0]],
    ]);
  });
});

describe('a request whose signature', () => {
  async function ask(service: string, authorization?: string) {
    const { account } = await smallAccount({ services });
    const target = service === 'ecs' ? { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.ListClusters' } : {};
    const headers = {
      host: `${service}.eu-west-1.amazonaws.com`,
      ...target,
      ...(authorization === undefined ? {} : { authorization }),
    };
    const body = service === 'ecs' ? '{}' : 'Action=ListTopics&Version=2010-03-31';
    const answer = await posted(account.endpoint, headers, body);
    return { status: answer.status, body: answer.body.toString() };
  }

  it('is not there is refused for want of it', async () => {
    expect(await ask('ecs')).toEqual({
      status: 400,
      body: expect.stringMatching(/MissingAuthenticationTokenException"/),
    });
    expect(await ask('sns')).toEqual({
      status: 403,
      body: expect.stringMatching(/<Code>MissingAuthenticationToken<\/Code>/),
    });
  });

  it.each(['nonsense', 'AWS4-HMAC-SHA256 Signature=0', 'Bearer x'])('is %j is no signature', async (authorization) => {
    expect(await ask('ecs', authorization)).toEqual({
      status: 400,
      body: expect.stringMatching(/IncompleteSignatureException"/),
    });
    expect(await ask('sns', authorization)).toEqual({
      status: 403,
      body: expect.stringMatching(/<Code>IncompleteSignature<\/Code>/),
    });
  });
});
