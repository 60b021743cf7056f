import { describe, expect, test } from 'vitest';
import { causeOf, classOf, firstCause, worstClass } from '../../shared/plan/cause.ts';
import { decideFinding } from '../../shared/plan/match.ts';
import type { Matched } from '../../shared/plan/plan.ts';
import { finding, now, rule, ruleSet } from './fakes.ts';

const set = ruleSet([rule({ name: 'r1' })]);
const taken = decideFinding(finding(), set, now);
const closed = decideFinding(finding({ status: 'resolved' }), set, now);
const causeAmong = (matched: readonly Matched[]) =>
  causeOf({ matched, accused: new Map(), earlier: [], causeWindowMinutes: 60 });
const because = (cause: 'image' | 'intrusion' | 'unknown') => ({ cause, why: `${cause}.` });

describe('the cause', () => {
  test('is null where nobody is at work: a weakness is neither malware nor an intruder', () => {
    expect(causeAmong([taken, closed])).toBeNull();
  });

  test('is null when no rule took a finding: nothing is decided', () => {
    expect(causeAmong([closed])).toBeNull();
    expect(causeAmong([])).toBeNull();
  });

  test('is the first that holds: image, then intrusion, then unknown', () => {
    expect(firstCause([because('unknown'), because('intrusion'), because('image')])).toEqual(because('image'));
    expect(firstCause([because('unknown'), because('intrusion')])).toEqual(because('intrusion'));
    expect(firstCause([because('unknown')])).toEqual(because('unknown'));
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
