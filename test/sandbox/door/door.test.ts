import { gzipSync } from 'node:zlib';
import { DescribeTableCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, expect, test } from 'vitest';
import type { Account } from '../../../sandbox/account.ts';
import { faults } from '../../../sandbox/faults/faults.ts';
import { credentialsFor, rootCredentials } from '../../../sandbox/iam/credentials.ts';
import { invokeFunction } from '../../../sandbox/services/lambda/invoke.ts';
import { createQueue } from '../../../sandbox/services/sqs/queue.ts';
import { sqsService } from '../../../sandbox/services/sqs/service.ts';
import { bundledHandler, removeBundledHandlers } from '../bundledHandler.ts';
import { addFunction, closeAccounts, START, smallAccount } from '../lambda/accountWithFunction.ts';
import { posted } from './asked.ts';
import { tallyService } from './tallyService.ts';

afterEach(closeAccounts);
afterAll(removeBundledHandlers);

const get = new GetItemCommand({ TableName: 't', Key: { pk: { S: 'a' } } });
const client = (account: Account, credentials = rootCredentials(account)) => ({
  endpoint: account.endpoint,
  region: account.region,
  credentials,
  maxAttempts: 1,
});

test('every call is entered in the trail: who, what, to what, and what came of it', async () => {
  const { account } = await smallAccount({ services: [tallyService()], allow: ['dynamodb:PutItem'] });
  await new DynamoDBClient(client(account)).send(get);
  const { expiration: _expiration, ...role } = credentialsFor(account, 'worker', 'me');
  const denied = new DynamoDBClient(client(account, role)).send(get);
  await expect(denied).rejects.toMatchObject({ name: 'AccessDeniedException' });
  const call = { at: START, action: 'dynamodb:GetItem', resource: 'arn:aws:dynamodb:eu-west-1:123456789012:table/t' };
  expect(account.trail).toEqual([
    { ...call, principal: 'arn:aws:iam::123456789012:root', result: 'ok' },
    { ...call, principal: 'arn:aws:sts::123456789012:assumed-role/worker/me', result: 'AccessDeniedException' },
  ]);
});

test('an operation or service that the sandbox does not have is named', async () => {
  const { account } = await smallAccount({ services: [tallyService()] });
  const describe = new DynamoDBClient(client(account)).send(new DescribeTableCommand({ TableName: 't' }));
  await expect(describe).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: 'The sandbox has no operation dynamodb DescribeTable',
  });
  const other = new SQSClient(client(account)).send(
    new SendMessageCommand({ QueueUrl: account.endpoint, MessageBody: 'x' }),
  );
  await expect(other).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: 'The sandbox has no operation sqs SendMessage (it has nothing of the service sqs)',
  });
  expect(account.trail.map(({ action, result }) => `${action} ${result}`)).toEqual([
    'dynamodb:DescribeTable UnknownOperationException',
    'sqs:SendMessage UnknownOperationException',
  ]);
});

test('a defect of the sandbox is a sentence to whoever asked, from outside and from a function, and the account goes on', async () => {
  const running = await smallAccount({ services: [sqsService] });
  const { account } = running;
  const list = faults(account);
  list.push(({ service }) => {
    if (service === 'lambda') return undefined;
    throw new Error('nobody thought of this');
  });
  const broken = await fetch(`${account.endpoint}/x`, { method: 'POST' });
  expect([broken.status, await broken.json()]).toEqual([
    500,
    { message: expect.stringMatching(/^The sandbox failed at .*door\.test\.ts:\d+: Error: nobody thought of this$/) },
  ]);
  addFunction(
    running,
    await bundledHandler(`exports.handler = async () =>
    (await fetch('${account.endpoint}/x', { method: 'POST' })).status;`),
  );
  expect(await invokeFunction(account, 'fn', {})).toMatchObject({ ok: true, payload: 500 });
  list.length = 0;
  expect((await fetch(`${account.endpoint}/x`, { method: 'POST' })).status).not.toBe(500);
});

test('a request without a signature goes by its Host, and is refused for want of a key', async () => {
  const { account } = await smallAccount({ services: [tallyService()] });
  const ask = async (host: string): Promise<unknown> => {
    const headers = { host, 'x-amz-target': 'DynamoDB_20120810.GetItem' };
    return JSON.parse((await posted(account.endpoint, headers, '{}')).body.toString());
  };
  expect(await ask('dynamodb.eu-west-1.amazonaws.com')).toMatchObject({
    __type: expect.stringContaining('MissingAuthenticationToken'),
  });
  expect(await ask('127.0.0.1')).toEqual({
    __type: 'UnknownOperationException',
    message: 'The sandbox has no operation unknown GetItem (neither signature nor Host names its service)',
  });
  expect(account.trail.map(({ principal, result }) => `${principal} ${result}`)).toEqual([
    'anonymous MissingAuthenticationTokenException',
    'anonymous UnknownOperationException',
  ]);
});

test('answers carry the virtual date and a request id; a compressed request is read', async () => {
  const { account } = await smallAccount({ services: [tallyService()] });
  const headers = {
    authorization: `AWS4-HMAC-SHA256 Credential=${rootCredentials(account).accessKeyId}/20300101/eu-west-1/dynamodb/aws4_request, x`,
    'x-amz-target': 'DynamoDB_20120810.GetItem',
    'content-encoding': 'gzip',
  };
  const post = (body: Buffer<ArrayBuffer>) => fetch(account.endpoint, { method: 'POST', headers, body });
  const response = await post(gzipSync('{"Key":{"pk":{"S":"a"}}}'));
  expect(response.status).toBe(200);
  expect(response.headers.get('date')).toBe('Tue, 01 Jan 2030 00:00:00 GMT');
  expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  expect(await (await post(Buffer.from('not gzip'))).json()).toMatchObject({
    __type: expect.stringContaining('SerializationException'),
  });
});

test('a long poll from outside makes time pass until it is answered; another call does not', async () => {
  const { account } = await smallAccount({ services: [sqsService] });
  const arn = 'arn:aws:sqs:eu-west-1:123456789012:orders';
  createQueue(account, { name: 'orders', arn, visibilityTimeoutSeconds: 30, messageRetentionSeconds: 3600 });
  const sqs = new SQSClient(client(account));
  const QueueUrl = `${account.endpoint}/123456789012/orders`;
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', DelaySeconds: 7 }));
  expect(account.clock.now()).toBe(START);
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
  expect(Messages).toHaveLength(1);
  expect(account.clock.now()).toBe(START + 7000);
});

test('a function reaches the account by its endpoint, by AWS’s own host names, and by fetch', async () => {
  const running = await smallAccount({ services: [tallyService()] });
  const source = `
    import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
    export const handler = async () => {
      const command = () => new GetItemCommand({ TableName: 't', Key: { pk: { S: 'a' } } });
      const own = await new DynamoDBClient({}).send(command());
      const endpoint = 'https://dynamodb.eu-west-1.amazonaws.com';
      const named = await new DynamoDBClient({ endpoint }).send(command());
      const fetched = await fetch(process.env.AWS_ENDPOINT_URL, { method: 'POST', body: 'x'.repeat(100000) });
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return [own.$metadata.httpStatusCode, named.$metadata.httpStatusCode, fetched.status, (await fetched.text()).length > 0];
    };`;
  addFunction(running, await bundledHandler(source));
  expect(await invokeFunction(running.account, 'fn', {})).toMatchObject({ ok: true, payload: [200, 200, 400, true] });
  const role = 'arn:aws:sts::123456789012:assumed-role/worker/fn';
  expect(running.account.trail.map(({ principal }) => principal)).toEqual([role, role, 'anonymous']);
});

test('a response that nobody reads does not hold the clock', async () => {
  const running = await smallAccount({ services: [] });
  const source = `
    const http = require('node:http');
    exports.handler = async () => {
      for (let n = 0; n < 3; n += 1) {
        await new Promise((resolve) => http.get(process.env.AWS_ENDPOINT_URL, resolve));
        fetch(process.env.AWS_ENDPOINT_URL);
      }
      await new Promise((resolve) => setTimeout(resolve, 60000));
      return 'done';
    };`;
  addFunction(running, await bundledHandler(source), { timeoutSeconds: 100 });
  expect(await invokeFunction(running.account, 'fn', {})).toMatchObject({ payload: 'done' });
});
