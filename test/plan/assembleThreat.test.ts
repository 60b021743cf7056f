import { describe, expect, test } from 'vitest';
import type { Planned } from '../../shared/actions/contract.ts';
import { type AssembleInput, assemble } from '../../shared/plan/assemble.ts';
import { rule, ruleSet, step } from './fakes.ts';
import { evidenceAlone, gone, held, input, observing, stop } from './given.ts';

const entries = ['evidence.take', 'task.stop', 'image.archive'].map((action) => ({ action, params: {} }));
const set = ruleSet([rule({ name: 'r1', do: entries })]);
const asked: Planned = { kind: 'hold', reason: 'The service is protected.', seen: ['service checkout'] };

/** The plan "take evidence, stop the task, archive the image"; what is named plans something else. */
const planWith = (planned: { readonly [action: string]: Planned }, more: Partial<AssembleInput> = {}) =>
  assemble({ ...input({ set, planned: (name) => planned[name] }), ...more });
const actions = (steps: readonly { readonly action: string }[]) => steps.map(({ action }) => action);

describe('an attacker who can be put out while the image waits for a person', () => {
  const plan = planWith({ 'image.archive': held });

  test('is put out, and the person is asked about the image beside that', () => {
    expect(plan.decision).toBe('contain');
    expect(actions(plan.steps)).toEqual(['evidence.take', 'task.stop']);
    expect(actions(plan.proposed)).toEqual(['image.archive']);
    expect(plan.wanted).toEqual(['A service runs it.']);
    expect(plan.notDone).toEqual(['image.archive: A service runs it.']);
    expect(plan.seen).toContain('service checkout runs it');
  });

  test('leaves no step that needs what is held', () => {
    for (const { needs } of plan.steps) expect(needs).toEqual([]);
  });

  test('asks about nothing when nothing is held', () => {
    expect(planWith({})).toMatchObject({ decision: 'contain', wanted: [], proposed: [] });
    expect(planWith({ 'image.archive': gone }).wanted).toEqual([]);
    expect(planWith({ 'evidence.take': held }).wanted).toEqual([]);
  });

  test('asks about each thing once', () => {
    const given = input({ set, planned: (name) => (name === 'image.archive' ? held : undefined) });
    const twice = [...given.proposals, ...given.proposals.filter(({ planned }) => planned === held)];
    expect(assemble({ ...given, proposals: twice }).wanted).toEqual(['A service runs it.']);
  });
});

describe('nobody can be put out', () => {
  test.each<[string, { readonly [action: string]: Planned }, string]>([
    [
      'the workload waits for a person as well',
      { 'image.archive': held, 'task.stop': asked },
      'The service is protected.',
    ],
    ['the workload is gone', { 'image.archive': held, 'task.stop': gone }, 'A service runs it.'],
    ['the workload alone waits', { 'task.stop': asked, 'image.archive': gone }, 'The service is protected.'],
    ['the workload waits, and the image could be archived', { 'task.stop': asked }, 'The service is protected.'],
  ])('when %s: held, and only evidence is stored', (_what, planned, reason) => {
    const plan = planWith(planned);
    expect(plan).toMatchObject({ decision: 'hold', steps: evidenceAlone, wanted: [] });
    expect(plan.reason).toBe(reason);
  });

  test('when a rule only observes the workload: the image is held as before', () => {
    const watched = ruleSet([
      rule({ name: 'act', do: [{ action: 'image.archive', params: {} }] }),
      rule({ name: 'watch', do: [{ action: 'task.stop', params: {} }], mode: 'observe' }),
    ]);
    const given = input({ set: watched, planned: (name) => (name === 'image.archive' ? held : undefined) });
    const [archiving] = given.proposals;
    const stopping = archiving === undefined ? [] : [{ ...archiving, planned: step(stop) }];
    const proposals = [
      ...given.proposals,
      ...stopping.map((one) => ({ ...one, proposal: { ...one.proposal, action: stop, mode: 'observe' as const } })),
    ];
    expect(assemble({ ...given, proposals })).toMatchObject({ decision: 'hold', steps: [] });
  });

  test('when a person holds the whole incident', () => {
    expect(planWith({ 'image.archive': held }, { heldReason: 'Held by ana.' })).toMatchObject({
      decision: 'hold',
      reason: 'Held by ana.',
      steps: evidenceAlone,
      wanted: [],
    });
  });

  test('when every rule observes: nobody is asked about anything', () => {
    const plan = assemble(input({ set: observing, planned: (name) => (name === 'image.archive' ? held : undefined) }));
    expect(plan).toMatchObject({ decision: 'observe', wanted: [] });
  });
});

describe('the roles whose credentials may be in somebody’s hands', () => {
  const roles = ['arn:aws:iam::123456789012:role/checkout'];
  const roleStep = ruleSet([rule({ name: 'r1', do: [...entries, { action: 'role.revoke', params: {} }] })]);
  const revoking = (planned?: Planned, id = 'checkout', wanted = roles) => {
    const given = input({ set: roleStep, planned: (name) => (name === 'role.revoke' ? planned : undefined) });
    const arn = `arn:aws:iam::123456789012:role/${id}`;
    const role = { kind: 'role', id, arn, session: null, account: '123456789012', region: 'eu-central-1' } as const;
    const proposals = given.proposals.map((one) =>
      one.proposal.action.name === 'role.revoke' ? { ...one, proposal: { ...one.proposal, target: role } } : one,
    );
    return assemble({ ...given, proposals, roles: wanted }).openRoles;
  };

  test('are open where no step cuts them off', () => {
    expect(planWith({}, { roles }).openRoles).toEqual(roles);
    expect(revoking(held)).toEqual(roles);
    expect(revoking(gone)).toEqual(roles);
  });

  test('are open while the plan is held', () => {
    expect(planWith({ 'task.stop': asked, 'image.archive': held }, { roles }).openRoles).toEqual(roles);
  });

  test('are not where a step does', () => {
    expect(revoking()).toEqual([]);
    // Whatever the path, which not everybody names.
    expect(revoking(undefined, 'checkout', ['arn:aws:iam::123456789012:role/shop/checkout'])).toEqual([]);
  });

  test('are, where what it cuts off can be had anew with what was taken', () => {
    const again: Planned = { kind: 'step', sentence: 'Revoke.', undo: { possible: false, why: 'gone' }, reopens: true };
    expect(revoking(again)).toEqual(roles);
  });

  test('are, where the step is on another role, or nobody knows which role it was', () => {
    expect(revoking(undefined, 'till')).toEqual(roles);
    expect(revoking(undefined, 'checkout', ['unknown'])).toEqual(['unknown']);
  });

  test('are none where the workload had none', () => {
    expect(planWith({}).openRoles).toEqual([]);
  });
});

describe('the cause', () => {
  test('is told with its reason', () => {
    const cause = { cause: 'intrusion', why: 'Somebody is at work.' } as const;
    expect(planWith({}, { cause })).toMatchObject({ cause: 'intrusion', causeWhy: 'Somebody is at work.' });
  });

  test('of a vulnerability that a rule took is unknown, and has none', () => {
    expect(planWith({}, { cause: null })).toMatchObject({ cause: 'unknown', causeWhy: null });
  });
});
