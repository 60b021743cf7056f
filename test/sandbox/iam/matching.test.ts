import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionMatches, arnMatches, resourceMatches, wildcardMatches } from '../../../sandbox/iam/matching.ts';

/** The same question answered by the regular expression engine. */
const naive = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${[...pattern].map((c) => (c === '*' ? '.*' : c === '?' ? '.' : c.replace(/[\\^$.|()[\]{}+/-]/g, '\\$&'))).join('')}$`,
    's',
  ).test(text);

describe('wildcards', () => {
  it('agree with a regular expression for any pattern and text', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.', '/', ':'), maxLength: 12 });
    const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '.', '/', ':', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(patterns, letters, (pattern, text) => wildcardMatches(pattern, text) === naive(pattern, text)),
      { numRuns: 2000 },
    );
  });

  it('match an empty text by stars alone', () => {
    expect(wildcardMatches('**', '')).toBe(true);
    expect(wildcardMatches('?', '')).toBe(false);
  });
});

describe('actions', () => {
  it('do not distinguish case', () => expect(actionMatches('ECR:describe*', 'ecr:DescribeImages')).toBe(true));
  it('stay within their service', () => expect(actionMatches('ecr:*', 'ecs:DescribeTasks')).toBe(false));
});

describe('ARNs', () => {
  const task = 'arn:aws:ecs:eu-west-1:123456789012:task/shop/0f';
  it.each([
    ['arn:aws:ecs:eu-west-1:123456789012:task/shop/*', true],
    ['arn:aws:ecs:*:*:task/*', true],
    ['arn:aws:ecs:eu-west-?:123456789012:task/shop/0f', true],
    ['arn:aws:ecs:*', true],
    ['arn:aws:ecs:eu-west-1:123456789012:task/other/*', false],
    ['arn:aws:ecs:*:task/shop/0f', false],
    ['arn:aws:ecs:eu-west-1:999999999999:task/shop/0f', false],
    ['arn:aws:ecs:eu-west-1:123456789012:TASK/shop/0f', false],
  ])('%s covers the task: %s', (pattern, expected) => expect(arnMatches(pattern, task)).toBe(expected));

  it('let a wildcard of one part not reach into the next', () => {
    expect(
      arnMatches('arn:aws:lambda:*:function:intake', 'arn:aws:lambda:eu-west-1:123456789012:function:intake'),
    ).toBe(false);
    expect(
      arnMatches('arn:aws:lambda:*:*:function:intake', 'arn:aws:lambda:eu-west-1:123456789012:function:intake'),
    ).toBe(true);
  });
});

describe('an action that AWS does not scope', () => {
  it('is covered by *', () => expect(resourceMatches('*', '*')).toBe(true));
  it('is not covered by any ARN, however wide', () => {
    expect(resourceMatches('arn:aws:ecs:*:*:*', '*')).toBe(false);
    expect(resourceMatches('arn:*', '*')).toBe(false);
  });
});
