import { describe, expect, it } from 'vitest';
import { compileRuleSet } from '../../shared/rules/compile.ts';
import { decideRule } from '../../shared/rules/decide.ts';
import type { RuleSource } from '../../shared/rules/rule.ts';
import { actions, exemption, finding, rule } from './ruleFixtures.ts';

const now = new Date('2026-11-24T12:00:00Z');

function decide(sources: readonly RuleSource[], at = now, about = finding) {
  const { set, problems } = compileRuleSet(sources, actions);
  if (set === null) throw new Error(JSON.stringify(problems));
  return decideRule(about, set, at);
}

describe('which rule decides', () => {
  it('is the first that matches, by order and then by name', () => {
    const sources = [rule('c', 'order: 1\n'), rule('b'), rule('a')];
    expect(decide(sources).rule?.name).toBe('c');
    expect(decide(sources.slice(1)).rule?.name).toBe('a');
  });

  it('does not depend on the order in which a stored set has its rules', () => {
    const { set } = compileRuleSet([rule('b'), rule('a')], actions);
    const reversed = set === null ? null : { ...set, rules: set.rules.toReversed() };
    expect(reversed?.rules.map(({ name }) => name)).toEqual(['b', 'a']);
    expect(reversed === null ? null : decideRule(finding, reversed, now).rule?.name).toBe('a');
  });

  it('says of each rule that was asked why, and asks none after the match', () => {
    const scored = {
      path: 'rules/low',
      text: 'name: low\norder: 1\nwhen: { severity: [{ numeric: [">", 9.5] }] }\ndo: [evidence.capture]',
    };
    expect(decide([rule('later'), rule('hit', 'order: 5\n'), scored]).considered).toEqual([
      { rule: 'low', matched: false, because: 'severity 9 is not > 9.5' },
      { rule: 'hit', matched: true, because: 'type is "ImageScan"' },
    ]);
  });

  it('is none when none matches', () => {
    const decision = decide([rule('a'), rule('b')], now, { ...finding, type: 'Other' });
    expect(decision.rule).toBeNull();
    expect(decision.considered.map(({ matched }) => matched)).toEqual([false, false]);
  });
});

describe('an exemption', () => {
  it('takes the finding out before any rule is asked', () => {
    expect(decide([rule('a'), exemption('e')])).toEqual({
      rule: null,
      exempted: [{ name: 'e', reason: 'base image', owner: 'team', actions: null }],
      considered: [],
    });
  });

  it('is as if it were not there for another finding', () => {
    const other = { ...finding, resource: { ...finding.resource, repository: 'other' } };
    expect(decide([rule('a'), exemption('e')], now, other)).toMatchObject({ rule: { name: 'a' }, exempted: [] });
  });

  it('is as if it were not there from the moment it expires', () => {
    const at = (time: string) => decide([rule('a'), exemption('e')], new Date(time)).rule?.name ?? null;
    expect(at('2026-12-30T23:59:59.999Z')).toBeNull();
    expect(at('2026-12-31T00:00:00.000Z')).toBe('a');
  });

  it('of named actions leaves the rule and names what the plan leaves out', () => {
    const named = exemption('e', 'actions: [ecr.quarantine-image]\n');
    expect(decide([rule('a'), named])).toMatchObject({
      rule: { name: 'a' },
      exempted: [{ name: 'e', actions: ['ecr.quarantine-image'] }],
      considered: [{ rule: 'a', matched: true }],
    });
  });
});
