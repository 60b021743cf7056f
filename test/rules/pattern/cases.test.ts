import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../shared/rules/pattern/compile.ts';
import { PatternError } from '../../../shared/rules/pattern/error.ts';
import { whyNot } from '../../../shared/rules/pattern/explain.ts';
import { matches } from '../../../shared/rules/pattern/match.ts';

interface Case {
  readonly pattern: unknown;
  readonly event: unknown;
  readonly expect: 'yes' | 'no' | 'invalid';
}

const cases = readFileSync(new URL('./cases.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line): Case => JSON.parse(line));

function decide({ pattern, event }: Case): string {
  try {
    return matches(compilePattern(pattern), event) ? 'yes' : 'no';
  } catch (error) {
    if (error instanceof PatternError) return 'invalid';
    throw error;
  }
}

describe("what AWS's own matcher decides", () => {
  it('covers all three answers', () => {
    expect(new Set(cases.map((one) => one.expect))).toEqual(new Set(['yes', 'no', 'invalid']));
    expect(cases.length).toBe(380);
  });

  it.each(cases.map((one, at) => ({ ...one, line: at + 1 })))('agrees with line $line: $expect', (one) => {
    expect(decide(one), JSON.stringify(one)).toBe(one.expect);
  });

  it('gives a reason for each "no", and none for each "yes"', () => {
    for (const one of cases.filter(({ expect: wanted }) => wanted !== 'invalid')) {
      const reason = whyNot(compilePattern(one.pattern), one.event);
      expect(reason === null, JSON.stringify(one)).toBe(one.expect === 'yes');
      expect(reason?.because ?? 'fits').not.toBe('');
    }
  });
});
