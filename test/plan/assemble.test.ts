import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Planned } from '../../shared/actions/contract.ts';
import { assemble } from '../../shared/plan/assemble.ts';
import { describePlan, planHash } from '../../shared/plan/describe.ts';
import { plannedUnread } from '../../shared/plan/steps.ts';
import { exemption, finding, image, rule, ruleSet } from './fakes.ts';
import { enforcing, evidenceAlone, gone, held, input, observing, only, planOf, quarantine } from './given.ts';

describe('a plan that contains', () => {
  const plan = planOf();

  test('has its steps in order, and says which rule and what', () => {
    expect(plan.decision).toBe('contain');
    expect(plan.reason).toBe('Rule r1: Vulnerabilities: 2 critical, 7 high, 31 low in payments/checkout-api');
    expect(plan.steps.map(({ action }) => action)).toEqual(['evidence.take', 'image.archive']);
    expect(plan.proposed).toEqual([]);
    expect(plan).toMatchObject({
      rule: { name: 'r1', mode: 'enforce' },
      rules: ['r1'],
      cause: 'unknown',
      class: 'C',
      owner: 'payments',
    });
  });

  test('carries in each step its key, what decides, its permissions and its undo', () => {
    const [, archiving] = plan.steps;
    expect(archiving?.key).toMatch(/^image\.archive image\/123456789012\/us-east-1\/payments\/checkout-api@sha256:/);
    expect(archiving).toMatchObject({ decisive: { use: 'no' }, direction: 'do', permissions: ['image.archive:Write'] });
    expect(archiving?.undo).toEqual({ possible: true, sentence: 'Put back image.archive.' });
    expect(plan.steps[0]?.permissions).toEqual(['evidence.take:Read']);
  });

  test('says what is skipped beside it', () => {
    const partly = planOf({ planned: only('evidence.take', gone) });
    expect(partly.steps.map(({ action }) => action)).toEqual(['image.archive']);
    expect(partly.notDone).toEqual(['evidence.take: It is archived already.']);
  });
});

describe('a containment that an action holds', () => {
  const plan = planOf({ planned: only('image.archive', held) });

  test('stores evidence and runs nothing else, and gives the reason', () => {
    expect(plan).toMatchObject({ decision: 'hold', reason: 'A service runs it.', steps: evidenceAlone });
    expect(plan.proposed.map(({ action }) => action)).toEqual(['image.archive']);
  });

  test('keeps what was seen', () => {
    expect(plan.seen).toContain('service checkout runs it');
  });

  test('under a rule that observes is observed, not held: nobody asked for it', () => {
    const observed = planOf({ set: observing, planned: only('image.archive', held) });
    expect(observed).toMatchObject({ decision: 'observe', steps: [] });
    expect(observed.reason).toContain('A service runs it.');
    expect(observed.seen).toContain('service checkout runs it');
  });

  test('evidence that is held does not hold the containment', () => {
    const other = planOf({ planned: only('evidence.take', held) });
    expect(other.decision).toBe('contain');
    expect(other.notDone).toEqual(['evidence.take: A service runs it.']);
  });
});

test('what the settings protect is asked about, whatever the action says', () => {
  const settings = { ...enforcing.settings, protected: [{ repository: [{ prefix: 'payments/' }] }] };
  const plan = planOf({ set: { ...enforcing, settings } });
  expect(plan).toMatchObject({
    decision: 'approve',
    steps: evidenceAlone,
    reason: expect.stringContaining('protected by the settings'),
  });
});

describe('an incident that is held as a whole', () => {
  const heldReason = 'Held until tomorrow after an undo.';

  test('stores evidence alone, and gives the reason', () => {
    const plan = planOf({ heldReason });
    expect(plan).toMatchObject({ decision: 'hold', reason: heldReason, steps: evidenceAlone });
    expect(plan.proposed).toHaveLength(1);
  });

  test('is not told as held when there is nothing to do, or no rule acts', () => {
    expect(planOf({ heldReason, planned: () => gone }).decision).toBe('observe');
    expect(planOf({ heldReason, set: observing }).decision).toBe('observe');
    expect(planOf({ heldReason, findings: [finding({ status: 'resolved' })] }).decision).toBe('ignore');
  });
});

describe('a rule that observes', () => {
  test('proposes and runs nothing', () => {
    const plan = planOf({ set: observing });
    expect(plan).toMatchObject({ decision: 'observe', steps: [], rule: { mode: 'observe' } });
    expect(plan.proposed).toHaveLength(2);
    expect(plan.reason).toBe(`Rule r1 observes and does not act. It would: ${plan.proposed[1]?.sentence}`);
  });

  test('keeps another rule from the same action on the same target', () => {
    const set = ruleSet([
      rule({ name: 'act', do: quarantine }),
      rule({ name: 'watch', when: { type: ['Other'] }, do: quarantine, mode: 'observe' }),
    ]);
    const findings = [finding(), finding({ id: 'other', type: 'Other', severity: 1 })];
    const plan = planOf({ set, findings });
    expect(plan).toMatchObject({ decision: 'observe', steps: evidenceAlone, rules: ['act', 'watch'] });
    expect(plan.reason).toBe(
      `Rule watch observes, and because of it the enforcing rule act does not act. It would: ${plan.proposed[0]?.sentence}`,
    );
    expect(planOf({ set, findings: findings.slice(0, 1) }).decision).toBe('contain');
  });

  test('for another step keeps nobody from acting: what it would do is proposed beside', () => {
    const set = ruleSet([
      rule({ name: 'act', do: [{ action: 'image.archive', params: {} }] }),
      rule({ name: 'watch', when: { type: ['Other'] }, do: [{ action: 'task.stop', params: {} }], mode: 'observe' }),
    ]);
    const plan = planOf({ set, findings: [finding(), finding({ id: 'other', type: 'Other', severity: 1 })] });
    expect(plan.decision).toBe('contain');
    expect(plan.steps.map(({ action }) => action)).toEqual(['image.archive']);
    expect(plan.proposed.map(({ action }) => action)).toEqual(['task.stop']);
  });

  test('keeps an enforcing rule from the step that both ask for, and so from the others of that plan', () => {
    const stop = { action: 'task.stop', params: {} };
    const watch = rule({ name: 'watch', when: { type: ['Other'] }, do: [stop], mode: 'observe' });
    const set = ruleSet([rule({ name: 'act', do: [...quarantine, stop] }), watch]);
    const plan = planOf({ set, findings: [finding(), finding({ id: 'other', type: 'Other', severity: 1 })] });
    expect(plan).toMatchObject({ decision: 'observe', steps: evidenceAlone });
    expect(plan.reason).toMatch(/^Rule watch observes, and because of it the enforcing rule act does not act\. /);
  });

  test('is named with the others that observe, beside all that enforce', () => {
    const set = ruleSet([
      rule({ name: 'act', do: quarantine }),
      rule({ name: 'act-too', when: { type: ['A'] }, do: quarantine }),
      rule({ name: 'watch', when: { type: ['B'] }, do: quarantine, mode: 'observe' }),
      rule({ name: 'watch-too', when: { type: ['C'] }, do: quarantine, mode: 'observe' }),
    ]);
    const findings = [finding(), ...['A', 'B', 'C'].map((type) => finding({ id: type, type, severity: 1 }))];
    expect(planOf({ set, findings }).reason).toMatch(
      /^Rules watch, watch-too observe, and because of them the enforcing rules act, act-too do not act\. They would: /,
    );
    expect(planOf({ set, findings: findings.slice(2) }).reason).toMatch(
      /^Rules watch, watch-too observe and do not act\. They would: /,
    );
  });

  test('does not keep evidence from being stored that another rule wants', () => {
    const look = [{ action: 'evidence.take', params: {} }];
    const act = rule({ name: 'act', do: look });
    const watch = rule({ name: 'watch', when: { type: ['Other'] }, do: look, mode: 'observe' });
    const findings = [finding(), finding({ id: 'other', type: 'Other', severity: 1 })];
    for (const rules of [
      [act, watch],
      [{ ...watch, order: 1 }, act],
    ]) {
      expect(planOf({ set: ruleSet(rules), findings }).steps).toMatchObject(evidenceAlone);
    }
    expect(planOf({ set: ruleSet([watch]), findings }).steps).toEqual([]);
  });

  test('only of evidence does not keep the containment from running', () => {
    const set = ruleSet([
      rule({ name: 'act', do: [{ action: 'image.archive', params: {} }] }),
      rule({
        name: 'watch',
        when: { type: ['Other'] },
        do: [{ action: 'evidence.take', params: {} }],
        mode: 'observe',
      }),
    ]);
    const plan = planOf({ set, findings: [finding(), finding({ id: 'other', type: 'Other', severity: 1 })] });
    expect(plan.steps.map(({ action }) => action)).toEqual(['image.archive']);
    expect(plan.proposed.map(({ action }) => action)).toEqual(['evidence.take']);
  });
});

describe('nothing to contain', () => {
  test('when it is so already: observed, with the reason, evidence not taken again', () => {
    const plan = planOf({ planned: only('image.archive', gone) });
    expect(plan).toMatchObject({ decision: 'observe', steps: [] });
    expect(plan.reason).toBe('Nothing to do: It is archived already.');
  });

  test('when no rule matches: ignored with the reason of the finding', () => {
    const plan = planOf({ findings: [finding({ type: 'Else' })] });
    expect(plan).toMatchObject({
      decision: 'ignore',
      reason: 'No rule matches it.',
      rule: null,
      cause: null,
      steps: [],
    });
  });

  test('when a scan did not finish: observed, not ignored', () => {
    const findings = [finding({ status: 'inconclusive' }), finding({ id: 'x', status: 'resolved' })];
    expect(planOf({ findings })).toMatchObject({ decision: 'observe', rule: null });
    expect(planOf({ findings }).reason).toContain('could not tell');
  });

  test('when every action is exempted: observed, with the exemption', () => {
    const set = ruleSet(enforcing.rules, [exemption({ actions: ['image.archive', 'evidence.take'] })]);
    expect(planOf({ set })).toMatchObject({ decision: 'observe', steps: [] });
    expect(planOf({ set }).reason).toContain('exemption e1');
  });

  test('when the rule wants it contained and the event named no digest: held for a person', () => {
    const unnamed = finding({ resource: { ...image, digest: null } });
    expect(planOf({ findings: [unnamed] })).toMatchObject({ decision: 'hold', steps: [] });
    expect(planOf({ findings: [unnamed], set: observing }).decision).toBe('observe');
  });
});

test('evidence alone runs', () => {
  const set = ruleSet([rule({ name: 'look', do: [{ action: 'evidence.take', params: {} }] })]);
  expect(planOf({ set }).steps.map(({ action }) => action)).toEqual(['evidence.take']);
});

describe('the account was not read', () => {
  test('the sentence says so, and nothing decides', () => {
    const given = input({});
    const proposals = given.proposals.map((one) => ({
      ...one,
      planned: plannedUnread(one.proposal.action, one.proposal.target),
      observed: null,
      unobserved: 'no account file',
    }));
    const plan = assemble({ ...given, proposals });
    expect(plan.steps[1]?.sentence).toMatch(/^Do image\.archive: .* \(the account was not read: no account file\)$/);
    expect(plan.steps[1]?.decisive).toEqual({});
    expect(plan.owner).toBe('unknown');
  });
});

describe('what rules say about paging', () => {
  const findings = [finding(), finding({ id: 'other', type: 'Other', severity: 1 })];
  const set = (a: object, b: object) =>
    ruleSet([rule({ name: 'a', page: a }), rule({ name: 'b', when: { type: ['Other'] }, page: b })]);
  test('the higher tier wins; a silent rule counts as the default', () => {
    expect(planOf({ findings, set: set({ held: 'notice' }, { held: 'digest' }) }).page).toEqual({ held: 'notice' });
    expect(planOf({ findings, set: set({ held: 'notice' }, {}) }).page).toEqual({ held: 'page' });
    expect(planOf({ findings, set: set({ contained: 'notice' }, {}) }).page).toEqual({ contained: 'notice' });
    expect(planOf({ findings, set: set({}, {}) }).page).toEqual({});
  });
});

describe('every plan', () => {
  const outcomes = fc.constantFrom<Planned | undefined>(undefined, held, gone);
  const given = fc.record({
    archiving: outcomes,
    taking: outcomes,
    set: fc.constantFrom(enforcing, observing),
    heldReason: fc.constantFrom(null, 'held'),
  });

  test('changes something exactly when it contains, and never what an action held or a rule observes', () => {
    fc.assert(
      fc.property(given, ({ archiving, taking, set, heldReason }) => {
        const plan = planOf({ set, heldReason, planned: (name) => (name === 'image.archive' ? archiving : taking) });
        const changing = plan.steps.filter(({ facts }) => facts.changes);
        expect(changing.length > 0).toBe(plan.decision === 'contain');
        if (set === observing) expect(plan.steps).toEqual([]);
        if (heldReason !== null || archiving !== undefined) expect(changing).toEqual([]);
        expect(plan.reason).not.toBe('');
      }),
    );
  });

  test('is the same, with the same hash, in whatever order findings and proposals came', () => {
    const findings = [finding(), finding({ id: 'b', severity: 3 }), finding({ id: 'a', severity: 3 })];
    const base = input({ findings });
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...base.matched], { minLength: 3 }),
        fc.shuffledSubarray([...base.proposals], { minLength: 2 }),
        (matched, proposals) => {
          expect(planHash(assemble({ ...base, matched, proposals }))).toBe(planHash(assemble(base)));
        },
      ),
    );
    expect(planHash(planOf())).not.toBe(planHash(planOf({ set: observing })));
  });

  test('prints as sentences', () => {
    expect(describePlan(planOf())).toEqual([
      'contain: Rule r1: Vulnerabilities: 2 critical, 7 high, 31 low in payments/checkout-api',
      '1. evidence.take: evidence.take it. Put back evidence.take.',
      '2. image.archive: image.archive it. Put back image.archive.',
    ]);
    expect(describePlan(planOf({ set: observing }))).toContain('Would be done:');
    expect(describePlan(planOf({ planned: only('evidence.take', gone) }))).toContain(
      'Not done: evidence.take: It is archived already.',
    );
  });
});
