import { describe, expect, test } from 'vitest';
import type { Finding } from '../../shared/finding/finding.ts';
import type { Receipt } from '../../shared/incident/items.ts';
import type { Plan } from '../../shared/plan/plan.ts';
import { reversePlan } from '../../shared/plan/reverse.ts';
import { outcomeOf } from '../../shared/report/outcome.ts';
import { archive, evidence, finding } from '../plan/fakes.ts';
import { planFor, receipt, unverified } from './runs.ts';

const plan = planFor();
const done = (name: string, fields: Partial<Receipt> = {}) => receipt(plan, name, fields);
const outcome = (receipts: readonly Receipt[], of: Plan = plan) => outcomeOf(of, receipts, { direction: 'do' });
const broken = { state: 'broken', seen: 'still there', at: 'x' };

describe('a run that contains', () => {
  test('is contained when every containing step was read back, and the rest went well', () => {
    expect(outcome([done('image.archive'), done('evidence.take')])).toBe('contained');
    expect(outcome([done('image.archive', { state: 'waiting' }), unverified(plan, 'evidence.take')])).toBe('contained');
  });

  test('a target that is gone completes its step', () => {
    expect(outcome([unverified(plan, 'image.archive', { state: 'gone' }), done('evidence.take')])).toBe('contained');
  });

  test.each([
    ['failed', { state: 'failed' }],
    ['skipped', { state: 'skipped' }],
    ['read back as broken', { verified: broken }],
    ['still pending', { verified: { ...broken, state: 'pending' } }],
    ['started and never finished, whatever was read', { state: 'started' }],
  ] as const)('is not contained when the containing step is %s', (_, fields) => {
    expect(outcome([done('image.archive', fields), done('evidence.take')])).toBe('not-contained');
  });

  test('an answer of AWS is no proof, and neither is no receipt', () => {
    expect(outcome([unverified(plan, 'image.archive'), done('evidence.take')])).toBe('not-contained');
    expect(outcome([done('evidence.take')])).toBe('not-contained');
  });

  test.each(['held', 'stale'] as const)('is held when the containing step is %s', (state) => {
    expect(outcome([unverified(plan, 'image.archive', { state }), done('evidence.take')])).toBe('held');
  });

  test.each([
    ['failed', { state: 'failed' }],
    ['started and never finished', { state: 'started' }],
    ['held', { state: 'held' }],
    ['read back as broken', { verified: broken }],
  ] as const)('is degraded, not less, when only another step is %s', (_, fields) => {
    expect(outcome([done('image.archive'), done('evidence.take', fields)])).toBe('degraded');
    expect(outcome([done('image.archive')])).toBe('degraded');
  });
});

describe('a run without a containing step', () => {
  const alone = planFor(undefined, [{ action: 'evidence.take', params: {} }]);

  test('never says contained', () => {
    expect(outcome([receipt(alone, 'evidence.take')], alone)).toBe('observed');
    // Nothing was to be contained: that evidence is missing is in the message, and wakes nobody whom the rule would not.
    expect(outcome([receipt(alone, 'evidence.take', { state: 'failed' })], alone)).toBe('observed');
  });

  test('nor does one whose step changes something and contains nothing', () => {
    const steps = plan.steps.map((step) => ({ ...step, facts: { ...step.facts, contains: false } }));
    expect(outcome([done('image.archive'), done('evidence.take')], { ...plan, steps })).toBe('observed');
  });

  test('is not contained where somebody is at work and what was changed stops nobody; evidence changes nothing about that', () => {
    const threat = { ...finding(), threat: { accused: [], cause: null } } as unknown as Finding;
    const findings = plan.findings.map((one) => ({ ...one, finding: threat }));
    const phased = (phase: 'traffic' | 'evidence') => ({
      ...{ ...plan, findings },
      steps: plan.steps.map((step) => ({ ...step, facts: { ...step.facts, contains: false, phase } })),
    });
    const all = [done('image.archive'), done('evidence.take')];
    expect(outcome(all, phased('traffic'))).toBe('not-contained');
    expect(outcome(all, phased('evidence'))).toBe('observed');
    // With a step that contains, the other only goes along.
    expect(outcome(all, { ...plan, findings })).toBe('contained');
  });

  test('is held, and has not failed, where a step that changes something was held', () => {
    const steps = plan.steps.map((step) => ({ ...step, facts: { ...step.facts, contains: false } }));
    const of = (state: Receipt['state']) =>
      outcome([unverified(plan, 'image.archive', { state }), done('evidence.take')], { ...plan, steps });
    expect([of('held'), of('failed')]).toEqual(['held', 'not-contained']);
  });

  test('is joined when another incident owns what would contain', () => {
    expect(outcome([], { ...plan, steps: [], proposed: [] })).toBe('joined');
    const owned = { ...plan, steps: plan.steps.slice(0, 1), proposed: plan.steps.slice(1) };
    expect(outcome([done('evidence.take')], owned)).toBe('joined');
  });
});

describe('a run that does nothing', () => {
  test.each([
    ['ignore', 'ignored'],
    ['observe', 'observed'],
    ['hold', 'held'],
    ['approve', 'held'],
  ] as const)('decision %s is outcome %s', (decision, expected) => {
    expect(outcome([], { ...plan, decision, steps: [] })).toBe(expected);
  });
});

describe('an undo', () => {
  const undo = reversePlan(plan.steps, [evidence, archive]);
  const of = (fields: Partial<Receipt>) =>
    outcomeOf(undo, [receipt(undo, 'image.archive', fields)], { direction: 'undo' });

  test('is undone when every step was read back', () => {
    expect(of({})).toBe('undone');
  });

  test('is not when one failed, was not read back, or has no receipt', () => {
    expect(of({ state: 'failed' })).toBe('not-contained');
    expect(of({ verified: broken })).toBe('not-contained');
    expect(outcomeOf(undo, [], { direction: 'undo' })).toBe('not-contained');
  });

  test('is held when a step is', () => {
    expect(of({ state: 'held' })).toBe('held');
  });
});
