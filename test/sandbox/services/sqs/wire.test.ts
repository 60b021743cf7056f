import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createQueue, sendToQueue } from '../../../../sandbox/services/sqs/queue.ts';
import { sqsService } from '../../../../sandbox/services/sqs/service.ts';
import { openWire, type Wire } from '../openWire.ts';

const arn = 'arn:aws:sqs:eu-west-1:123456789012:work';
let wire: Wire;
let client: SQSClient;
beforeEach(async () => {
  wire = await openWire(sqsService);
  client = new SQSClient(wire.config);
  createQueue(wire.account, { name: 'work', arn, visibilityTimeoutSeconds: 30, messageRetentionSeconds: 3600 });
});
afterEach(async () => {
  client.destroy();
  await wire.close();
});

test('the SDK sends, receives and deletes; its digests agree with ours', async () => {
  const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: 'work' }));
  expect(QueueUrl).toBe(`${wire.config.endpoint}/123456789012/work`);
  const MessageAttributes = {
    kind: { DataType: 'String', StringValue: 'é' },
    raw: { DataType: 'Binary', BinaryValue: Buffer.from([1, 2, 255]) },
  };
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'é', MessageAttributes }));
  await client.send(new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: 'a', MessageBody: 'b' }] }));
  const { Messages } = await client.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
  );
  expect(Messages?.map((message) => message.Body)).toEqual(['é', 'b']);
  expect(Buffer.from(Messages?.[0]?.MessageAttributes?.['raw']?.BinaryValue ?? [])).toEqual(Buffer.from([1, 2, 255]));
  const [first, second] = Messages ?? [];
  await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
  await client.send(
    new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: second?.ReceiptHandle, VisibilityTimeout: 0 }),
  );
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: '1', QueueArn: arn });
});

test('a long poll over the wire waits in virtual time', async () => {
  const QueueUrl = `${wire.config.endpoint}/123456789012/work`;
  wire.clock.on('test.send', () => {
    sendToQueue(wire.account, arn, 'at last');
  });
  wire.clock.after(15_000, 'test.send');
  const [{ Messages }] = await Promise.all([
    client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 })),
    waitForPoll().then(() => wire.clock.advance(15_000)),
  ]);
  expect(Messages?.[0]?.Body).toBe('at last');
});

/** Until the request has arrived: the queue's own end-of-poll event is there. */
async function waitForPoll(): Promise<void> {
  while (!wire.clock.pending().some((event) => event.kind === 'sqs.pollEnds')) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("an unknown queue is the SDK's own error", async () => {
  await expect(client.send(new GetQueueUrlCommand({ QueueName: 'none' }))).rejects.toBeInstanceOf(QueueDoesNotExist);
});
