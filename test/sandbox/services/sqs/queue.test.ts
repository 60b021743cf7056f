import { describe, expect, test } from 'vitest';
import {
  createQueue,
  depth,
  makeVisible,
  onMessage,
  receive,
  remove,
  sendToQueue,
} from '../../../../sandbox/services/sqs/queue.ts';
import { type FakeAccount, fakeAccount } from '../../fakeAccount.ts';

const arn = (name: string): string => `arn:aws:sqs:eu-west-1:123456789012:${name}`;

function withQueues(): FakeAccount {
  const fake = fakeAccount();
  const settings = { visibilityTimeoutSeconds: 30, messageRetentionSeconds: 3600 };
  createQueue(fake.account, { name: 'dead', arn: arn('dead'), ...settings, messageRetentionSeconds: 7200 });
  const redrive = { deadLetterTargetArn: arn('dead'), maxReceiveCount: 2 };
  createQueue(fake.account, { name: 'work', arn: arn('work'), ...settings, redrive });
  return fake;
}

describe('visibility', () => {
  test('a received message is hidden for the time-out, then there again with a higher count', async () => {
    const { account, clock } = withQueues();
    sendToQueue(account, arn('work'), 'hello');
    expect(receive(account, arn('work'), 10)).toHaveLength(1);
    expect(depth(account, arn('work'))).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
    await clock.advance(29_999);
    expect(receive(account, arn('work'), 10)).toEqual([]);
    await clock.advance(1);
    const [again] = receive(account, arn('work'), 10);
    expect(again).toMatchObject({ body: 'hello', attributes: { ApproximateReceiveCount: '2' } });
  });

  test('a deleted message leaves no event behind for the clock to wait for', () => {
    const { account, clock } = withQueues();
    sendToQueue(account, arn('work'), 'hello');
    const [message] = receive(account, arn('work'), 1);
    remove(account, arn('work'), message?.receiptHandle ?? '');
    expect(clock.queued()).toEqual([]);
    expect(depth(account, arn('work'))).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  test('a handle from before the latest receive no longer deletes; text that never was one is refused', async () => {
    const { account, clock } = withQueues();
    sendToQueue(account, arn('work'), 'hello');
    const [first] = receive(account, arn('work'), 1);
    await clock.advance(30_000);
    receive(account, arn('work'), 1);
    remove(account, arn('work'), first?.receiptHandle ?? '');
    expect(depth(account, arn('work')).inFlight).toBe(1);
    expect(() => remove(account, arn('work'), 'no handle')).toThrow(
      expect.objectContaining({ code: 'ReceiptHandleIsInvalid' }),
    );
  });

  test('a delayed message is not there before its time', async () => {
    const { account, clock } = withQueues();
    sendToQueue(account, arn('work'), 'later', {}, { delaySeconds: 5 });
    expect(depth(account, arn('work'))).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
    await clock.advance(5000);
    expect(receive(account, arn('work'), 1)).toHaveLength(1);
  });

  test('makeVisible shortens the wait, and refuses a message that is not in flight', async () => {
    const { account, clock } = withQueues();
    sendToQueue(account, arn('work'), 'hello');
    const handle = receive(account, arn('work'), 1)[0]?.receiptHandle ?? '';
    makeVisible(account, arn('work'), handle, 2);
    await clock.advance(2000);
    expect(depth(account, arn('work')).visible).toBe(1);
    expect(() => makeVisible(account, arn('work'), handle, 2)).toThrow(
      expect.objectContaining({ code: 'MessageNotInflight' }),
    );
  });
});

describe('redrive and retention', () => {
  test('after the allowed receives a message goes to the dead-letter queue, not out again', async () => {
    const { account, clock } = withQueues();
    const messageId = sendToQueue(account, arn('work'), 'poison');
    for (let round = 0; round < 2; round += 1) {
      expect(receive(account, arn('work'), 1)).toHaveLength(1);
      await clock.advance(30_000);
    }
    expect(receive(account, arn('work'), 1)).toEqual([]);
    expect(depth(account, arn('work'))).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
    expect(receive(account, arn('dead'), 1)).toMatchObject([
      { messageId, attributes: { DeadLetterQueueSourceArn: arn('work') } },
    ]);
  });

  test('a message is gone when its retention is over, counted from the first sending', async () => {
    const { account, clock } = withQueues();
    sendToQueue(account, arn('work'), 'old');
    await clock.advance(3_599_999);
    expect(depth(account, arn('work')).visible).toBe(1);
    await clock.advance(1);
    expect(depth(account, arn('work')).visible).toBe(0);
  });
});

describe('onMessage', () => {
  test('tells at sending and again when visibility ends, but not after a delete', async () => {
    const { account, clock } = withQueues();
    let told = 0;
    clock.on('test.arrived', (args) => {
      expect(args).toEqual({ queueArn: arn('work') });
      told += 1;
    });
    onMessage(account, arn('work'), 'test.arrived');
    sendToQueue(account, arn('work'), 'hello');
    await clock.advance(0);
    expect(told).toBe(1);
    receive(account, arn('work'), 1);
    await clock.advance(30_000);
    expect(told).toBe(2);
    const [message] = receive(account, arn('work'), 1);
    remove(account, arn('work'), message?.receiptHandle ?? '');
    await clock.advance(60_000);
    expect(told).toBe(2);
  });

  test('tells at once of what lies there already', async () => {
    const { account, clock } = withQueues();
    let told = 0;
    clock.on('test.arrived', () => {
      told += 1;
    });
    sendToQueue(account, arn('work'), 'hello');
    onMessage(account, arn('work'), 'test.arrived');
    await clock.advance(0);
    expect(told).toBe(1);
  });
});

describe('limits', () => {
  test('1 MiB with attributes is the most a message may weigh', () => {
    const { account } = withQueues();
    const attributes = { ab: { DataType: 'String', StringValue: 'cd' } };
    const most = 1_048_576 - 'abStringcd'.length;
    expect(sendToQueue(account, arn('work'), 'x'.repeat(most), attributes)).toMatch(/^[0-9a-f-]{36}$/);
    expect(() => sendToQueue(account, arn('work'), 'x'.repeat(most + 1), attributes)).toThrow(/shorter than/);
  });

  test('control characters are refused', () => {
    const { account } = withQueues();
    expect(() => sendToQueue(account, arn('work'), 'a\u0000b')).toThrow(
      expect.objectContaining({ code: 'InvalidMessageContents' }),
    );
  });

  test('an unknown queue is named as such', () => {
    const { account } = withQueues();
    expect(() => sendToQueue(account, arn('none'), 'x')).toThrow(
      expect.objectContaining({ code: 'QueueDoesNotExist' }),
    );
  });
});
