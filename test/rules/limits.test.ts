import { describe, expect, it } from 'vitest';
import { compileRuleSet } from '../../shared/rules/compile.ts';
import type { RuleSet, RuleSource } from '../../shared/rules/rule.ts';
import { actions, rule } from './ruleFixtures.ts';

function compiled(...sources: readonly RuleSource[]): RuleSet {
  const { set, problems } = compileRuleSet(sources, actions);
  expect(problems).toEqual([]);
  if (set === null) throw new Error('no set, and no problem said');
  return set;
}

describe('a rule', () => {
  it('may have limits, which are taken as written', () => {
    const limits = { perHour: 20, perCluster: 5, perService: 1, maxTargets: 10, minHealthyPercent: 50 };
    expect(compiled(rule('a', `limits: ${JSON.stringify(limits)}\n`)).rules[0]?.limits).toEqual(limits);
    expect(compiled(rule('a')).rules[0]).not.toHaveProperty('limits');
    const { problems: said } = compileRuleSet(
      [rule('a', 'limits: { perHour: 0, minHealthyPercent: 101, perDay: 5 }\n')],
      actions,
    );
    expect(said.map(({ path }) => path).sort()).toEqual([
      'limits.minHealthyPercent',
      'limits.perDay',
      'limits.perHour',
    ]);
  });

  it('that a freeze names must be there', () => {
    const freeze = (name: string) => ({
      path: 'settings',
      text: `freezes:\n  - name: x\n    timeZone: UTC\n    from: "18:00"\n    to: "08:00"\n    rules: [${name}]\n`,
    });
    expect(compiled(rule('my-rule'), freeze('my-rule')).settings.freezes).toHaveLength(1);
    const { set, problems: said } = compileRuleSet([rule('my-rule'), freeze('my-rul')], actions);
    expect(set).toBeNull();
    expect(said).toMatchObject([
      { code: 'unknown-rule', path: 'freezes[0].rules[0]', line: 6, suggestion: 'did you mean "my-rule"?' },
    ]);
  });
});
