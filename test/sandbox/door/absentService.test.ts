import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, expect, it } from 'vitest';
import { rootCredentials } from '../../../sandbox/iam/credentials.ts';
import { closeAccounts, smallAccount } from '../lambda/accountWithFunction.ts';
import { type ClientOptions, posted } from './asked.ts';

afterEach(closeAccounts);

it.each([
  ['JSON', 'sqs', 'ListQueues', (o: ClientOptions) => new SQSClient(o).send(new ListQueuesCommand({}))],
  ['query', 'sns', 'ListTopics', (o: ClientOptions) => new SNSClient(o).send(new ListTopicsCommand({}))],
  [
    'REST-JSON',
    'lambda',
    'GET /2015-03-31/functions/f',
    (o: ClientOptions) => new LambdaClient(o).send(new GetFunctionCommand({ FunctionName: 'f' })),
  ],
  [
    'REST-XML',
    's3',
    'GET /b/k',
    (o: ClientOptions) =>
      new S3Client({ ...o, forcePathStyle: true }).send(new GetObjectCommand({ Bucket: 'b', Key: 'k' })),
  ],
])('a client that speaks %s reads which operation is not there', async (_format, service, operation, ask) => {
  const { account } = await smallAccount();
  const options = {
    endpoint: account.endpoint,
    region: account.region,
    maxAttempts: 1,
    credentials: rootCredentials(account),
  };
  await expect(ask(options)).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: `The sandbox has no operation ${service} ${operation} (it has nothing of the service ${service})`,
    $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  });
  expect(account.trail).toEqual([
    expect.objectContaining({
      principal: 'arn:aws:iam::123456789012:root',
      action: `${service}:${operation}`,
      result: 'UnknownOperationException',
    }),
  ]);
});

async function send(headers: Readonly<Record<string, string>>, path = '/') {
  const { account } = await smallAccount();
  const key = rootCredentials(account).accessKeyId;
  const authorization = `AWS4-HMAC-SHA256 Credential=${key}/20300101/eu-west-1/monitoring/aws4_request, x`;
  return { ...(await posted(`${account.endpoint}${path}`, { authorization, ...headers })), account };
}

it('a target with dots in its first part is read to the last of them', async () => {
  const { account } = await send({
    'x-amz-target': 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents',
  });
  expect(account.trail[0]?.action).toBe('monitoring:LookupEvents');
});

it('a client that speaks CBOR is answered in CBOR', async () => {
  const path = '/service/GraniteServiceVersion20100801/operation/DescribeAlarms';
  const { status, type, body, account } = await send({ 'smithy-protocol': 'rpc-v2-cbor' }, path);
  const message = 'The sandbox has no operation monitoring DescribeAlarms (it has nothing of the service monitoring)';
  expect({ status, type }).toEqual({ status: 400, type: 'application/cbor' });
  // A map of two pairs of texts; the longer ones have their length in a byte of its own.
  expect(body.toString('latin1')).toBe(
    `\xa2\x66__type\x78\x19UnknownOperationException\x67message\x78${String.fromCharCode(message.length)}${message}`,
  );
  expect(account.trail[0]?.action).toBe('monitoring:DescribeAlarms');
});
