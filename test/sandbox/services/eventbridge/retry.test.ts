import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AwsError } from '../../../../sandbox/account.ts';
import { attachResourcePolicy } from '../../../../sandbox/iam/resourcePolicies.ts';
import { putServiceEvent } from '../../../../sandbox/services/eventbridge/bus.ts';
import { invokeAsync } from '../../../../sandbox/services/lambda/invokeAsync.ts';
import { letIn } from '../throughDoor.ts';
import { busWithQueue, queueArn, RULE } from './busWithQueue.ts';

vi.mock('../../../../sandbox/services/lambda/invokeAsync.ts', () => ({ invokeAsync: vi.fn() }));

const FUNCTION = 'arn:aws:lambda:eu-west-1:123456789012:function:ended';
const event = { source: 'aws.ecr', detailType: 'x', detail: {} };
const throttled = () => {
  throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
};

function busWithFunction(retryPolicy = {}) {
  const fake = busWithQueue({ target: { arn: FUNCTION, deadLetterArn: queueArn('lost'), retryPolicy } });
  attachResourcePolicy(fake.account, FUNCTION, letIn('events.amazonaws.com', 'lambda:InvokeFunction', FUNCTION, RULE));
  return fake;
}

describe('delivery to a function', () => {
  const invoked = vi.mocked(invokeAsync);
  beforeEach(() => {
    invoked.mockReset();
  });

  it('hands over the event as JSON', async () => {
    const { account, clock } = busWithFunction();
    const id = putServiceEvent(account, event);
    await clock.advance(1000);
    expect(invoked).toHaveBeenCalledExactlyOnceWith(account, FUNCTION, expect.objectContaining({ id }));
  });

  it('needs a permission of the function', async () => {
    const { account, clock, messages } = busWithQueue({ target: { arn: FUNCTION, deadLetterArn: queueArn('lost') } });
    putServiceEvent(account, event);
    await clock.advance(1000);
    expect(invoked).not.toHaveBeenCalled();
    expect(messages('lost')[0]?.messageAttributes).toMatchObject({ ERROR_CODE: { StringValue: 'NO_PERMISSIONS' } });
  });

  it('is tried again after a failure that may pass', async () => {
    invoked.mockImplementationOnce(throttled).mockImplementationOnce(throttled).mockReturnValue('ok');
    const { account, clock, messages } = busWithFunction();
    putServiceEvent(account, event);
    await clock.advance(60_000);
    expect(invoked).toHaveBeenCalledTimes(3);
    expect(messages('lost')).toEqual([]);
  });

  it('is given up after as many retries as the target allows', async () => {
    invoked.mockImplementation(throttled);
    const { account, clock, messages } = busWithFunction({ maximumRetryAttempts: 2 });
    putServiceEvent(account, event);
    await clock.advance(60_000);
    expect(invoked).toHaveBeenCalledTimes(3);
    expect(messages('lost')[0]?.messageAttributes).toMatchObject({
      ERROR_CODE: { StringValue: 'THROTTLING' },
      RETRY_ATTEMPTS: { StringValue: '2' },
      EXHAUSTED_RETRY_CONDITION: { StringValue: 'MaximumRetryAttempts' },
    });
  });

  it('is given up when the event is too old', async () => {
    invoked.mockImplementation(throttled);
    const { account, clock, messages } = busWithFunction({ maximumEventAgeInSeconds: 60 });
    putServiceEvent(account, event);
    await clock.advance(120_000);
    expect(messages('lost')[0]?.messageAttributes).toMatchObject({
      EXHAUSTED_RETRY_CONDITION: { StringValue: 'MaximumEventAgeInSeconds' },
    });
  });

  it('is given up after 185 retries or a day, unless it is said otherwise', async () => {
    invoked.mockImplementation(throttled);
    const { account, clock, messages } = busWithFunction();
    putServiceEvent(account, event);
    await clock.advance(80_000_000);
    const tried = invoked.mock.calls.length;
    expect(tried).toBeGreaterThan(150);
    if (tried < 186) expect(messages('lost')).toEqual([]);
    await clock.advance(10_000_000);
    expect(messages('lost')).toHaveLength(1);
    expect(invoked.mock.calls.length).toBeLessThanOrEqual(186);
  });
});
