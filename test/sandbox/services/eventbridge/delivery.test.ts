import { describe, expect, it } from 'vitest';
import { attachResourcePolicy } from '../../../../sandbox/iam/resourcePolicies.ts';
import { misdeliver, putRawEvent, putServiceEvent } from '../../../../sandbox/services/eventbridge/bus.ts';
import { eventsState } from '../../../../sandbox/services/eventbridge/state.ts';
import { createTopic, messagesOf } from '../../../../sandbox/services/sns/topics.ts';
import { depth } from '../../../../sandbox/services/sqs/queue.ts';
import { letIn } from '../throughDoor.ts';
import { busWithQueue, queueArn, RULE } from './busWithQueue.ts';

const scan = {
  source: 'aws.ecr',
  detailType: 'ECR Image Scan',
  detail: { 'scan-status': 'COMPLETE' },
  resources: ['arn:r'],
};

describe('an event', () => {
  it('reaches the targets of a rule that matches, a little later', async () => {
    const { account, clock, events } = busWithQueue();
    const id = putServiceEvent(account, scan);
    expect(events('scans')).toEqual([]);
    await clock.advance(1000);
    expect(events('scans')).toEqual([
      {
        version: '0',
        id,
        'detail-type': 'ECR Image Scan',
        source: 'aws.ecr',
        account: '123456789012',
        time: '2026-11-24T08:00:00Z',
        region: 'eu-west-1',
        resources: ['arn:r'],
        detail: { 'scan-status': 'COMPLETE' },
      },
    ]);
  });

  it('reaches nobody when no rule matches, or the rule is disabled', async () => {
    const other = busWithQueue();
    putServiceEvent(other.account, { ...scan, source: 'aws.ecs' });
    const disabled = busWithQueue({ rule: { state: 'DISABLED' } });
    putServiceEvent(disabled.account, scan);
    for (const { clock, events } of [other, disabled]) {
      await clock.advance(1000);
      expect(events('scans')).toEqual([]);
    }
  });

  it('of another account or time arrives as it was put', async () => {
    const { account, clock, events } = busWithQueue();
    const envelope = { id: 'x', source: 'aws.ecr', account: '999999999999', debug: true, detail: {} };
    putRawEvent(account, envelope);
    putServiceEvent(account, { ...scan, account: '888888888888', region: 'us-east-1', time: 0 });
    await clock.advance(1000);
    const seen = events('scans');
    expect(seen).toContainEqual(envelope);
    expect(seen).toContainEqual(
      expect.objectContaining({ account: '888888888888', region: 'us-east-1', time: '1970-01-01T00:00:00Z' }),
    );
  });

  it('reaches a topic whose policy lets the rule in, and not one whose policy does not', async () => {
    const topic = 'arn:aws:sns:eu-west-1:123456789012:page';
    for (const allowed of [true, false]) {
      const { account, clock } = busWithQueue({ target: { arn: topic } });
      createTopic(account, { name: 'page', arn: topic });
      if (allowed) attachResourcePolicy(account, topic, letIn('events.amazonaws.com', 'sns:Publish', topic, RULE));
      putServiceEvent(account, scan);
      await clock.advance(1000);
      expect(messagesOf(account)).toHaveLength(allowed ? 1 : 0);
    }
  });
});

describe('an event that cannot be delivered', () => {
  const reason = { RULE_ARN: { StringValue: RULE }, TARGET_ARN: { StringValue: queueArn('scans') } };

  it('goes to the dead-letter queue at once, with the reason, when the target keeps EventBridge out', async () => {
    const { account, clock, messages } = busWithQueue({ open: ['lost'], target: { deadLetterArn: queueArn('lost') } });
    const id = putServiceEvent(account, scan);
    await clock.advance(1000);
    const [letter] = messages('lost');
    expect(JSON.parse(letter?.body ?? '')).toMatchObject({ id });
    expect(letter?.messageAttributes).toMatchObject({
      ...reason,
      ERROR_CODE: { StringValue: 'NO_PERMISSIONS' },
      RETRY_ATTEMPTS: { StringValue: '0' },
    });
    expect(eventsState(account).dropped).toEqual([]);
  });

  it('is dropped and counted without a dead-letter queue, or when that keeps EventBridge out too', async () => {
    for (const target of [{}, { deadLetterArn: queueArn('lost') }]) {
      const { account, clock, events } = busWithQueue({ open: [], target });
      const eventId = putServiceEvent(account, scan);
      await clock.advance(1000);
      expect(events('lost')).toEqual([]);
      expect(eventsState(account).dropped).toMatchObject([{ rule: 'scans', eventId, code: 'NO_PERMISSIONS' }]);
    }
  });

  it('is not delivered for another rule than the one that the policy names', async () => {
    const { account, clock, events } = busWithQueue({ rule: { arn: `${RULE}-other` } });
    putServiceEvent(account, scan);
    await clock.advance(1000);
    expect(events('scans')).toEqual([]);
    expect(eventsState(account).dropped).toHaveLength(1);
  });

  it('goes to the dead-letter queue at once when the target is not there', async () => {
    const gone = queueArn('gone');
    const { account, clock, messages } = busWithQueue({ target: { arn: gone, deadLetterArn: queueArn('lost') } });
    attachResourcePolicy(account, gone, letIn('events.amazonaws.com', 'sqs:SendMessage', gone, RULE));
    putServiceEvent(account, scan);
    await clock.advance(1000);
    expect(messages('lost')[0]?.messageAttributes).toMatchObject({ ERROR_CODE: { StringValue: 'NO_RESOURCE' } });
  });
});

describe('the bus, told to misdeliver,', () => {
  it('repeats every delivery', async () => {
    const { account, clock, events } = busWithQueue();
    misdeliver(account, { duplicates: 2 });
    const id = putServiceEvent(account, scan);
    await clock.advance(1000);
    expect(events('scans').map((event) => event['id'])).toEqual([id, id, id]);
  });

  it('changes their order, the same way for the same seed', async () => {
    const run = async () => {
      const { account, clock, events } = busWithQueue();
      misdeliver(account, { shuffleMs: 60_000 });
      for (let n = 0; n < 10; n += 1) putServiceEvent(account, { ...scan, detail: { n } });
      await clock.advance(70_000);
      return events('scans').map(({ detail }) => (detail as { n: number }).n);
    };
    const order = await run();
    expect(order.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(order).not.toEqual(order.toSorted((a, b) => a - b));
    expect(await run()).toEqual(order);
  });

  it('loses some', async () => {
    const { account, clock } = busWithQueue();
    misdeliver(account, { lostPercent: 50 });
    for (let n = 0; n < 100; n += 1) putServiceEvent(account, scan);
    await clock.advance(1000);
    const { visible } = depth(account, queueArn('scans'));
    expect(visible).toBeGreaterThan(25);
    expect(visible).toBeLessThan(75);
  });
});
