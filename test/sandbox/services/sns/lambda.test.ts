import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AwsError } from '../../../../sandbox/account.ts';
import { attachResourcePolicy } from '../../../../sandbox/iam/resourcePolicies.ts';
import { invokeAsync } from '../../../../sandbox/services/lambda/invokeAsync.ts';
import { createTopic, publish, subscribe, undeliveredOf } from '../../../../sandbox/services/sns/topics.ts';
import { fakeAccount } from '../../fakeAccount.ts';
import { letIn } from '../throughDoor.ts';

vi.mock('../../../../sandbox/services/lambda/invokeAsync.ts', () => ({ invokeAsync: vi.fn() }));

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:page';
const FUNCTION = 'arn:aws:lambda:eu-west-1:123456789012:function:chat';

describe('a function that subscribed', () => {
  const invoked = vi.mocked(invokeAsync);
  beforeEach(() => {
    invoked.mockReset();
  });

  async function published(source = TOPIC) {
    const { account, clock } = fakeAccount();
    createTopic(account, { name: 'page', arn: TOPIC });
    const { arn } = subscribe(account, TOPIC, { protocol: 'lambda', endpoint: FUNCTION });
    attachResourcePolicy(account, FUNCTION, letIn('sns.amazonaws.com', 'lambda:InvokeFunction', FUNCTION, source));
    const messageId = publish(account, { topicArn: TOPIC, message: 'm' });
    await clock.advance(1000);
    return { account, arn, messageId };
  }

  it('is invoked with a record of the message', async () => {
    const { account, arn, messageId } = await published();
    expect(invoked).toHaveBeenCalledExactlyOnceWith(account, FUNCTION, {
      Records: [
        expect.objectContaining({
          EventSource: 'aws:sns',
          EventVersion: '1.0',
          EventSubscriptionArn: arn,
          Sns: expect.objectContaining({ MessageId: messageId, Message: 'm', Subject: null, MessageAttributes: {} }),
        }),
      ],
    });
    expect(undeliveredOf(account)).toEqual([]);
  });

  it('is not invoked without its permission', async () => {
    const { account } = await published(`${TOPIC}-other`);
    expect(invoked).not.toHaveBeenCalled();
    expect(undeliveredOf(account)).toHaveLength(1);
  });

  it('that is not there leaves the message undelivered', async () => {
    invoked.mockImplementation(() => {
      throw new AwsError('ResourceNotFoundException', 'Function not found', 404);
    });
    const { account } = await published();
    expect(undeliveredOf(account)).toMatchObject([{ reason: 'ResourceNotFoundException: Function not found' }]);
  });
});
