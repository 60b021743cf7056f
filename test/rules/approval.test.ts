import { describe, expect, it } from 'vitest';
import { compileRuleSet } from '../../shared/rules/compile.ts';
import { durationSeconds } from '../../shared/rules/duration.ts';
import type { Approval } from '../../shared/rules/rule.ts';
import { actions, rule } from './ruleFixtures.ts';

function approvalIn(text: string): Approval | undefined {
  const { set, problems } = compileRuleSet([rule('a', text)], actions);
  if (set === null) throw new Error(JSON.stringify(problems));
  return set.rules[0]?.approval;
}

describe('a rule', () => {
  it('may ask for approval of everything, or of what is protected, and say until when and what then', () => {
    const asks = (text: string) => approvalIn(`approval: ${text}\n`);
    expect(asks('{ when: [always] }')).toEqual({ when: ['always'] });
    expect(asks('{ when: [protected], timeout: PT1H30M }')).toEqual({ when: ['protected'], timeout: 'PT1H30M' });
    const all = { when: ['always', 'protected'], timeout: 'PT8H', onTimeout: 'minimum' };
    expect(asks('{ when: [always, protected], timeout: PT8H, onTimeout: minimum }')).toEqual(all);
    expect(approvalIn('')).toBeUndefined();
  });

  it.each([
    ['{ when: [] }', 'approval.when', 'must say when a person is asked'],
    ['{ when: [sometimes] }', 'approval.when[0]', 'must be one of always, protected'],
    ['{ when: [always], timeout: 10m }', 'approval.timeout', 'must be a duration such as PT10M'],
    ['{ when: [always], timeout: PT59S }', 'approval.timeout', 'must be a duration such as PT10M'],
    ['{ when: [always], timeout: PT }', 'approval.timeout', 'must be a duration such as PT10M'],
    ['{ when: [always], timeout: PT8H1M }', 'approval.timeout', 'from a minute to eight hours'],
    ['{ when: [always], timeout: PT10M, onTimeout: go }', 'approval.onTimeout', 'must be one of proceed'],
    ['{ when: [always], onTimeout: proceed }', 'approval.onTimeout', 'is never done: no time is said'],
  ])('may not ask like this: %s', (text, path, message) => {
    const { set, problems: said } = compileRuleSet([rule('a', `approval: ${text}\n`)], actions);
    expect(set).toBeNull();
    expect(said).toMatchObject([{ path, message: expect.stringContaining(message) }]);
  });
});

it.each([
  ['PT10M', 600],
  ['PT2H', 7200],
  ['PT1H30M', 5400],
  ['PT', undefined],
  ['P1D', undefined],
  ['PT1.5H', undefined],
  ['10M', undefined],
  ['PT10m', undefined],
])('a duration: %s', (text, seconds) => {
  expect(durationSeconds(text)).toBe(seconds);
});
