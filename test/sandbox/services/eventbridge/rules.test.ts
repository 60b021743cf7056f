import { describe, expect, it } from 'vitest';
import { createRule, type RuleInput } from '../../../../sandbox/services/eventbridge/rules.ts';
import type { Target } from '../../../../sandbox/services/eventbridge/state.ts';
import { fakeAccount } from '../../fakeAccount.ts';
import { queueArn, RULE } from './busWithQueue.ts';

const target: Target = { id: 'a', arn: queueArn('q') };
const base: RuleInput = { name: 'r', arn: RULE, eventPattern: { source: ['x'] }, targets: [target] };
const make = (input: Partial<RuleInput>) => () => createRule(fakeAccount().account, { ...base, ...input });
const withTarget = (more: Partial<Target>) => make({ targets: [{ ...target, ...more }] });

describe('a rule', () => {
  it('is made of a pattern, a schedule or both', () => {
    expect(make({})).not.toThrow();
    expect(make({ scheduleExpression: 'rate(5 minutes)' })).not.toThrow();
    const { eventPattern: _, ...neither } = base;
    expect(() => createRule(fakeAccount().account, neither)).toThrow(/EventPattern or ScheduleExpression/);
  });
  it('exists once', () => {
    const { account } = fakeAccount();
    createRule(account, base);
    expect(() => createRule(account, base)).toThrow(/already exists/);
  });
  it('says where its pattern is wrong', () => {
    const wrong = make({ eventPattern: { detail: { severity: [{ numeric: ['>'] }] } } });
    expect(wrong).toThrow(expect.objectContaining({ code: 'InvalidEventPatternException' }));
    expect(wrong).toThrow(/detail\.severity/);
  });
  it('has five targets at most, each with an id of its own', () => {
    const targets = (n: number, id = (at: number) => `t${at}`) =>
      Array.from({ length: n }, (_, at) => ({ ...target, id: id(at) }));
    expect(make({ targets: targets(5) })).not.toThrow();
    expect(make({ targets: targets(6) })).toThrow(expect.objectContaining({ code: 'LimitExceededException' }));
    expect(make({ targets: targets(2, () => 'same') })).toThrow(/same id/);
  });
});

describe('a target', () => {
  it('is a queue, topic or function', () => {
    expect(withTarget({ arn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:m' })).toThrow(/does not deliver/);
  });
  it('has one kind of input', () => {
    expect(withTarget({ input: '{}' })).not.toThrow();
    expect(withTarget({ input: 'text' })).toThrow(/not JSON/);
    expect(withTarget({ input: '{}', inputPath: '$.detail' })).toThrow(/only one of/);
  });
  it('has a queue for its dead letters', () => {
    expect(withTarget({ deadLetterArn: queueArn('dlq') })).not.toThrow();
    expect(withTarget({ deadLetterArn: 'arn:aws:sns:eu-west-1:123456789012:t' })).toThrow(/SQS queue/);
  });
  it.each([
    [{ maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 }, true],
    [{ maximumRetryAttempts: 185, maximumEventAgeInSeconds: 86_400 }, true],
    [{ maximumRetryAttempts: 186 }, false],
    [{ maximumEventAgeInSeconds: 59 }, false],
    [{ maximumEventAgeInSeconds: 86_401 }, false],
  ])('retries within limits: %j is fine: %s', (retryPolicy, fine) => {
    if (fine) expect(withTarget({ retryPolicy })).not.toThrow();
    else expect(withTarget({ retryPolicy })).toThrow(/must be between/);
  });
});
