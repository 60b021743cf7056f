import { describe, expect, test } from 'vitest';
import { decideFinding, rulesConsidered } from '../../shared/plan/match.ts';
import { exemption, finding, now, rule, ruleSet } from './fakes.ts';

const set = ruleSet([rule({ name: 'r1' })]);

describe('decideFinding', () => {
  test('an open finding goes to the rule that matches', () => {
    expect(decideFinding(finding(), set, now)).toMatchObject({ decision: 'rule', rule: 'r1' });
    expect(rulesConsidered(finding(), set, now)).toEqual([{ rule: 'r1', matched: true, because: expect.any(String) }]);
  });

  test.each([
    [{ status: 'resolved' }, 'ignore', /no proof/],
    [{ status: 'suppressed' }, 'ignore', /suppressed/],
    [{ sample: true }, 'ignore', /sample/],
    [{ status: 'inconclusive' }, 'observe', /neither clean nor accused/],
  ] as const)('%j does not reach the rules', (fields, decision, reason) => {
    const matched = decideFinding(finding(fields), set, now);
    expect(matched).toMatchObject({ decision, rule: null });
    expect(rulesConsidered(finding(fields), set, now)).toEqual([]);
    expect(matched.reason).toMatch(reason);
  });

  test('without a rule it is ignored, and says so', () => {
    const other = ruleSet([rule({ name: 'r1', when: { type: ['Else'] } })]);
    expect(decideFinding(finding(), other, now)).toMatchObject({ decision: 'ignore', reason: 'No rule matches it.' });
  });

  test('that what is contained came back is told whatever the rules say, unless it is exempted', () => {
    const says = { field: 'status', part: 'sha256:1', value: 'ACTIVE' };
    const none = ruleSet([rule({ name: 'r1', when: { type: ['Else'] } })]);
    expect(decideFinding(finding({ says }), none, now)).toMatchObject({ decision: 'observe', rule: null });
    expect(decideFinding(finding({ says }), set, now)).toMatchObject({ decision: 'rule', rule: 'r1' });
    const exempt = ruleSet([], [exemption()]);
    expect(decideFinding(finding({ says }), exempt, now).decision).toBe('ignore');
  });

  test('an exemption takes it out, with owner and reason, until it expires', () => {
    const exempt = ruleSet([rule({ name: 'r1' })], [exemption()]);
    expect(decideFinding(finding(), exempt, now).reason).toBe('Exemption e1 of team-a takes it out: known');
    const expired = ruleSet([rule({ name: 'r1' })], [exemption({ expires: now.toISOString() })]);
    expect(decideFinding(finding(), expired, now).decision).toBe('rule');
  });

  test('an exemption from one rule leaves it to the next; with no other it is ignored, and says of which', () => {
    const from = exemption({ rules: ['r1'] });
    const two = ruleSet([rule({ name: 'r1' }), rule({ name: 'r2' })], [from]);
    expect(decideFinding(finding(), two, now)).toMatchObject({
      ...{ decision: 'rule', rule: 'r2' },
      exempted: [{ name: 'e1', takes: 'rule', rule: 'r1' }],
    });
    const one = ruleSet([rule({ name: 'r1' })], [from]);
    expect(decideFinding(finding(), one, now)).toMatchObject({
      decision: 'ignore',
      reason: 'Exemption e1 of team-a takes it out of rule r1, and no other matches: known',
    });
    const says = { field: 'status', part: 'sha256:1', value: 'ACTIVE' };
    expect(decideFinding(finding({ says }), one, now)).toMatchObject({ decision: 'observe' });
  });

  test('says nothing of exemptions where none took anything out', () => {
    expect(decideFinding(finding(), set, now)).not.toHaveProperty('exempted');
  });

  test('an exemption of some actions leaves the rule', () => {
    const partly = ruleSet([rule({ name: 'r1' })], [exemption({ actions: ['image.archive'] })]);
    expect(decideFinding(finding(), partly, now).decision).toBe('rule');
  });
});
