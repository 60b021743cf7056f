import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { queueOrders } from '../../shared/platform/ordersQueue.ts';
import { ChangeMessageVisibilityCommand, SendMessageBatchCommand, SQSClient } from '../../shared/platform/sdk/sqs.ts';
import { awsError, notMocked } from './awsAnswers.ts';

const sqs = mockClient(SQSClient);
const orders = queueOrders({ region: 'us-east-1', queueUrl: 'https://sqs/orders' });

beforeEach(() => {
  sqs.reset();
  sqs.onAnyCommand().rejects(notMocked);
});

describe('orders', () => {
  it('are sent in one call', async () => {
    sqs.on(SendMessageBatchCommand).resolves({ Successful: [] });
    await orders.send(['a', 'b']);
    expect(sqs.commandCalls(SendMessageBatchCommand).map(({ args }) => args[0].input)).toEqual([
      {
        QueueUrl: 'https://sqs/orders',
        Entries: [
          { Id: '0', MessageBody: 'a' },
          { Id: '1', MessageBody: 'b' },
        ],
      },
    ]);
  });

  it('of which SQS did not take one are not sent', async () => {
    const Failed = [{ Id: '1', Code: 'InternalError', SenderFault: false }];
    sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed });
    await expect(orders.send(['a', 'b'])).rejects.toThrow('SQS did not take 1 of 2: InternalError');
    sqs.on(SendMessageBatchCommand).rejects(awsError('ThrottlingException', 400));
    await expect(orders.send(['a'])).rejects.toMatchObject({ name: 'Throttled' });
  });

  it('are hidden for as long as it is said', async () => {
    sqs.on(ChangeMessageVisibilityCommand).resolves({});
    await orders.hide('handle', 45.4);
    expect(sqs.commandCalls(ChangeMessageVisibilityCommand)[0]?.args[0].input).toEqual({
      QueueUrl: 'https://sqs/orders',
      ReceiptHandle: 'handle',
      VisibilityTimeout: 45,
    });
  });
});
