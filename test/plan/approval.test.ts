import { describe, expect, test } from 'vitest';
import { finding, rule, ruleSet } from './fakes.ts';
import { evidenceAlone, gone, only, planOf, quarantine } from './given.ts';

const approval = { when: ['always'] } as const;
const asked = rule({ name: 'asked', do: quarantine, approval });

describe('what a rule wants approved', () => {
  test('is held, and says that nobody can approve yet and what to do instead', () => {
    const plan = planOf({ set: ruleSet([asked]) });
    expect(plan).toMatchObject({ decision: 'hold', steps: evidenceAlone });
    expect(plan.reason).toMatch(
      /^Rule asked wants a person's approval, which cannot be given .* do it by hand, or take approval out .* It would: image\.archive it\.$/,
    );
    expect(plan.proposed.map(({ action }) => action)).toEqual(['image.archive']);
  });

  test('is held where another rule would do it at once', () => {
    const findings = [finding(), finding({ id: 'other', type: 'Other', severity: 1 })];
    const other = { ...asked, when: { type: ['Other'] }, order: 1 };
    const set = ruleSet([rule({ name: 'act', do: quarantine }), other]);
    expect(planOf({ set, findings }).decision).toBe('hold');
    expect(planOf({ set, findings: findings.slice(0, 1) }).decision).toBe('contain');
  });

  test('is not asked for where there is nothing to do, or the rule observes', () => {
    expect(planOf({ set: ruleSet([asked]), planned: only('image.archive', gone) }).decision).toBe('observe');
    expect(planOf({ set: ruleSet([{ ...asked, mode: 'observe' }]) }).decision).toBe('observe');
  });

  test('may still be looked at', () => {
    const look = rule({ name: 'look', do: [{ action: 'evidence.take', params: {} }], approval });
    expect(planOf({ set: ruleSet([look]) })).toMatchObject({ decision: 'observe', steps: evidenceAlone });
  });
});
