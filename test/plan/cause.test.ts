import { describe, expect, test } from 'vitest';
import { causeOf, classOf, firstCause, worstClass } from '../../shared/plan/cause.ts';
import { decideFinding } from '../../shared/plan/match.ts';
import { finding, now, rule, ruleSet } from './fakes.ts';

const set = ruleSet([rule({ name: 'r1' })]);
const taken = decideFinding(finding(), set, now);
const closed = decideFinding(finding({ status: 'resolved' }), set, now);

describe('the cause', () => {
  test('of a vulnerability is unknown: a weakness is neither malware nor an intruder', () => {
    expect(causeOf([taken, closed])).toBe('unknown');
  });

  test('is null when no rule took a finding: nothing is decided', () => {
    expect(causeOf([closed])).toBeNull();
    expect(causeOf([])).toBeNull();
  });

  test('is the first that holds: image, then intrusion, then unknown', () => {
    expect(firstCause(['unknown', 'intrusion', 'image'])).toBe('image');
    expect(firstCause(['unknown', 'intrusion'])).toBe('intrusion');
    expect(firstCause(['unknown'])).toBe('unknown');
    expect(firstCause([])).toBeNull();
  });
});

describe('the class', () => {
  test('of a vulnerability is C', () => {
    expect(classOf([taken])).toBe('C');
  });

  test('is the worst among several', () => {
    expect(worstClass(['C', 'B', 'A'])).toBe('A');
    expect(worstClass(['C', 'B'])).toBe('B');
    expect(worstClass([])).toBe('C');
  });
});
