import { describe, expect, it } from 'vitest';
import { InvalidRules } from '../../shared/platform/errors.ts';
import { compileRuleSet } from '../../shared/rules/compile.ts';
import type { RuleSet } from '../../shared/rules/rule.ts';
import { inForce, parseRuleSet } from '../../shared/rules/storedSet.ts';
import { actions, exemption, rule } from './ruleFixtures.ts';

const settings = { path: 'settings', text: 'protected: [{ repository: [shop/api] }]' };
const { set } = compileRuleSet(
  [rule('a', '  - ecr.quarantine-image\npage: { held: notice }\n'), exemption('e'), settings],
  actions,
);

/** The stored set with one thing changed. */
function broken(
  change: (copy: { rules: Record<string, unknown>[]; settings: Record<string, unknown> }) => void,
): string {
  const copy = structuredClone(set) as unknown as {
    rules: Record<string, unknown>[];
    settings: Record<string, unknown>;
  };
  change(copy);
  return JSON.stringify(copy);
}

describe('a stored rule set', () => {
  it('comes back as it was', () => {
    const json = JSON.stringify(set satisfies RuleSet | null);
    expect(parseRuleSet(json, actions)).toEqual(set);
    expect(JSON.stringify(parseRuleSet(json, actions))).toBe(json);
  });

  it.each([
    ['is no JSON', '{'],
    ['is something else', '{"rules":[]}'],
    ['has a key too many', broken((copy) => Object.assign(copy, { more: 1 }))],
    ['has a rule with a key too many', broken((copy) => Object.assign(copy.rules[0] ?? {}, { leese: 'P7D' }))],
    ['has a rule with a lease without an end', broken((copy) => Object.assign(copy.rules[0] ?? {}, { lease: 'P99D' }))],
    ['has a rule with a limit', broken((copy) => Object.assign(copy.rules[0] ?? {}, { limits: { perMinute: 5 } }))],
    ['has a rule without a mode', broken((copy) => delete copy.rules[0]?.['mode'])],
    ['has a bad pattern', broken((copy) => Object.assign(copy.rules[0] ?? {}, { when: { a: [] } }))],
    ['protects by a bad pattern', broken((copy) => Object.assign(copy.settings, { protected: [{}] }))],
    [
      'has bad parameters',
      broken((copy) => Object.assign(copy.rules[0] ?? {}, { do: [{ action: 'evidence.capture', params: { x: 1 } }] })),
    ],
  ])('is refused when it %s', (_what, json) => {
    expect(() => parseRuleSet(json, actions)).toThrow(InvalidRules);
  });

  it('of a version that did not know of observeOnly is read, and acts as before', () => {
    const json = broken((copy) => delete copy.settings['observeOnly']);
    expect(parseRuleSet(json, actions).settings.observeOnly).toBe(false);
  });

  it('decides as its rules say, or only observes where the settings say so', () => {
    const modes = (observeOnly: boolean): readonly string[] => {
      const json = broken(({ rules, settings: given }) => {
        Object.assign(rules[0] ?? {}, { mode: 'enforce' });
        Object.assign(given, { observeOnly });
      });
      return inForce(parseRuleSet(json, actions)).rules.map(({ mode }) => mode);
    };
    expect(modes(false)).toEqual(['enforce']);
    expect(modes(true)).toEqual(['observe']);
  });

  it('is refused when an action is gone', () => {
    expect(() => parseRuleSet(JSON.stringify(set), actions.slice(0, 1))).toThrow(InvalidRules);
  });
});
