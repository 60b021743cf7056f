import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conflictIn } from '../../../shared/rules/lint/conflicts.ts';
import { patternCovers } from '../../../shared/rules/lint/covers.ts';
import { everything } from '../../../shared/rules/lint/everything.ts';
import { impossibleIn } from '../../../shared/rules/lint/impossible.ts';
import { findings, type Known } from '../../../shared/rules/lint/known.ts';
import { fullBudget, mayMeet } from '../../../shared/rules/lint/meets.ts';
import { unreached } from '../../../shared/rules/lint/reach.ts';
import { compilePattern } from '../../../shared/rules/pattern/compile.ts';
import { matches } from '../../../shared/rules/pattern/match.ts';
import type { Pattern } from '../../../shared/rules/pattern/pattern.ts';
import type { Rule } from '../../../shared/rules/rule.ts';
import { event, pattern } from '../pattern/randomPatterns.ts';
import { finding, findingPattern } from './randomFindings.ts';

const full = process.env['FIREBREAK_FULL'] === '1';
const numRuns = full ? 40_000 : 1500;

/** Of events of any form nothing is known: any of their objects may stand in an array. */
const nothing: Known = {
  ...findings,
  domain: () => undefined,
  always: () => false,
  inElements: ({ steps }) => steps.length > 1,
  shown: () => undefined,
};

/** Pairs that are alike, because two random patterns rarely are. */
const alike = (one: fc.Arbitrary<Pattern>): fc.Arbitrary<readonly [Pattern, Pattern]> =>
  fc.oneof(
    fc.tuple(one, one),
    fc.tuple(one, one).map(([a, b]): [Pattern, Pattern] => [a, { ...b, ...a }]),
    fc.tuple(one, one).map(([a, b]): [Pattern, Pattern] => [a, { ...a, ...b }]),
  );

const rule = (name: string, order: number, when: Pattern): Rule => ({
  ...{ name, description: '', order, when, do: [], mode: 'observe', page: {} },
});

describe('what lint says of patterns is never wrong', { timeout: 600_000 }, () => {
  let covered = 0;

  it('what one is said to cover, it matches: whatever the event', () => {
    fc.assert(
      fc.property(alike(pattern), fc.array(event, { maxLength: 4 }), ([a, b], events) => {
        const [wide, narrow] = [compilePattern(a), compilePattern(b)];
        if (!patternCovers(wide, narrow, nothing)) return;
        covered += 1;
        for (const one of events) if (matches(narrow, one)) expect(matches(wide, one)).toBe(true);
      }),
      { numRuns },
    );
    expect(covered).toBeGreaterThan(numRuns / 20);
  });

  it('what is absent in one element may be there in the next', () => {
    const wide = compilePattern({ a: { y: [{ exists: false }] } });
    const narrow = compilePattern({ a: { x: ['a'], y: [{ exists: false }] } });
    const two = { a: [{ x: 'a' }, { y: 'b' }] };
    expect([matches(narrow, two), matches(wide, two)]).toEqual([true, false]);
    expect(patternCovers(wide, narrow, nothing)).toBe(false);
  });

  it('what is excluded is not taken, though something else that is excluded lies elsewhere', () => {
    const wide = compilePattern({ x: [{ 'anything-but': ['ab', 'c'] }] });
    expect(patternCovers(wide, compilePattern({ x: [{ prefix: 'a' }] }), nothing)).toBe(false);
    expect(patternCovers(wide, compilePattern({ x: [{ prefix: 'abc' }] }), nothing)).toBe(true);
  });

  it('the same of findings, of which more is known', () => {
    let shared = 0;
    fc.assert(
      fc.property(alike(findingPattern), fc.array(finding, { maxLength: 6 }), ([a, b], found) => {
        const [wide, narrow] = [compilePattern(a), compilePattern(b)];
        if (!patternCovers(wide, narrow, findings)) return;
        for (const one of found.filter((each) => matches(narrow, each))) {
          shared += 1;
          expect(matches(wide, one)).toBe(true);
        }
      }),
      { numRuns },
    );
    expect(shared).toBeGreaterThan(numRuns / 100);
  });

  it('a rule that is said never to be asked is never the first that matches', () => {
    let accused = 0;
    const some = fc.array(findingPattern, { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(some, fc.array(finding, { minLength: 1, maxLength: 8 }), (patterns, found) => {
        const rules = patterns.map((when, at) => rule(`r${at}`, at, when));
        for (const { rule: never } of unreached(rules)) {
          accused += 1;
          for (const one of found) {
            const first = rules.find(({ when }) => matches(compilePattern(when), one));
            expect(first?.name).not.toBe(never.name);
          }
        }
      }),
      { numRuns },
    );
    expect(accused).toBeGreaterThan(numRuns / 100);
  });

  it('what can never hold matches no finding', () => {
    let accused = 0;
    fc.assert(
      fc.property(findingPattern, fc.array(finding, { minLength: 1, maxLength: 8 }), (when, found) => {
        const compiled = compilePattern(when);
        for (const branch of compiled.branches) {
          const hopeless = branch.some((field) => {
            const wrong = impossibleIn(field, findings).filter(({ code }) => code !== 'odd-value');
            return wrong.length === field.conditions.length || wrong.some(({ code }) => code === 'never-asked');
          });
          if (!hopeless && conflictIn(branch, findings) === null) continue;
          accused += 1;
          for (const one of found) expect(matches({ ...compiled, branches: [branch] }, one)).toBe(false);
        }
      }),
      { numRuns },
    );
    expect(accused).toBeGreaterThan(numRuns / 20);
  });

  it('patterns that are said never to meet match no finding both, and what takes everything takes each', () => {
    fc.assert(
      fc.property(alike(findingPattern), fc.array(finding, { minLength: 1, maxLength: 8 }), ([a, b], found) => {
        const [one, other] = [compilePattern(a), compilePattern(b)];
        const meet = mayMeet(one, other, findings, fullBudget());
        const all = everything(one, findings);
        for (const each of found) {
          if (!meet) expect(matches(one, each) && matches(other, each)).toBe(false);
          if (all) expect(matches(one, each)).toBe(true);
        }
      }),
      { numRuns },
    );
  });
});
