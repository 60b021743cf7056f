import { describe, expect, it } from 'vitest';
import { compileRuleSet } from '../../shared/rules/compile.ts';
import { actions, rule } from './ruleFixtures.ts';

describe('a rule', () => {
  it('may have a lease of whole days, as the settings may', () => {
    const settings = { path: 'settings', text: 'lease: P90D' };
    expect(compileRuleSet([rule('a', 'lease: P7D\n'), settings], actions).set).toMatchObject({
      rules: [{ lease: 'P7D' }],
      settings: { lease: 'P90D' },
    });
    expect(compileRuleSet([rule('a'), settings], actions).set?.rules[0]).not.toHaveProperty('lease');
  });

  it.each(['P0D', 'P91D', 'P100D', 'PT12H', 'P1W', '7d', 'P7D\nP8D'])('may not have a lease of %j', (lease) => {
    const line = `lease: ${JSON.stringify(lease)}\n`;
    for (const source of [rule('a', line), { path: 'settings', text: line }]) {
      const { set, problems: said } = compileRuleSet([source], actions);
      expect(set).toBeNull();
      expect(said).toMatchObject([{ code: 'value', path: 'lease' }]);
    }
  });
});
