import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRuleSet } from '../../shared/rules/compile.ts';
import { considered, decideRule } from '../../shared/rules/decide.ts';
import { why, whyNot } from '../../shared/rules/pattern/explain.ts';
import { compiledOf } from '../../shared/rules/patterns.ts';
import type { Rule, RuleSet, RuleSource } from '../../shared/rules/rule.ts';
import { settings } from '../../shared/rules/schema.ts';
import { event, pattern } from './pattern/randomPatterns.ts';
import { actions, exemption, finding, rule } from './ruleFixtures.ts';

const now = new Date('2026-11-24T12:00:00Z');

function setOf(sources: readonly RuleSource[]): RuleSet {
  const { set, problems } = compileRuleSet(sources, actions);
  if (set === null) throw new Error(JSON.stringify(problems));
  return set;
}

const decide = (sources: readonly RuleSource[], at = now, about = finding) => decideRule(about, setOf(sources), at);

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
    const set = setOf([rule('later'), rule('hit', 'order: 5\n'), scored]);
    expect(decideRule(finding, set, now).because).toBe('type is "ImageScan"');
    expect(considered(finding, set, now)).toEqual([
      { rule: 'low', matched: false, because: 'severity 9 is not > 9.5' },
      { rule: 'hit', matched: true, because: 'type is "ImageScan"' },
    ]);
  });

  it('is none when none matches', () => {
    const set = setOf([rule('a'), rule('b')]);
    const other = { ...finding, type: 'Other' };
    expect(decideRule(other, set, now)).toEqual({ rule: null, because: null, exempted: [] });
    expect(considered(other, set, now).map(({ matched }) => matched)).toEqual([false, false]);
  });
});

describe('an exemption', () => {
  it('takes the finding out before any rule is asked', () => {
    const set = setOf([rule('a'), exemption('e')]);
    expect(decideRule(finding, set, now)).toEqual({
      rule: null,
      because: null,
      exempted: [{ name: 'e', reason: 'base image', owner: 'team', actions: null }],
    });
    expect(considered(finding, set, now)).toEqual([]);
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
    });
  });
});

describe('a decision that looks only at what may fit', () => {
  const later = '2027-01-01T00:00:00Z';
  const random = fc
    .record({
      rules: fc.array(fc.record({ when: pattern, order: fc.integer({ min: 1, max: 3 }) }), { maxLength: 10 }),
      exemptions: fc.array(
        fc.record({ when: pattern, whole: fc.boolean(), expires: fc.constantFrom(later, '2026-01-01T00:00:00Z') }),
        { maxLength: 3 },
      ),
    })
    .map(
      (made): RuleSet => ({
        rules: made.rules.map(
          ({ when, order }, n): Rule => ({
            ...{ name: `rule-${9 - n}`, description: '', order, when, do: [], mode: 'observe', page: {} },
          }),
        ),
        exemptions: made.exemptions.map(({ when, whole, expires }, n) => ({
          ...{ name: `exemption-${n}`, when, owner: 'team', reason: 'known', expires },
          ...(whole ? {} : { actions: ['evidence.capture'] }),
        })),
        settings: settings.parse({}),
      }),
    );

  /** The plain loop. */
  function loop(about: typeof finding, { rules, exemptions }: RuleSet) {
    const standing = exemptions.filter(
      ({ when, expires }) => expires === later && whyNot(compiledOf(when), about) === null,
    );
    const whole = standing.filter(({ actions: some }) => some === undefined).map(({ name }) => name);
    if (whole.length > 0) return { rule: null, because: null, exempted: whole };
    const first = rules
      .toSorted((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1))
      .find(({ when }) => whyNot(compiledOf(when), about) === null);
    return {
      rule: first?.name ?? null,
      because: first === undefined ? null : why(compiledOf(first.when), about),
      exempted: standing.map(({ name }) => name),
    };
  }

  it('is what asking every exemption and every rule in turn gives', () => {
    const decided = { by: 0, exempted: 0 };
    fc.assert(
      fc.property(random, event, (set, fields) => {
        const about = { ...finding, ...fields } as typeof finding;
        const { rule: taken, because, exempted } = decideRule(about, set, now);
        const wanted = loop(about, set);
        expect({ rule: taken?.name ?? null, because, exempted: exempted.map(({ name }) => name) }).toEqual(wanted);
        const shown = considered(about, set, now);
        expect(shown.find(({ matched }) => matched)?.rule ?? null).toBe(wanted.rule);
        expect(shown.filter(({ matched }) => !matched).every(({ because: no }) => no !== '')).toBe(true);
        if (wanted.rule !== null) decided.by += 1;
        if (wanted.exempted.length > 0) decided.exempted += 1;
      }),
      { numRuns: 1000 },
    );
    expect(decided.by).toBeGreaterThan(20);
    expect(decided.exempted).toBeGreaterThan(20);
  });
});
