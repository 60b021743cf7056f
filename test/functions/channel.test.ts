import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DynamoDBClient } from '../../shared/platform/sdk/dynamodb.ts';
import { SNSClient } from '../../shared/platform/sdk/sns.ts';
import { SendMessageBatchCommand, SQSClient } from '../../shared/platform/sdk/sqs.ts';
import { GetParameterCommand, SSMClient } from '../../shared/platform/sdk/ssm.ts';
import { awsError, notMocked } from '../platform/awsAnswers.ts';
import { load } from './environment.ts';

const ssm = mockClient(SSMClient);
const sqs = mockClient(SQSClient);
const clients = [ssm, sqs, mockClient(SNSClient), mockClient(DynamoDBClient)];

beforeEach(() => {
  for (const client of clients) {
    client.reset();
    (client as typeof ssm).onAnyCommand().rejects(notMocked);
  }
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const batch = (tier: string) => ({
  Records: [
    {
      messageId: 'm1',
      receiptHandle: 'r1',
      attributes: { ApproximateReceiveCount: '1' },
      body: JSON.stringify({
        Type: 'Notification',
        MessageId: 'sns-1',
        TopicArn: `arn:aws:sns:us-east-1:123456789012:firebreak-dev-${tier}`,
        Message: 'a test',
        Timestamp: '2026-11-20T10:00:00.000Z',
      }),
    },
  ],
});

const channels = 'channels: [{ name: a, kind: chat, tiers: [page] }, { name: b, kind: chat, tiers: [notice, digest] }]';

describe('the function of the channels', () => {
  it('without channels is done with a message, having asked for nothing but their parameter', async () => {
    ssm.on(GetParameterCommand, { Name: '/firebreak/dev/channels' }).rejects(awsError('ParameterNotFound', 400));
    expect(await (await load('channel'))(batch('page'))).toEqual({ batchItemFailures: [] });
    expect(clients.reduce((calls, client) => calls + client.calls().length, 0)).toBe(1);
  });

  it.each([
    ['page', ['a']],
    ['notice', ['b']],
    ['digest', ['b']],
  ])('knows by its topic how loud a message is: a %s is for %j', async (tier, names) => {
    ssm.on(GetParameterCommand).resolves({ Parameter: { Value: channels, Version: 1 } });
    sqs.on(SendMessageBatchCommand).resolves({});
    expect(await (await load('channel'))(batch(tier))).toEqual({ batchItemFailures: [] });
    const [call] = sqs.commandCalls(SendMessageBatchCommand);
    expect(call?.args[0].input.QueueUrl).toBe('https://sqs.us-east-1.amazonaws.com/123456789012/channels');
    const sent = (call?.args[0].input.Entries ?? []).map(({ MessageBody = '' }) => JSON.parse(MessageBody));
    expect(sent.map(({ channel, message }) => [channel, message.tier])).toEqual(names.map((name) => [name, tier]));
  });

  it('hands back what failed, and that alone', async () => {
    ssm.on(GetParameterCommand).rejects(awsError('AccessDeniedException', 400));
    expect(await (await load('channel'))(batch('page'))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
  });
});
