import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../shared/finding/finding.ts';
import { decideFinding } from '../../shared/plan/match.ts';
import { propose } from '../../shared/plan/propose.ts';
import type { RuleSet } from '../../shared/rules/rule.ts';
import { archive, evidence, exemption, finding, image, now, rule, ruleSet } from './fakes.ts';

const catalogue = [evidence, archive];
const proposed = (findings: readonly Finding[], set: RuleSet) =>
  propose(
    findings.map((one) => decideFinding(one, set, now)),
    set,
    catalogue,
    now,
  );

const severe = finding();
const mild = finding({ id: 'z', severity: 4, label: 'medium', type: 'PACKAGE_VULNERABILITY' });
const both = ruleSet([
  rule({
    name: 'act',
    do: [
      { action: 'evidence.take', params: {} },
      { action: 'image.archive', params: {} },
    ],
  }),
  rule({
    name: 'watch',
    when: { type: ['PACKAGE_VULNERABILITY'] },
    mode: 'observe',
    do: [{ action: 'image.archive', params: { a: 1 } }],
  }),
]);

describe('propose', () => {
  test('takes each action of the rule on the resource of its finding', () => {
    const { proposals, notDone } = proposed([severe], both);
    expect(proposals.map(({ action, mode, rules }) => [action.name, mode, rules])).toEqual([
      ['evidence.take', 'enforce', ['act']],
      ['image.archive', 'enforce', ['act']],
    ]);
    expect(proposals[0]?.target).toMatchObject({ kind: 'image', account: '123456789012', region: 'us-east-1' });
    expect(notDone).toEqual([]);
  });

  test('the same action on the same target is one proposal, in the stricter mode, with both rules', () => {
    const { proposals, notDone } = proposed([mild, severe], both);
    const archiving = proposals.filter(({ action }) => action.name === 'image.archive');
    expect(archiving).toHaveLength(1);
    expect(archiving[0]).toMatchObject({ mode: 'observe', observing: ['watch'], rules: ['act', 'watch'], params: {} });
    expect(notDone).toEqual([expect.stringContaining('rule watch has other parameters; those of rule act apply')]);
  });

  test('the stricter mode is that of the rule that observes, whichever finding is the more severe', () => {
    const { proposals } = proposed([{ ...mild, severity: 10 }, severe], both);
    expect(proposals.find(({ action }) => action.name === 'image.archive')).toMatchObject({
      mode: 'observe',
      observing: ['watch'],
      rules: ['watch', 'act'],
    });
  });

  test('an action that only one rule asks for keeps its mode', () => {
    const { proposals } = proposed([mild, severe], both);
    expect(proposals.find(({ action }) => action.name === 'evidence.take')?.mode).toBe('enforce');
  });

  test('an exempted action is left out and said; the others stay', () => {
    const set = ruleSet(both.rules, [exemption({ actions: ['image.archive'] })]);
    const { proposals, notDone } = proposed([severe], set);
    expect(proposals.map(({ action }) => action.name)).toEqual(['evidence.take']);
    expect(notDone).toEqual([expect.stringContaining('exemption e1 of team-a leaves it out: known')]);
  });

  test('an image without a digest is no target, and said', () => {
    const unnamed = finding({ resource: { ...image, digest: null, id: 'payments/checkout-api' } });
    const { proposals, notDone } = proposed([unnamed], both);
    expect(proposals).toEqual([]);
    expect(notDone).toContain(
      'image.archive on payments/checkout-api: the event named no digest, and a tag is no identity.',
    );
  });

  test('an action that does not exist here is said, not forgotten', () => {
    const set = ruleSet([rule({ name: 'r', do: [{ action: 'no.such', params: {} }] })]);
    expect(proposed([severe], set)).toEqual({ proposals: [], notDone: [expect.stringContaining('does not exist')] });
  });

  test('an action that does not act on this kind of target is said, not tried', () => {
    const set = ruleSet([rule({ name: 'r' })]);
    const { proposals, notDone } = propose(
      [decideFinding(severe, set, now)],
      set,
      [{ ...archive, targets: ['role'] }],
      now,
    );
    expect(proposals).toEqual([]);
    expect(notDone).toEqual([
      expect.stringMatching(
        /^image\.archive on .*: it acts on role, and nothing of that kind is known to belong to image /,
      ),
    ]);
  });

  test('findings that no rule took propose nothing', () => {
    expect(proposed([finding({ status: 'resolved' })], both).proposals).toEqual([]);
  });

  test('does not depend on the order of the findings', () => {
    const findings = [severe, mild, finding({ id: 'y', severity: null, label: 'unknown' })];
    fc.assert(
      fc.property(fc.shuffledSubarray(findings, { minLength: 3 }), (shuffled) => {
        expect(proposed(shuffled, both)).toEqual(proposed(findings, both));
      }),
    );
  });
});
