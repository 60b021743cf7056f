import { Readable } from 'node:stream';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetFunctionCommand, InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  ListTopicsCommand,
  PublishCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, describe, expect, it, test } from 'vitest';
import { type Account, AwsError, operation, type Service } from '../../../sandbox/account.ts';
import { rootCredentials } from '../../../sandbox/iam/credentials.ts';
import { ecsService } from '../../../sandbox/services/ecs/service.ts';
import { accountFunctions } from '../../../sandbox/services/lambda/operations/accountFunctions.ts';
import { lambdaService } from '../../../sandbox/services/lambda/service.ts';
import { s3Service } from '../../../sandbox/services/s3/service.ts';
import { sqsService } from '../../../sandbox/services/sqs/service.ts';
import { bundledHandler, removeBundledHandlers } from '../bundledHandler.ts';
import { addFunction, closeAccounts, smallAccount } from '../lambda/accountWithFunction.ts';
import { tallyService } from './tallyService.ts';

afterEach(closeAccounts);
afterAll(removeBundledHandlers);

const client = (account: Account) => ({
  endpoint: account.endpoint,
  region: account.region,
  credentials: rootCredentials(account),
  maxAttempts: 1,
});

const none = (): readonly [] => [];

/** Answers with what it was given, so that a test sees what the wire made of it. */
function topics(seen: unknown[]): Service {
  return {
    name: 'sns',
    protocol: 'query',
    target: 'http://sns.amazonaws.com/doc/2010-03-31/',
    operations: {
      CreateTopic: operation<object, object>(none, (input) => {
        seen.push(input);
        return { TopicArn: 'arn:aws:sns:eu-west-1:123456789012:a' };
      }),
      Publish: operation<object, object>(none, (input) => {
        seen.push(input);
        return { MessageId: 'm-1' };
      }),
      ListTopics: operation<object, object>(none, () => ({ Topics: [{ TopicArn: 'a&b<c>' }, { TopicArn: 'd' }] })),
      GetTopicAttributes: operation<object, object>(none, (input) => {
        if ((input as { TopicArn: string }).TopicArn === 'absent') {
          throw new AwsError('NotFound', 'Topic does not exist', 404);
        }
        return { Attributes: new Map([['DisplayName', 'On "call"']]) };
      }),
    },
  };
}

test('query: lists, maps and structures go in and come out as the SDK means them', async () => {
  const seen: unknown[] = [];
  const { account } = await smallAccount({ services: [topics(seen)] });
  const sns = new SNSClient(client(account));
  const Attributes = { DisplayName: 'x y', Policy: '{"a":"b&c"}' };
  await sns.send(new CreateTopicCommand({ Name: 't', Attributes, Tags: [{ Key: 'k', Value: 'v' }] }));
  const MessageAttributes = { level: { DataType: 'String', StringValue: 'high' } };
  const { MessageId } = await sns.send(new PublishCommand({ TopicArn: 'a', Message: 'm', MessageAttributes }));
  expect(seen).toEqual([
    { Name: 't', Attributes, Tags: [{ Key: 'k', Value: 'v' }] },
    { TopicArn: 'a', Message: 'm', MessageAttributes },
  ]);
  expect(MessageId).toBe('m-1');
  expect((await sns.send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn: 'a&b<c>' }, { TopicArn: 'd' }]);
  const { Attributes: read } = await sns.send(new GetTopicAttributesCommand({ TopicArn: 'a' }));
  expect(read).toEqual({ DisplayName: 'On "call"' });
});

test('query: an error has the name, message and status that AWS would give', async () => {
  const { account } = await smallAccount({ services: [topics([])] });
  const refused = new SNSClient(client(account)).send(new GetTopicAttributesCommand({ TopicArn: 'absent' }));
  await expect(refused).rejects.toMatchObject({
    name: 'NotFoundException',
    message: 'Topic does not exist',
    $metadata: { httpStatusCode: 404, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  });
});

test('json: both ways, with the error’s type', async () => {
  const refusing = tallyService((count) => (count > 2 ? new AwsError('ResourceNotFoundException', 'no t') : undefined));
  const { account } = await smallAccount({ services: [refusing] });
  const table = new DynamoDBClient(client(account));
  await table.send(new PutItemCommand({ TableName: 't', Item: { pk: { S: 'é' }, n: { N: '3' } } }));
  const get = new GetItemCommand({ TableName: 't', Key: { pk: { S: 'é' } } });
  expect((await table.send(get)).Item).toEqual({ pk: { S: 'é' }, n: { N: '3' } });
  await expect(table.send(get)).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: 'no t' });
});

/** Objects by path. */
function objects(): Service {
  const held = new Map<string, Buffer>();
  interface Named {
    readonly path: string;
    readonly body: Buffer;
  }
  return {
    name: 's3',
    protocol: 'rest-xml',
    route: ({ method, path, body }) => ({ operation: `${method}Object`, input: { path, body } }),
    operations: {
      PUTObject: operation<Named, object>(none, ({ path, body }) => {
        held.set(path, body);
        return { headers: { etag: '"e"' } };
      }),
      GETObject: operation<Named, object>(none, ({ path }) => {
        const body = held.get(path);
        if (!body) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
        return { headers: { 'content-type': 'text/plain' }, body };
      }),
      HEADObject: operation<Named, object>(none, ({ path }) => {
        const body = held.get(path);
        if (!body) throw new AwsError('NotFound', 'Not Found', 404);
        return { headers: { 'content-length': String(body.length) } };
      }),
    },
  };
}

test('rest-xml: an object sent in chunks with a checksum trailer arrives as it was', async () => {
  const { account } = await smallAccount({ services: [objects()] });
  const s3 = new S3Client(client(account));
  const key = { Bucket: 'evidence', Key: 'a/b c.txt' };
  const text = 'é'.repeat(150_000);
  const body = Readable.from([Buffer.from(text)]);
  const ContentLength = Buffer.byteLength(text);
  await s3.send(new PutObjectCommand({ ...key, Body: body, ContentLength, ChecksumAlgorithm: 'CRC32' }));
  const read = await s3.send(new GetObjectCommand(key));
  expect(await read.Body?.transformToString()).toBe(text);
  expect((await s3.send(new HeadObjectCommand(key))).ContentLength).toBe(ContentLength);
  await expect(s3.send(new GetObjectCommand({ ...key, Key: 'absent' }))).rejects.toMatchObject({ name: 'NoSuchKey' });
  await expect(s3.send(new HeadObjectCommand({ ...key, Key: 'absent' }))).rejects.toMatchObject({ name: 'NotFound' });
});

test('rest-json: Invoke answers with the payload, or says that the function failed', async () => {
  const running = await smallAccount({ services: [lambdaService] });
  const source =
    'exports.handler = async (e) => { if (e.n > 1) throw new Error("too many"); return { twice: e.n * 2 }; }';
  addFunction(running, await bundledHandler(source));
  const lambda = new LambdaClient(client(running.account));
  const invoke = (FunctionName: string, n: number) =>
    lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify({ n }) }));
  const good = await invoke('fn', 1);
  expect(good.FunctionError).toBeUndefined();
  expect(good.Payload?.transformToString()).toBe('{"twice":2}');
  const bad = await invoke('arn:aws:lambda:eu-west-1:123456789012:function:fn', 2);
  expect(bad).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
  expect(JSON.parse(bad.Payload?.transformToString() ?? '')).toMatchObject({ errorMessage: 'too many' });
  await expect(invoke('absent', 1)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  const later = await lambda.send(new InvokeCommand({ FunctionName: 'fn', InvocationType: 'Event' }));
  expect(later.StatusCode).toBe(202);
});

test('rest-json: reads take their input from path and query', async () => {
  const { account } = await smallAccount({ services: [lambdaService] });
  for (const name of ['a', 'b', 'c']) {
    const arn = `arn:aws:lambda:eu-west-1:123456789012:function:${name}`;
    accountFunctions(account).set(name, { name, arn, imageUri: undefined, resolvedImageUri: undefined });
  }
  const lambda = new LambdaClient(client(account));
  const first = await lambda.send(new ListFunctionsCommand({ MaxItems: 2 }));
  const rest = await lambda.send(new ListFunctionsCommand({ MaxItems: 2, Marker: first.NextMarker }));
  const listed = [...(first.Functions ?? []), ...(rest.Functions ?? [])];
  expect(listed.map(({ FunctionName }) => FunctionName)).toEqual(['a', 'b', 'c']);
  const FunctionName = 'arn:aws:lambda:eu-west-1:123456789012:function:b';
  const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName }));
  expect(Configuration?.FunctionName).toBe('b');
  const absent = lambda.send(new GetFunctionCommand({ FunctionName: 'z' }));
  await expect(absent).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('json that was query: an error has its old code too, which SDKs tell', async () => {
  const { account } = await smallAccount({ services: [sqsService] });
  const absent = new GetQueueUrlCommand({ QueueName: 'absent' });
  await expect(new SQSClient(client(account)).send(absent)).rejects.toMatchObject({
    name: 'QueueDoesNotExist',
    Code: 'AWS.SimpleQueueService.NonExistentQueue',
    Type: 'Sender',
  });
});

describe('json: a body that no client sends', () => {
  async function sent(bodies: readonly string[]) {
    const { account } = await smallAccount({ services: [ecsService] });
    const headers = {
      authorization: `AWS4-HMAC-SHA256 Credential=${rootCredentials(account).accessKeyId}/20300101/eu-west-1/ecs/aws4_request, x`,
      'x-amz-target': 'AmazonEC2ContainerServiceV20141113.DescribeServices',
    };
    const codes: string[] = [];
    for (const body of bodies) {
      const response = await fetch(account.endpoint, { method: 'POST', headers, body });
      codes.push(`${response.status} ${response.headers.get('x-amzn-errortype')}`);
    }
    return codes;
  }

  it('is refused when it is no object', async () => {
    expect(await sent(['null', '[]', '5', '"x"', '{'])).toEqual(Array(5).fill('400 SerializationException'));
  });

  it('is refused when its members are of other types, and the account goes on', async () => {
    const odd = ['{"services":5}', '{"services":[null]}', '{"services":[{"a":1}],"cluster":{}}', '{"cluster":"none"}'];
    expect(await sent(odd)).toEqual([...Array(3).fill('400 SerializationException'), '400 InvalidParameterException']);
  });
});

test('rest: a path that cannot be decoded is refused', async () => {
  const { account } = await smallAccount({ services: [s3Service, lambdaService] });
  const ask = async (service: string, path: string) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=${rootCredentials(account).accessKeyId}/20300101/eu-west-1/${service}/aws4_request, x`;
    return (await fetch(`${account.endpoint}${path}`, { headers: { authorization } })).status;
  };
  expect(await ask('s3', '/b/%E0%A4%A')).toBe(400);
  expect(await ask('lambda', '/2015-03-31/functions/%E0%A4%A')).toBe(400);
});
