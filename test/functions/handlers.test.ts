import { gunzipSync } from 'node:zlib';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pack } from '../../functions/guard/pack.generated.ts';
import { sha256Hex } from '../../shared/platform/hash.ts';
import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '../../shared/platform/sdk/dynamodb.ts';
import { PutObjectCommand, S3Client } from '../../shared/platform/sdk/s3.ts';
import { SFNClient } from '../../shared/platform/sdk/sfn.ts';
import { PublishCommand, SNSClient } from '../../shared/platform/sdk/sns.ts';
import { SendMessageCommand, SQSClient } from '../../shared/platform/sdk/sqs.ts';
import { GetParametersByPathCommand, PutParameterCommand, SSMClient } from '../../shared/platform/sdk/ssm.ts';
import { STSClient } from '../../shared/platform/sdk/sts.ts';
import { awsError, notMocked } from '../platform/awsAnswers.ts';
import { scanEvent } from '../respond/model/events.ts';
import { type FunctionName, load } from './environment.ts';

const dynamo = mockClient(DynamoDBClient);
const [s3, sfn, sns, sqs, ssm, sts] = [
  mockClient(S3Client),
  mockClient(SFNClient),
  mockClient(SNSClient),
  mockClient(SQSClient),
  mockClient(SSMClient),
  mockClient(STSClient),
];

beforeEach(() => {
  for (const client of [dynamo, s3, sfn, sns, sqs, ssm, sts]) {
    client.reset();
    (client as typeof dynamo).onAnyCommand().rejects(notMocked);
  }
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const run = { incident: 'image/123456789012/us-east-1/a/b', run: 'r1' };
const address = { ...run, round: 1, step: 0 };

describe('a state of a run that has lost its incident', () => {
  const inputs: readonly (readonly [FunctionName, object])[] = [
    ['decide', run],
    ['act', { ...address, token: 't' }],
    ['verify', address],
    ['report', { ...run, round: 1 }],
  ];

  it.each(inputs)(
    '%s ends as StaleRun, by that name, having read the head and touched nothing',
    async (name, input) => {
      dynamo.on(GetItemCommand).resolves({});
      await expect((await load(name))(input)).rejects.toMatchObject({ name: 'StaleRun' });
      expect(dynamo.commandCalls(GetItemCommand)[0]?.args[0].input).toMatchObject({
        TableName: 'incidents',
        Key: { pk: { S: `incident#${run.incident}` }, sk: { S: 'head' } },
      });
      expect(dynamo.calls()).toHaveLength(dynamo.commandCalls(GetItemCommand).length);
    },
  );

  it('says why in its log, once', async () => {
    dynamo.on(GetItemCommand).resolves({});
    await expect((await load('decide'))(run)).rejects.toThrow();
    const lines = vi.mocked(process.stderr.write).mock.calls.concat(vi.mocked(process.stdout.write).mock.calls);
    const failures = lines.map(([text]) => JSON.parse(String(text))).filter(({ level }) => level === 'ERROR');
    expect(failures).toMatchObject([
      { message: 'call failed', service: 'decide', error: 'StaleRun', request: 'request-1' },
    ]);
  });
});

describe('intake', () => {
  const records = (...bodies: readonly string[]) => ({
    Records: bodies.map((body, n) => ({ messageId: `m${n}`, body })),
  });

  it('answers with the messages that are to be delivered again, and takes in the rest of the batch', async () => {
    sqs.on(SendMessageCommand).resolvesOnce({ MessageId: '1' }).rejectsOnce(awsError('Down', 500)).resolves({});
    dynamo.on(PutItemCommand).resolves({});
    const handler = await load('intake');
    expect(await handler(records('not JSON', 'nor this', '{}'))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm1' }],
    });
    expect(sqs.commandCalls(SendMessageCommand).map(({ args }) => args[0].input)).toMatchObject([
      { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/dead', MessageBody: 'not JSON' },
      { MessageBody: 'nor this' },
      { MessageBody: '{}' },
    ]);
    expect(dynamo.commandCalls(PutItemCommand).map(({ args }) => args[0].input.Item?.['result'])).toEqual([
      { S: 'invalid' },
      { S: 'invalid' },
    ]);
  });

  it('keeps what it is done with in the archive, after all that it writes, and not what is delivered again', async () => {
    const order: string[] = [];
    dynamo.on(GetItemCommand).resolves({});
    dynamo.on(PutItemCommand).callsFake(({ Item }) => {
      if (Item.id.S === 'again') throw awsError('Down', 500);
      order.push('table');
      return {};
    });
    s3.on(PutObjectCommand).callsFake(() => {
      order.push('archive');
      return {};
    });
    const event = (id: string): string =>
      JSON.stringify({ ...JSON.parse(scanEvent({ id })), 'detail-type': 'ECR Replication Action' });
    const { Records } = records(event('kept'), event('again'));
    const attributes = { SentTimestamp: '1795165200000' };
    const handler = await load('intake', {}, 50_000);
    const answer = await handler({ Records: Records.map((record) => ({ ...record, attributes })) });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect(order).toEqual(['table', 'archive']);
    const [put] = s3.commandCalls(PutObjectCommand).map(({ args }) => args[0].input);
    expect(put).toMatchObject({ Bucket: 'evidence-bucket', Key: expect.stringMatching(/^events\/2026\/11\/20\/09\//) });
    expect(gunzipSync(put?.Body as Uint8Array).toString()).toBe(`${event('kept')}\n`);
  });

  it('answers the same when S3 refuses, and asks it once', async () => {
    dynamo.on(GetItemCommand).resolves({}).on(PutItemCommand).resolves({}).on(UpdateItemCommand).resolves({});
    s3.on(PutObjectCommand).rejects(awsError('SlowDown', 503));
    const body = JSON.stringify({ ...JSON.parse(scanEvent()), 'detail-type': 'ECR Replication Action' });
    const [record] = records(body).Records;
    const handler = await load('intake', {}, 50_000);
    const attributes = { SentTimestamp: '1795165200000' };
    expect(await handler({ Records: [{ ...record, attributes }] })).toEqual({ batchItemFailures: [] });
    expect(s3.commandCalls(PutObjectCommand)).toHaveLength(1);
    expect(dynamo.commandCalls(UpdateItemCommand).map(({ args }) => args[0].input.Key)).toMatchObject([
      { pk: { S: 'archive#missed' } },
    ]);
  });

  it('answers with none when all went well: Lambda takes an empty list for done', async () => {
    sqs.on(SendMessageCommand).resolves({ MessageId: '1' });
    dynamo.on(PutItemCommand).resolves({});
    expect(await (await load('intake'))(records('not JSON'))).toEqual({ batchItemFailures: [] });
    expect(await (await load('intake'))(records())).toEqual({ batchItemFailures: [] });
  });
});

describe('sweep', () => {
  it('asks for what is running and what rests, and closes nothing without rules', async () => {
    dynamo.on(GetItemCommand).resolves({}).on(QueryCommand).resolves({ Items: [] });
    expect(await (await load('sweep'))({})).toEqual({ until: null });
    const states = dynamo.commandCalls(QueryCommand).map(({ args }) => args[0].input.ExpressionAttributeValues);
    expect(states).toEqual([{ ':state': { S: 'running' } }, { ':state': { S: 'resting' } }]);
  });
});

describe('runEnded', () => {
  it('looks after the incident of the execution', async () => {
    dynamo.on(GetItemCommand).resolves({});
    const detail = { status: 'FAILED', input: JSON.stringify(run) };
    expect(await (await load('runEnded'))({ detail })).toBeUndefined();
    for (const { args } of dynamo.commandCalls(GetItemCommand)) {
      expect(args[0].input.Key?.['pk']).toEqual({ S: `incident#${run.incident}` });
    }
  });
});

describe('wake', () => {
  it('looks for whom the event wakes, and for nobody else', async () => {
    dynamo.on(GetItemCommand).resolves({});
    expect(await (await load('wake'))({ detail: { 'command-id': 'c-1' } })).toBeUndefined();
    expect(dynamo.calls().map(({ args }) => args[0].input)).toMatchObject([
      { TableName: 'incidents', Key: { pk: { S: 'token#c-1' }, sk: { S: 'token' } } },
    ]);
  });
});

describe('guard', () => {
  beforeEach(() => {
    dynamo.on(GetItemCommand).resolves({}).on(PutItemCommand).resolves({});
    dynamo.on(UpdateItemCommand).rejects(awsError('ConditionalCheckFailedException'));
    s3.on(PutObjectCommand).resolves({});
    ssm.on(PutParameterCommand).resolves({});
  });

  it('publishes the shipped pack: its text by its hash first, then the pointer, then the status', async () => {
    ssm.on(GetParametersByPathCommand, { Path: '/firebreak/dev' }).resolves({ Parameters: [] });
    expect(await (await load('guard'))({})).toEqual({ result: 'published', number: 1 });
    const { Key, Body, Bucket } = s3.commandCalls(PutObjectCommand)[0]?.args[0].input ?? {};
    const hash = sha256Hex(String(Body));
    expect({ Key, Bucket }).toEqual({ Key: `bodies/${hash}`, Bucket: 'evidence-bucket' });
    const rules = (JSON.parse(String(Body)) as { readonly rules: readonly { readonly mode: string }[] }).rules;
    expect(rules).toHaveLength(pack.filter(({ path }) => path.startsWith('rules/')).length);
    expect(dynamo.commandCalls(PutItemCommand)[0]?.args[0].input.Item).toMatchObject({
      pk: { S: 'ruleset' },
      hash: { S: hash },
    });
    expect(ssm.commandCalls(PutParameterCommand)[0]?.args[0].input.Name).toBe('/firebreak/dev/status');
  });

  it('tells of a refused edit on the notice topic, and publishes nothing', async () => {
    const Parameters = [{ Name: '/firebreak/dev/rules/x', Value: 'nonsense: 1', Version: 1 }];
    ssm.on(GetParametersByPathCommand).resolves({ Parameters });
    sns.on(PublishCommand).resolves({ MessageId: 'm' });
    expect(await (await load('guard'))({})).toMatchObject({ result: 'refused' });
    expect(sns.commandCalls(PublishCommand)[0]?.args[0].input).toMatchObject({
      TopicArn: 'arn:aws:sns:us-east-1:123456789012:firebreak-dev-notice',
      Subject: 'NO ACTION: rule edit refused, Firebreak dev',
    });
    expect(s3.calls()).toEqual([]);
    // That it tells so, and that rules were there before the pack, is all that is noted.
    const put = dynamo.commandCalls(PutItemCommand).map(({ args }) => args[0].input.Item?.['sk']);
    expect(put).toEqual([{ S: 'telling' }, { S: 'pack' }]);
  });

  it('throws when Parameter Store cannot be read, which alarms', async () => {
    ssm.on(GetParametersByPathCommand).rejects(awsError('AccessDeniedException'));
    await expect((await load('guard'))({})).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect([...s3.calls(), ...dynamo.commandCalls(PutItemCommand)]).toEqual([]);
  });
});
