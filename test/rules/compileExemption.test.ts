import { describe, expect, it } from 'vitest';
import { compileRuleSet } from '../../shared/rules/compile.ts';
import type { RuleSource } from '../../shared/rules/rule.ts';
import { actions, exemption, rule } from './ruleFixtures.ts';

describe('an exemption of named rules', () => {
  const naming = (name: string) => exemption('e', `rules: [${name}]\n`);

  it('is refused with the name that was meant, unless there is such a rule, broken or not', () => {
    const said = compileRuleSet([rule('image-critical'), naming('image-criticl')], actions).problems;
    expect(said).toMatchObject([
      { code: 'unknown-rule', level: 'error', file: 'exemptions/e', path: 'rules[0]', line: 7, column: 9 },
    ]);
    expect(said[0]?.suggestion).toBe('did you mean "image-critical"?');
    expect(compileRuleSet([rule('image-critical'), naming('image-critical')], actions).problems).toEqual([]);
    const broken = { path: 'rules/a', text: 'name: a\n' };
    const codes = compileRuleSet([broken, naming('a')], actions).problems.map(({ file, code }) => `${file} ${code}`);
    expect(codes).toEqual(['rules/a missing', 'rules/a missing']);
  });

  it('may name one that decides and is not among the files', () => {
    expect(compileRuleSet([naming('standing')], actions, { standing: ['standing'] }).problems).toEqual([]);
  });
});

describe('the end of an exemption', () => {
  const at = (now: string, ...more: readonly RuleSource[]) => {
    const result = compileRuleSet([exemption('e'), ...more], actions, { now: new Date(now) });
    return { isUsed: result.set !== null, said: result.problems.map(({ code, level }) => `${level} ${code}`) };
  };

  it('lies at most so many days ahead as the settings say, 90 unless they do', () => {
    expect(at('2026-10-01T23:59:59.999Z')).toEqual({ isUsed: false, said: ['error too-long'] });
    expect(at('2026-10-02T00:00:00.000Z')).toEqual({ isUsed: true, said: [] });
    const settings = (text: string) => ({ path: 'settings', text });
    expect(at('2026-12-01T00:00:00Z', settings('longestExemptionDays: 30'))).toEqual({ isUsed: true, said: [] });
    expect(at('2026-12-01T00:00:00Z', settings('longestExemptionDays: 29')).said).toEqual(['error too-long']);
    expect(at('2026-01-01T00:00:00Z', settings('longestExemptionDays: 366')).isUsed).toBe(true);
  });

  it('is said with the latest that would do', () => {
    const [problem] = compileRuleSet([exemption('e')], actions, { now: new Date('2026-09-01T00:00:00Z') }).problems;
    expect(problem).toMatchObject({ path: 'expires', line: 6, suggestion: 'at most 2026-11-30' });
  });

  it('never becomes wrong by the passing of time: it is warned of, soon and when it is over', () => {
    expect(at('2026-12-23T23:59:59Z').said).toEqual([]);
    expect(at('2026-12-24T00:00:00Z')).toEqual({ isUsed: true, said: ['warning expires-soon'] });
    expect(at('2026-12-30T23:59:59Z').said).toEqual(['warning expires-soon']);
    expect(at('2026-12-31T00:00:00Z')).toEqual({ isUsed: true, said: ['warning expired'] });
    expect(at('2030-01-01T00:00:00Z')).toEqual({ isUsed: true, said: ['warning expired'] });
  });

  it('is not looked at without a moment', () => {
    const far = { path: 'exemptions/e', text: exemption('e').text.replace('2026', '2099') };
    expect(compileRuleSet([far], actions).problems).toEqual([]);
  });
});
