import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noAccusation } from '../../shared/actions/accusation.ts';
import type { Action, ActionFacts, Step } from '../../shared/actions/contract.ts';
import type { Later } from '../../shared/actions/parts.ts';
import { orderSteps } from '../../shared/plan/order.ts';
import { stepsOf } from '../../shared/plan/steps.ts';
import { factsOf, fakeAction, finding, step } from './fakes.ts';

const { resource, account, region } = finding();
const target = { ...resource, account, region };

function stepWith(name: string, facts: Partial<ActionFacts>): Step {
  const action = fakeAction(name, facts);
  const [made] = stepsOf({
    proposal: { action, target, params: {}, mode: 'enforce', observing: [], rules: [] },
    planned: step(action),
    observed: null,
    accusation: noAccusation,
  });
  if (made === undefined) throw new Error('a step was expected');
  return made;
}

const phase = fc.constantFrom<ActionFacts['phase']>(
  'evidence',
  'traffic',
  'workload',
  'role',
  'secrets',
  'start',
  'image',
  'host',
  'hygiene',
);
const facts = fc.record({
  phase,
  changes: fc.boolean(),
  destroysEvidence: fc.boolean(),
  needsWorkloadGone: fc.boolean(),
  issuesFreshCredentials: fc.boolean(),
  contains: fc.boolean(),
});
const plans = fc.array(facts, { maxLength: 8 }).map((all) => all.map((one, index) => stepWith(`a${index}`, one)));
const at = (steps: readonly Step[], key: string) => steps.findIndex((one) => one.key === key);

describe('the order of steps', () => {
  test('follows the phases when no fact says otherwise', () => {
    const names = ['hygiene', 'host', 'image', 'start', 'secrets', 'role', 'workload', 'traffic', 'evidence'] as const;
    const steps = names.map((name) => stepWith(name, { phase: name }));
    expect(orderSteps(steps).map(({ action }) => action)).toEqual([...names].reverse());
  });

  test('what ends what runs on a host comes after what empties that host, and needs it done', () => {
    const empties = stepWith('z', { phase: 'host', emptiesHost: true });
    const ends = stepWith('a', { phase: 'host', needsHostEmpty: true });
    const elsewhere = { ...empties, key: 'elsewhere', target: { ...target, id: 'another' } };
    const ordered = orderSteps([ends, elsewhere, empties]);
    expect(ordered.at(-1)).toMatchObject({ action: 'a', needs: [empties.key] });
    expect(orderSteps([ends])[0]?.needs).toEqual([]);
  });

  test('asks for facts, never for names', () => {
    const destroyer = stepWith('a', { phase: 'evidence', destroysEvidence: true });
    const evidence = stepWith('z', { phase: 'evidence' });
    expect(orderSteps([destroyer, evidence]).map(({ action }) => action)).toEqual(['z', 'a']);
    const afterStop = stepWith('a', { phase: 'traffic', needsWorkloadGone: true });
    const stop = stepWith('z', { phase: 'workload' });
    expect(orderSteps([afterStop, stop]).map(({ action }) => action)).toEqual(['z', 'a']);
    const fresh = stepWith('a', { phase: 'workload', issuesFreshCredentials: true });
    const rotate = stepWith('z', { phase: 'secrets' });
    expect(orderSteps([fresh, rotate]).map(({ action }) => action)).toEqual(['z', 'a']);
  });

  test('does not depend on the order in which the steps come', () => {
    fc.assert(
      fc.property(
        plans.chain((steps) => fc.tuple(fc.constant(steps), fc.shuffledSubarray(steps, { minLength: steps.length }))),
        ([steps, shuffled]) => {
          expect(orderSteps(shuffled)).toEqual(orderSteps(steps));
        },
      ),
    );
  });

  test('holds what the facts demand, for every plan', () => {
    fc.assert(
      fc.property(plans, (steps) => {
        const ordered = orderSteps(steps);
        expect(ordered.map(({ key }) => key).sort()).toEqual(steps.map(({ key }) => key).sort());
        for (const one of ordered) {
          for (const other of ordered) {
            const [first, second] = [at(ordered, one.key), at(ordered, other.key)];
            const plainEvidence =
              one.facts.phase === 'evidence' &&
              !Object.values({ ...one.facts, phase: false, changes: false, contains: false }).includes(true);
            if (plainEvidence && other.facts.destroysEvidence) expect(first).toBeLessThan(second);
            const stops =
              one.facts.phase === 'workload' && !one.facts.needsWorkloadGone && !one.facts.issuesFreshCredentials;
            if (stops && other.facts.needsWorkloadGone) expect(first).toBeLessThan(second);
            const revokes =
              (one.facts.phase === 'role' || one.facts.phase === 'secrets') && !one.facts.issuesFreshCredentials;
            if (revokes && other.facts.issuesFreshCredentials) expect(first).toBeLessThan(second);
          }
        }
      }),
    );
  });
});

describe('an action in two steps', () => {
  const both = (needs: Partial<ActionFacts> = {}) => {
    const { parts: _none, ...first } = fakeAction('swap', { phase: 'workload', changes: true });
    const never = () => Promise.reject(new Error('a fake'));
    const facts = factsOf({ phase: 'start', changes: true, issuesFreshCredentials: true, ...needs });
    const action: Action = {
      ...first,
      parts: [{ name: 'start', needsEarlier: true, facts, intended: () => ({}), execute: never, verify: never }],
    };
    return stepsOf({
      proposal: { action, target, params: {}, mode: 'enforce', observing: [], rules: [] },
      planned: {
        ...step(action),
        kind: 'step',
        sentence: 'Stop it.',
        undo: action.reversal,
        afterwards: { start: 'Start it.' },
      },
      observed: { use: 'no' },
      accusation: noAccusation,
    });
  };
  const [first, second] = both();
  const revoke = stepWith('revoke', { phase: 'role', changes: true, needsWorkloadGone: true });
  const archive = stepWith('archive', { phase: 'image', changes: true, needsWorkloadGone: true });

  test('has two steps of one target, each with its own sentence, key and facts', () => {
    expect(both()).toHaveLength(2);
    expect(first).toMatchObject({
      sentence: 'Stop it.',
      afterwards: { start: 'Start it.' },
      facts: { phase: 'workload' },
    });
    expect(first).not.toHaveProperty('part');
    expect(second).toMatchObject({
      sentence: 'Start it.',
      part: { name: 'start', at: 1, needsEarlier: true },
      facts: { phase: 'start' },
    });
    expect(second).not.toHaveProperty('afterwards');
    expect(second?.key).toBe(`${first?.key} start`);
    expect(second?.target).toEqual(first?.target);
    expect(second?.undo).toEqual(first?.undo);
  });

  test('has one where the plan needs no second, and where the action has none', () => {
    const stop = stepWith('stop', { phase: 'workload' });
    expect(stop).not.toHaveProperty('afterwards');
    const once = fakeAction('once', { phase: 'workload' });
    expect(
      stepsOf({
        proposal: { action: once, target, params: {}, mode: 'enforce', observing: [], rules: [] },
        planned: { kind: 'step', sentence: 'Stop it.', undo: once.reversal, afterwards: { start: 'Start it.' } },
        observed: null,
        accusation: noAccusation,
      }),
    ).toHaveLength(1);
  });

  test('starts what is clean after the credentials were revoked, and needs its own first step', () => {
    const ordered = orderSteps([archive, revoke, ...both()]);
    expect(ordered.map(({ key }) => key)).toEqual([first?.key, revoke.key, second?.key, archive.key]);
    expect(ordered.map(({ needs }) => needs)).toEqual([[], [first?.key], [first?.key], [first?.key]]);
  });

  test('needs the first step of no other target, nor of another action', () => {
    const elsewhere = both().map((one) => ({ ...one, key: `x ${one.key}`, target: { ...one.target, id: 'other' } }));
    const stop = stepWith('stop', { phase: 'workload', changes: true });
    const ordered = orderSteps([...elsewhere, stop, ...both()]);
    expect(ordered.find(({ key }) => key === second?.key)?.needs).toEqual([first?.key]);
  });

  test('needs its first step once, though it needs the workload gone as well', () => {
    const [one, two] = orderSteps(both({ needsWorkloadGone: true }));
    expect(two?.needs).toEqual([one?.key]);
  });

  test('is not waited for by what needs the workload gone: what runs again is clean', () => {
    const ordered = orderSteps([archive, ...both()]);
    expect(ordered.find(({ action }) => action === 'archive')?.needs).toEqual([first?.key]);
  });
});

describe('the needs of steps', () => {
  const stop = stepWith('stop', { phase: 'workload', changes: true, destroysEvidence: true });
  const look = stepWith('look', { phase: 'evidence' });
  const archive = stepWith('archive', { phase: 'image', changes: true, needsWorkloadGone: true });
  const needs = (action: string) => orderSteps([archive, stop, look]).find((one) => one.action === action)?.needs;

  test('what needs the workload gone needs the steps that stop it', () => {
    expect(needs('archive')).toEqual([stop.key]);
  });

  test('what destroys evidence comes after it, and does not need it: a miss blocks nothing', () => {
    expect(needs('stop')).toEqual([]);
  });

  test('name only earlier steps of the same plan, so that they can always be met', () => {
    const late = stepWith('late', { phase: 'workload', changes: true, issuesFreshCredentials: true });
    const early = stepWith('early', { phase: 'role', changes: true, needsWorkloadGone: true });
    expect(orderSteps([late, early]).map(({ action, needs }) => [action, needs])).toEqual([
      ['early', []],
      ['late', []],
    ]);
    fc.assert(
      fc.property(plans, (steps) => {
        const ordered = orderSteps(steps);
        for (const one of ordered) {
          for (const key of one.needs) expect(at(ordered, key)).toBeLessThan(at(ordered, one.key));
          for (const key of one.needs) expect(at(ordered, key)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  test('facts that are all false ask for nothing', () => {
    expect(factsOf({}).needsWorkloadGone).toBe(false);
    expect(needs('look')).toEqual([]);
  });
});

describe('an action in four steps', () => {
  const facts = factsOf({ phase: 'host', changes: true });
  const never = () => Promise.reject(new Error('a fake'));
  const part = (name: string, more: Partial<Later>): Later => ({
    ...{ name, facts, needsEarlier: true, intended: () => ({}), execute: never, verify: never },
    ...more,
  });
  const steps = (host: string) =>
    stepsOf({
      proposal: {
        action: {
          ...fakeAction('host.patch', { phase: 'host', changes: true }),
          parts: [
            part('scan', {}),
            part('patch', { reversal: { possible: false, why: 'It stays.' } }),
            part('activate', { needsEarlier: false, closes: 'It takes tasks again.' }),
          ],
        },
        target: { ...target, id: host },
        params: {},
        mode: 'enforce',
        observing: [],
        rules: [],
      },
      planned: {
        ...{ kind: 'step', sentence: 'Drain it.', undo: { possible: true, sentence: 'Back.' }, remains: 'It is old.' },
        afterwards: { activate: 'Activate it.', patch: 'Patch it.' },
      },
      observed: null,
      accusation: noAccusation,
    });
  const [drain, patch, activate] = steps('a');

  test('are taken in the order that the action gives them, those of one target together, without what the plan does not need', () => {
    const [otherDrain, otherPatch, otherActivate] = steps('b');
    const ordered = orderSteps([...steps('b'), ...steps('a')].toReversed());
    const expected = [drain, patch, activate, otherDrain, otherPatch, otherActivate].map((one) => one?.key);
    expect(ordered.map(({ key }) => key)).toEqual(expected);
    expect(ordered.map(({ part: one }) => one?.at)).toEqual([undefined, 2, 3, undefined, 2, 3]);
  });

  test('need all that come before them; what puts back needs nothing', () => {
    const ordered = orderSteps(steps('a'));
    expect(ordered.map(({ needs }) => needs)).toEqual([[], [drain?.key], []]);
  });

  test('say what undo promises of each, and what remains once', () => {
    expect(steps('a').map(({ undo }) => undo.possible)).toEqual([true, false, true]);
    expect(steps('a').map(({ remains }) => remains)).toEqual(['It is old.', undefined, undefined]);
    expect(activate?.part?.closes).toBe('It takes tasks again.');
  });
});
