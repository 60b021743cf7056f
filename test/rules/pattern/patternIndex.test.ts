import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CompiledPattern, compilePattern } from '../../../shared/rules/pattern/compile.ts';
import { why, whyBranch } from '../../../shared/rules/pattern/explain.ts';
import { matches } from '../../../shared/rules/pattern/match.ts';
import { indexPatterns } from '../../../shared/rules/pattern/patternIndex.ts';
import { event, pattern } from './randomPatterns.ts';

const found = (patterns: readonly CompiledPattern[], about: unknown): readonly number[] =>
  [...indexPatterns(patterns).hits(about)].map(({ at }) => at);

const oneByOne = (patterns: readonly CompiledPattern[], about: unknown): readonly number[] =>
  patterns.flatMap((one, at) => (matches(one, about) ? [at] : []));

describe('what the index finds', () => {
  it('is what trying each pattern in turn gives, in the same order', () => {
    let hits = 0;
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 12 }), event, (written, about) => {
        const patterns = written.map(compilePattern);
        const wanted = oneByOne(patterns, about);
        hits += wanted.length;
        expect(found(patterns, about)).toEqual(wanted);
      }),
      { numRuns: 2000 },
    );
    expect(hits).toBeGreaterThan(1000);
  });

  it("is what AWS's own matcher decides, with all patterns of the cases in one index", () => {
    const cases = readFileSync(new URL('./cases.jsonl', import.meta.url), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ expect: wanted }) => wanted !== 'invalid');
    const patterns = cases.map((one) => compilePattern(one.pattern));
    const index = indexPatterns(patterns);
    for (const [at, one] of cases.entries()) {
      const hits = [...index.hits(one.event)].map((hit) => hit.at);
      expect(hits.includes(at), JSON.stringify(one)).toBe(one.expect === 'yes');
      expect(hits).toEqual(oneByOne(patterns, one.event));
    }
  });

  it('names the first branch that matches, so that why says the same', () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 6 }), event, (written, about) => {
        const patterns = written.map(compilePattern);
        for (const hit of indexPatterns(patterns).hits(about)) {
          const one = patterns[hit.at];
          expect(whyBranch(hit.branch, hit.event)).toBe(one === undefined ? '' : why(one, about));
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('what the index looks at', () => {
  /** How many values are held against conditions of the pattern. */
  function counted(written: unknown): { readonly compiled: CompiledPattern; readonly asked: () => number } {
    let asked = 0;
    const compiled = compilePattern(written);
    const branches = compiled.branches.map((branch) =>
      branch.map((field) => ({
        ...field,
        conditions: field.conditions.map((condition) =>
          condition.kind === 'absent'
            ? condition
            : {
                ...condition,
                accepts: (value: Parameters<typeof condition.accepts>[0]) => {
                  asked += 1;
                  return condition.accepts(value);
                },
              },
        ),
      })),
    );
    return { compiled: { ...compiled, branches }, asked: () => asked };
  }

  const about = { type: 'ImageScan', severity: 9, resource: { repository: 'shop/api' }, tags: ['1.0'] };
  const severity = [{ numeric: ['>=', 0] }];

  it.each([
    ['another value', { type: ['Else'], severity }],
    ['another value, rarer than one that fits', { type: ['ImageScan'], resource: { repository: ['shop/web'] } }],
    ['another beginning', { type: [{ prefix: 'Execution:' }], severity }],
    ['another beginning of a wildcard', { type: [{ wildcard: 'Execution:*Shell' }], severity }],
    ['a field that is not there', { threat: { role: [{ 'anything-but': 'actor' }] }, severity }],
    ['one of several in each branch', { $or: [{ type: ['A', 'B'] }, { label: ['critical'] }], severity }],
  ])('is no pattern that asks for %s', (_, written) => {
    const one = counted(written);
    const common = compilePattern({ type: ['ImageScan'], severity });
    expect(found([common, one.compiled, common], about)).toEqual([0, 2]);
    expect(one.asked()).toBe(0);
  });

  it('is one that asks for nothing that must be there', () => {
    expect(found([compilePattern({ threat: [{ exists: false }] })], about)).toEqual([0]);
  });

  it('grows with what fits, not with how many there are', () => {
    const all = Array.from({ length: 2000 }, (_, n) =>
      counted({ type: ['ImageScan'], severity, resource: { repository: [`team-${n}/app`] } }),
    );
    const index = indexPatterns(all.map(({ compiled }) => compiled));
    const mine = { ...about, resource: { repository: 'team-1234/app' } };
    expect([...index.hits(mine)].map(({ at }) => at)).toEqual([1234]);
    expect(all.filter(({ asked }) => asked() > 0)).toHaveLength(1);
  });

  it('is nothing after the one that was asked for', () => {
    const all = Array.from({ length: 50 }, () => counted({ type: ['ImageScan'] }));
    for (const { at } of indexPatterns(all.map(({ compiled }) => compiled)).hits(about)) {
      expect(at).toBe(0);
      break;
    }
    expect(all.filter(({ asked }) => asked() > 0)).toHaveLength(1);
  });
});
