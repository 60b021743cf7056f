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
      exempted: [
        {
          ...{ name: 'e', reason: 'base image', owner: 'team', expires: '2026-12-31T00:00:00.000Z' },
          ...{ takes: 'finding', rule: null, actions: null },
        },
      ],
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
    const named = exemption('e', 'actions: [ecr.quarantine-image, evidence.capture]\n');
    expect(decide([rule('a'), named])).toMatchObject({
      rule: { name: 'a' },
      exempted: [{ name: 'e', takes: 'actions', rule: 'a', actions: ['ecr.quarantine-image', 'evidence.capture'] }],
    });
  });

  it('of actions that the rule does not ask for has taken nothing out', () => {
    const named = exemption('e', 'actions: [ecr.quarantine-image]\n');
    expect(decide([rule('a'), named])).toMatchObject({ rule: { name: 'a' }, exempted: [] });
  });

  it('of named rules takes the finding out of those alone: the next one decides, and it is said why', () => {
    const set = setOf([rule('a'), rule('b'), rule('c'), exemption('e', 'rules: [a, b]\n')]);
    const taken = { name: 'e', takes: 'rule', actions: null };
    expect(decideRule(finding, set, now)).toMatchObject({
      rule: { name: 'c' },
      exempted: [
        { ...taken, rule: 'a' },
        { ...taken, rule: 'b' },
      ],
    });
    expect(considered(finding, set, now)).toMatchObject([
      { rule: 'a', matched: false, because: 'exemption e of team takes the finding out of it: base image' },
      { rule: 'b', matched: false },
      { rule: 'c', matched: true },
    ]);
    expect(decideRule(finding, set, new Date('2026-12-31T00:00:00Z')).rule?.name).toBe('a');
  });

  it('of rules that would not have decided has taken nothing out', () => {
    const never = { path: 'rules/z', text: rule('z').text.replace('ImageScan', 'Other') };
    expect(decide([rule('a'), never, exemption('e', 'rules: [z]\n')])).toMatchObject({
      rule: { name: 'a' },
      exempted: [],
    });
  });

  it.each([
    ['actions: [evidence.capture]\n', 'actions'],
    ['scope: paging\n', 'paging'],
  ])('%j of named rules holds where one of them decides, and nowhere else', (what, takes) => {
    const of = (name: string) => decide([rule('a'), rule('b'), exemption('e', `${what}rules: [${name}]\n`)]);
    expect(of('a')).toMatchObject({ rule: { name: 'a' }, exempted: [{ name: 'e', takes, rule: 'a' }] });
    expect(of('b')).toMatchObject({ rule: { name: 'a' }, exempted: [] });
  });

  it('from paging alone leaves the rule to decide', () => {
    expect(decide([rule('a'), exemption('e', 'scope: paging\n')])).toMatchObject({
      rule: { name: 'a' },
      exempted: [{ name: 'e', takes: 'paging', rule: 'a', actions: null }],
    });
  });
});

describe('a decision that looks only at what may fit', () => {
  const later = '2027-01-01T00:00:00Z';
  const names = Array.from({ length: 10 }, (_, n) => `rule-${9 - n}`);
  const random = fc
    .record({
      rules: fc.array(fc.record({ when: pattern, order: fc.integer({ min: 1, max: 3 }) }), { maxLength: 10 }),
      exemptions: fc.array(
        fc.record({
          when: pattern,
          rules: fc.option(fc.subarray(names, { minLength: 5 })),
          what: fc.constantFrom({}, { actions: ['evidence.capture'] }, { actions: ['evidence.capture', 'other'] }, {
            scope: 'paging',
          } as const),
          expires: fc.constantFrom(later, '2026-01-01T00:00:00Z'),
        }),
        { maxLength: 4 },
      ),
    })
    .map(
      (made): RuleSet => ({
        rules: made.rules.map(
          ({ when, order }, n): Rule => ({
            ...{ name: `rule-${9 - n}`, description: '', order, when, mode: 'observe', page: {} },
            do: n % 2 === 0 ? [] : [{ action: 'evidence.capture', params: {} }],
          }),
        ),
        exemptions: made.exemptions.map(({ when, rules: of, what, expires }, n) => ({
          ...{ name: `exemption-${n}`, when, owner: 'team', reason: 'known', expires, ...what },
          ...(of === null ? {} : { rules: of }),
        })),
        settings: settings.parse({}),
      }),
    );

  /** The plain loop. */
  function loop(about: typeof finding, { rules, exemptions }: RuleSet) {
    const standing = exemptions.filter(
      ({ when, expires }) => expires === later && whyNot(compiledOf(when), about) === null,
    );
    const whole = standing
      .filter(({ actions: some, scope, rules: of }) => some === undefined && scope === undefined && of === undefined)
      .map(({ name }) => name);
    if (whole.length > 0) return { rule: null, because: null, exempted: whole };
    const passed: string[] = [];
    for (const one of rules.toSorted((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1))) {
      if (whyNot(compiledOf(one.when), about) !== null) continue;
      const concerning = standing.filter(({ rules: of }) => of === undefined || of.includes(one.name));
      const against = concerning.filter(({ actions: some, scope }) => some === undefined && scope === undefined);
      if (against.length > 0) {
        passed.push(...against.map(({ name }) => name));
        continue;
      }
      const asked = one.do.map(({ action }) => action);
      const narrowing = concerning.filter(({ actions: some }) => some?.some((name) => asked.includes(name)) ?? true);
      const because = why(compiledOf(one.when), about);
      return { rule: one.name, because, exempted: [...passed, ...narrowing.map(({ name }) => name)] };
    }
    return { rule: null, because: null, exempted: passed };
  }

  it('is what asking every exemption and every rule in turn gives', () => {
    const decided = { by: 0, exempted: 0, passed: 0, quiet: 0 };
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
        if (exempted.some(({ takes }) => takes === 'rule')) decided.passed += 1;
        if (exempted.some(({ takes }) => takes === 'paging')) decided.quiet += 1;
      }),
      { numRuns: 2_000 },
    );
    expect(decided.by).toBeGreaterThan(20);
    expect(decided.exempted).toBeGreaterThan(20);
    for (const count of [decided.passed, decided.quiet]) expect(count).toBeGreaterThan(0);
  });
});
