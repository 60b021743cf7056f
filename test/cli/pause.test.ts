import { describe, expect, it } from 'vitest';
import { durationMs } from '../../cli/duration.ts';
import { pausedTarget } from '../../cli/pausedTarget.ts';
import { UsageError } from '../../cli/usage.ts';

describe('a duration', () => {
  it.each([
    ['90m', 5_400_000],
    ['2h', 7_200_000],
    ['7d', 604_800_000],
  ])('of %s is %i ms', (text, ms) => {
    expect(durationMs('--for', text, 7)).toBe(ms);
  });

  it.each(['', '2', 'h', '0h', '-1h', '1.5h', '2 h', '2h30m', '8d', '169h', '9999999m'])('"%s" is refused', (text) => {
    expect(() => durationMs('--for', text, 7)).toThrow(UsageError);
  });
});

describe('what may be paused', () => {
  const ecs = 'arn:aws:ecs:eu-west-1:123456789012';
  it.each([
    `${ecs}:cluster/prod`,
    `${ecs}:service/prod/checkout`,
    `${ecs}:task/prod/0a1b`,
    'arn:aws-cn:ecr:cn-north-1:123456789012:repository/payments/checkout-api',
    'arn:aws:ec2:eu-west-1:123456789012:instance/i-0a1b2c',
    'ecs-service/123456789012/eu-west-1/prod/checkout',
    `image/123456789012/eu-west-1/payments/checkout-api@sha256:${'a'.repeat(64)}`,
  ])('is %s', (target) => {
    expect(pausedTarget(target)).toBe(target);
  });

  it.each([
    ['a name', 'checkout'],
    ['a typo', `${ecs}:servce/prod/checkout`],
    ['an account that is none', 'arn:aws:ecs:eu-west-1:1234:service/prod/checkout'],
    ['what nothing is changed of', 'arn:aws:s3:::bucket'],
    ['nothing', ''],
  ])('is not %s: a pause of that would stop nothing', (_what, target) => {
    expect(() => pausedTarget(target)).toThrow(UsageError);
  });
});
