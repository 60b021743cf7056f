import { describe, expect, test } from 'vitest';
import type { Planned } from '../../shared/actions/contract.ts';
import { type Answers, noAnswers } from '../../shared/plan/approval.ts';
import { assemble } from '../../shared/plan/assemble.ts';
import type { Answer, Plan } from '../../shared/plan/plan.ts';
import type { Approval, RuleSet } from '../../shared/rules/rule.ts';
import { archive, finding, now, rule, ruleSet, step } from './fakes.ts';
import { evidenceAlone, gone, input, only, planOf, quarantine, stop } from './given.ts';

const approval: Approval = { when: ['always'] };
const asked = rule({ name: 'asked', do: quarantine, approval });
const setOf = (terms: Partial<Approval> = {}): RuleSet => ruleSet([{ ...asked, approval: { ...approval, ...terms } }]);

const inTime: Partial<Approval> = { timeout: 'PT10M' };
const end = '2026-11-20T10:10:00.000Z';
const afterwards = new Date('2026-11-20T10:10:01.000Z');

const planWith = (set: RuleSet, answers: Partial<Answers>, planned?: (name: string) => Planned | undefined): Plan =>
  assemble({
    ...input({ set, ...(planned === undefined ? {} : { planned }) }),
    answers: { ...noAnswers(now), ...answers },
  });

const answerTo = ({ asks }: Plan, fields: Partial<Answer> = {}): Answer => ({
  kind: 'approve',
  steps: asks?.steps ?? [],
  by: 'ana',
  reason: 'it is ours',
  at: now.toISOString(),
  ...fields,
});

const actionsOf = (steps: Plan['steps']): readonly string[] => steps.map(({ action }) => action);

describe('what a rule wants approved', () => {
  test('is asked, with what would be done, and nothing of it is done', () => {
    const plan = planOf({ set: setOf() });
    expect(plan).toMatchObject({ decision: 'approve', steps: evidenceAlone });
    expect(plan.reason).toBe("Rule asked wants a person's approval of this. It would: image.archive it.");
    expect(actionsOf(plan.proposed)).toEqual(['image.archive']);
    expect(plan.asks).toMatchObject({ until: null, onTimeout: 'hold', would: ['image.archive it.'], least: [] });
    expect(plan.asks).not.toHaveProperty('late');
    expect(plan.stops).toMatchObject([{ kind: 'approval', of: plan.asks?.hash, until: null }]);
  });

  test('is asked where another rule would do it at once', () => {
    const findings = [finding(), finding({ id: 'other', type: 'Other', severity: 1 })];
    const other = { ...asked, when: { type: ['Other'] }, order: 1 };
    const set = ruleSet([rule({ name: 'act', do: quarantine }), other]);
    expect(planOf({ set, findings }).decision).toBe('approve');
    expect(planOf({ set, findings: findings.slice(0, 1) }).decision).toBe('contain');
  });

  test('is not asked where there is nothing to do, or the rule observes, or asks about what is protected alone', () => {
    expect(planOf({ set: setOf(), planned: only('image.archive', gone) }).decision).toBe('observe');
    expect(planOf({ set: ruleSet([{ ...asked, mode: 'observe' }]) })).not.toHaveProperty('asks');
    expect(planOf({ set: setOf({ when: ['protected'] }) }).decision).toBe('contain');
  });

  test('may still be looked at', () => {
    const look = rule({ name: 'look', do: [{ action: 'evidence.take', params: {} }], approval });
    expect(planOf({ set: ruleSet([look]) })).toMatchObject({ decision: 'observe', steps: evidenceAlone });
  });

  test('is no matter for the morning where somebody is at work, however mild the finding is by itself', () => {
    const cause = { cause: 'unknown', why: 'A task did it.' } as const;
    expect(assemble({ ...input({ set: setOf() }), cause })).toMatchObject({ decision: 'approve', class: 'B' });
    expect(assemble(input({ set: setOf() })).class).toBe('C');
  });

  test('was asked before it was begun: what stands is not asked about', () => {
    const given = input({ set: setOf() });
    const proposals = given.proposals.map((one) => ({ ...one, kept: true as const }));
    expect(assemble({ ...given, proposals }).decision).toBe('contain');
  });
});

describe('an answer', () => {
  const plan = planOf({ set: setOf() });

  test('that says yes lets it be done, and says who', () => {
    const done = planWith(setOf(), { given: [answerTo(plan)] });
    expect(done).toMatchObject({ decision: 'contain', approved: [{ how: 'person', by: 'ana' }] });
    expect(actionsOf(done.steps)).toContain('image.archive');
    expect(done).not.toHaveProperty('asks');
  });

  test('that says no keeps it from being done, whatever else is said and whenever', () => {
    const set = setOf({ ...inTime, onTimeout: 'proceed' });
    const asking = planOf({ set });
    const late = {
      asked: { hash: asking.asks?.hash ?? '', steps: asking.asks?.steps ?? [], until: end },
      now: afterwards.toISOString(),
    };
    for (const given of [
      [answerTo(asking, { kind: 'reject' })],
      [answerTo(asking), answerTo(asking, { kind: 'reject' })],
    ]) {
      const held = planWith(set, { given, ...late });
      expect(held).toMatchObject({ decision: 'hold', rejected: { by: 'ana' }, steps: evidenceAlone });
      expect(held.reason).toMatch(/^A person has said no \(ana, .*: it is ours\)\. It would: image\.archive it\.$/);
      expect(held).not.toHaveProperty('asks');
    }
  });

  test('is none to anything that would come out otherwise: that is asked again', () => {
    const given = input({ set: setOf() });
    const changed = given.proposals.map((one) => ({ ...one, observed: { ...one.observed, use: 'yes' } }));
    const again = assemble({ ...given, proposals: changed, answers: { ...noAnswers(now), given: [answerTo(plan)] } });
    expect(again.decision).toBe('approve');
    expect(again.asks?.hash).not.toBe(plan.asks?.hash);
    const volatile = given.proposals.map((one) => ({ ...one, observed: { ...one.observed, when: 'later' } }));
    expect(assemble({ ...given, proposals: volatile }).asks?.hash).toBe(plan.asks?.hash);
  });

  test('is none to the same with another end: whoever was told that it stays as it is has not agreed to that', () => {
    const loose = { ...inTime, onTimeout: 'proceed' } as const;
    expect(planOf({ set: setOf(loose) }).asks?.hash).not.toBe(planOf({ set: setOf(inTime) }).asks?.hash);
    const { asks } = planOf({ set: setOf(inTime) });
    const known = { hash: asks?.hash ?? '', steps: asks?.steps ?? [], until: end };
    expect(planWith(setOf(loose), { asked: known, now: end }).decision).toBe('approve');
  });

  test('that was given before an undo is to another question', () => {
    expect(planWith(setOf(), { since: '2026-11-20T09:00:00.000Z' }).asks?.hash).not.toBe(plan.asks?.hash);
  });
});

describe('the time to answer', () => {
  const asksOf = (terms: Partial<Approval>) => planOf({ set: setOf(terms) }).asks;

  test('begins with the question, and does not begin again with the same', () => {
    const asks = asksOf(inTime);
    expect(asks?.until).toBe(end);
    const known = { hash: asks?.hash ?? '', steps: asks?.steps ?? [], until: '2026-11-20T10:05:00.000Z' };
    expect(planWith(setOf(inTime), { asked: known }).asks?.until).toBe('2026-11-20T10:05:00.000Z');
    expect(planWith(setOf(inTime), { asked: { ...known, hash: 'another' } }).asks?.until).toBe(end);
  });

  test.each([
    ['hold', undefined],
    ['proceed', 'image.archive'],
    ['minimum', undefined],
  ] as const)('is over: %s', (onTimeout, does) => {
    const asks = asksOf({ ...inTime, onTimeout });
    const known = { hash: asks?.hash ?? '', steps: asks?.steps ?? [], until: end };
    const set = setOf({ ...inTime, onTimeout });
    expect(actionsOf(planWith(set, { asked: known }).steps)).toEqual(['evidence.take']);
    const over = planWith(set, { asked: known, now: end });
    expect(actionsOf(over.steps).includes('image.archive')).toBe(does !== undefined);
    if (does === undefined) expect(over.asks).toMatchObject({ late: true, until: end });
    else expect(over.approved).toMatchObject([{ how: 'time-out', at: end }]);
  });

  test('is that of the rule that waits longest and does least', () => {
    const findings = [finding(), finding({ id: 'other', type: 'Other', severity: 1 })];
    const terms = (a: Partial<Approval>, b: Partial<Approval>) =>
      planOf({
        findings,
        set: ruleSet([
          { ...asked, approval: { ...approval, ...a } },
          { ...asked, name: 'b', when: { type: ['Other'] }, approval: { ...approval, ...b } },
        ]),
      }).asks;
    const loose = { timeout: 'PT10M', onTimeout: 'proceed' } as const;
    expect(terms(loose, { timeout: 'PT20M', onTimeout: 'minimum' })).toMatchObject({
      until: '2026-11-20T10:20:00.000Z',
      onTimeout: 'minimum',
    });
    expect(terms(loose, {})).toMatchObject({ until: null, onTimeout: 'hold' });
  });
});

describe('the least of it', () => {
  const least = (planned: Planned) => ({
    ...stop,
    minimum: () => ({ least: true }),
    plan: (_target: unknown, params: object) => ('least' in params ? planned : step(stop)),
  });
  const spare: Planned = { ...step(stop), kind: 'step', sentence: 'Stop the accused task.', sparing: true } as Planned;
  const set = ruleSet([
    rule({
      name: 'r',
      do: [{ action: 'task.stop', params: {} }],
      approval: { ...approval, timeout: 'PT10M', onTimeout: 'minimum' },
    }),
  ]);
  const planned = (does: Planned, answers: Partial<Answers>, protectedBy: string | null = null): Plan => {
    const given = input({ set });
    const proposals = given.proposals.map((one) => ({
      ...one,
      observed: { ...one.observed, protectedBy },
      proposal: { ...one.proposal, action: least(does) as never },
    }));
    return assemble({ ...given, proposals, answers: { ...noAnswers(now), ...answers } });
  };

  test('is shown, done when somebody wants that alone, and done when nobody answers', () => {
    const { asks } = planned(spare, {});
    expect(asks).toMatchObject({ would: ['task.stop it.'], least: ['Stop the accused task.'] });
    const answer = answerTo({ asks } as Plan, { only: 'minimum' });
    const known = { hash: asks?.hash ?? '', steps: asks?.steps ?? [], until: end };
    for (const answers of [{ given: [answer] }, { asked: known, now: end }]) {
      const done = planned(spare, answers);
      expect(done.steps).toMatchObject([{ sentence: 'Stop the accused task.', params: { least: true } }]);
      expect(done.approved).toMatchObject([{ only: 'minimum' }]);
    }
  });

  test('is nothing where the action knows none, or would have to ask about that, too', () => {
    const hold: Planned = { kind: 'hold', reason: 'Not even that.', seen: [] };
    expect(planned(hold, {}).asks?.least).toEqual([]);
    const harsh = { ...spare, sparing: false } as Planned;
    expect(planned(harsh, {}).asks?.least).toEqual(['Stop the accused task.']);
    expect(planned(harsh, {}, 'a tag').asks?.least).toEqual([]);
    expect(planned(spare, {}, 'a tag').asks?.least).toEqual(['Stop the accused task.']);
  });
});

describe('what needs what a person is asked about', () => {
  const stopping = rule({ name: 's', do: [{ action: 'task.stop', params: {} }], approval });
  const archiving = rule({ name: 'a', when: { type: ['Other'] }, do: [{ action: 'image.archive', params: {} }] });
  const findings = [finding(), finding({ id: 'other', type: 'Other', severity: 1 })];
  const set = ruleSet([stopping, archiving]);

  test('waits with it, and says so', () => {
    const plan = planOf({ set, findings });
    expect(plan).toMatchObject({ decision: 'approve', steps: [] });
    expect(actionsOf(plan.proposed)).toEqual(['task.stop', 'image.archive']);
    expect(plan.notDone).toContain('image.archive: it waits for what a person is asked.');
    expect(plan.asks?.would).toEqual(['task.stop it.']);
  });

  test('goes on with it once it is approved', () => {
    const { asks } = planOf({ set, findings });
    const answers = { ...noAnswers(now), given: [answerTo({ asks } as Plan)] };
    const plan = assemble({ ...input({ set, findings }), answers });
    expect(actionsOf(plan.steps)).toEqual(['task.stop', 'image.archive']);
    expect(archive.facts.needsWorkloadGone).toBe(true);
  });
});
