import { describe, expect, test } from 'vitest';
import type { Planned } from '../../shared/actions/contract.ts';
import { assemble } from '../../shared/plan/assemble.ts';
import { protectedHow } from '../../shared/plan/protection.ts';
import type { Observation } from '../../shared/plan/steps.ts';
import type { RuleSet } from '../../shared/rules/rule.ts';
import { rule, ruleSet } from './fakes.ts';
import { evidenceAlone, gone, input, only, planOf, quarantine } from './given.ts';

describe('what the settings protect', () => {
  const protecting = (
    pattern: RuleSet['settings']['protected'][number],
    mode: 'enforce' | 'observe' = 'enforce',
  ): RuleSet => {
    const base = ruleSet([rule({ name: 'r1', do: quarantine, mode })]);
    return { ...base, settings: { ...base.settings, protected: [pattern] } };
  };
  const payments = { repository: [{ prefix: 'payments/' }] };

  test('is asked of a person, with what would be done and what was seen', () => {
    const plan = planOf({ set: protecting(payments) });
    expect(plan).toMatchObject({ decision: 'approve', steps: evidenceAlone });
    expect(plan.reason).toMatch(/is protected by the settings, .* It would: image\.archive it\.$/);
    expect(plan.seen).toContain('graph line');
  });

  test('is nothing else, and no more than that', () => {
    expect(planOf({ set: protecting({ repository: [{ prefix: 'base/' }] }) }).decision).toBe('contain');
    expect(planOf({ set: protecting(payments, 'observe') }).decision).toBe('observe');
    expect(planOf({ set: protecting(payments), planned: () => gone }).decision).toBe('observe');
  });

  test('is asked about where it would only be changed together with the target', () => {
    const base = { repository: [{ prefix: 'base/' }] };
    const given = input({ set: protecting(base) });
    const proposals = given.proposals.map((one) => {
      const { target } = one.proposal;
      const other = { ...target, id: 'base/os', repository: 'base/os' };
      return { ...one, proposal: { ...one.proposal, members: [target, other] } };
    });
    expect(assemble({ ...given, proposals })).toMatchObject({ decision: 'approve', steps: evidenceAlone });
    expect(assemble(given).decision).toBe('contain');
  });

  test('may be changed by what stops nothing that is not replaced at once', () => {
    const sparing = (one: boolean): Planned => ({
      kind: 'step',
      sentence: 'Replace the accused task.',
      undo: { possible: false, why: 'It is replaced.' },
      sparing: one,
    });
    const set = protecting(payments);
    expect(planOf({ set, planned: only('image.archive', sparing(true)) }).decision).toBe('contain');
    expect(planOf({ set, planned: only('image.archive', sparing(false)) }).decision).toBe('approve');
  });

  test('may still be looked at', () => {
    const look = ruleSet([rule({ name: 'look', do: [{ action: 'evidence.take', params: {} }] })]);
    const set = { ...look, settings: { ...look.settings, protected: [payments] } };
    expect(planOf({ set }).steps.map(({ action }) => action)).toEqual(['evidence.take']);
  });
});

describe('what an action observed as protected', () => {
  const by = (protectedBy: string | null, mode: 'enforce' | 'observe' = 'enforce') => {
    const set = ruleSet([rule({ name: 'r1', do: quarantine, mode })]);
    const given = input({ set });
    const proposals = given.proposals.map((one) => ({ ...one, observed: { ...one.observed, protectedBy } }));
    return assemble({ ...given, proposals });
  };

  test('is asked of a person, with the reason and what would be done', () => {
    const plan = by('tag firebreak:protected');
    expect(plan).toMatchObject({ decision: 'approve', steps: evidenceAlone });
    expect(plan.reason).toMatch(/ counts as protected \(tag firebreak:protected\), .* It would: image\.archive it\.$/);
    expect(plan.seen).toContain('graph line');
  });

  test('is asked about only where it is, and where something would be done', () => {
    expect(by(null).decision).toBe('contain');
    expect(by('').decision).toBe('contain');
    expect(by('tag firebreak:protected', 'observe').decision).toBe('observe');
  });
});

test('of a task it is said who may have set the tag, where it is the task’s own', () => {
  const how = (protectedBy: string) =>
    protectedHow({ proposal: { target: { kind: 'ecs-task' } }, observed: { protectedBy } } as unknown as Observation, {
      protected: [],
    });
  expect(how('tag firebreak:protected of the task')).toBe(
    'counts as protected (tag firebreak:protected of the task) (what runs in it may have set the tag, if its role may)',
  );
  expect(how('tag firebreak:protected of cluster prod')).toBe(
    'counts as protected (tag firebreak:protected of cluster prod)',
  );
});
