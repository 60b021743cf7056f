import { describe, expect, test } from 'vitest';
import { actionNamed, catalogue } from '../../shared/actions/catalogue.ts';
import type { Action } from '../../shared/actions/contract.ts';
import { secondsOf } from '../../shared/actions/parts.ts';
import { phases } from '../../shared/plan/order.ts';
import { canonicalJson } from '../../shared/platform/json.ts';
import { once } from '../../shared/platform/once.ts';
import { compileRuleSet } from '../../shared/rules/compile.ts';
import { anyTarget } from '../../tools/anyTarget.ts';
import { paramsFor } from './actionCase.ts';
import { intendedBy } from './intended.ts';
import { lifePlace } from './lifePlace.ts';

/** Each action on the first kind of target that it takes, as it observes it. */
async function observe(action: Action) {
  const [kind = 'other'] = action.targets;
  await using place = await lifePlace(kind, action.name);
  const params = paramsFor(action, place.target);
  return { target: place.target, params, observed: await action.observe(place.target, params, place.context) };
}

/** A run of at most five rounds ends within its 12 hours. */
const longestWaitSeconds = 43_200 / 5;

const yesOrNo = ['changes', 'contains', 'destroysEvidence', 'issuesFreshCredentials', 'needsWorkloadGone'];

test('names are unique, and each is found by its name', () => {
  expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
  for (const action of catalogue) expect(actionNamed(action.name)).toBe(action);
  expect(actionNamed('ecr.delete-everything')).toBeUndefined();
});

describe.each(catalogue.map((action) => [action.name, action] as const))('%s', (_name, action) => {
  const seen = once(() => observe(action));

  test('has a kebab-case name under a service, and a summary in the imperative without a full stop', () => {
    expect(action.name).toMatch(/^[a-z0-9]+\.[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/);
    expect(action.summary).toMatch(/^[A-Z][^.]*$/);
    expect(action.targets.length).toBeGreaterThan(0);
  });

  test('has facts that say where it stands in a plan', () => {
    for (const { phase, canWait, lends, emptiesHost, needsHostEmpty, ...others } of [
      action,
      ...(action.parts ?? []),
    ].map(({ facts }) => facts)) {
      expect(phases).toContain(phase);
      // Nobody is inside what is only configured: told as contained, it would have a lease, and its failure would wake somebody.
      if (phase === 'hygiene' && others.contains) expect(canWait).toBe(true);
      // What contains somebody is lent already, and what is fixed is there to stay.
      if (lends === true) expect([others.contains, others.changes, canWait]).toEqual([false, true, undefined]);
      // Of one host, and not both: it would wait for itself.
      if (emptiesHost ?? needsHostEmpty) expect([action.targets, phase]).toEqual([['instance'], 'host']);
      expect(emptiesHost === true && needsHostEmpty === true).toBe(false);
      expect(Object.keys(others).sort()).toEqual(yesOrNo);
      for (const [name, said] of Object.entries(others)) expect(said, name).toBeTypeOf('boolean');
    }
    // What can be lifted, and contains nobody, was taken from somebody for a while: without a lease nobody would be asked when that ends.
    if (action.release !== undefined && !action.facts.contains) expect(action.facts.lends).toBe(true);
  });

  test('is waited for no longer than a fifth of what a run may take, part by part', () => {
    const params = action.params.parse({});
    for (const { timeoutSeconds = action.timeoutSeconds } of [action, ...(action.parts ?? [])]) {
      expect(secondsOf(timeoutSeconds, params)).toBeGreaterThan(0);
      expect(secondsOf(timeoutSeconds, params)).toBeLessThanOrEqual(longestWaitSeconds);
    }
  });

  test('says its limits and what undo promises', () => {
    expect(action.limits.length).toBeGreaterThan(0);
    for (const limit of action.limits) expect(limit).toMatch(/^[A-Z].*\.$/);
    const promise = action.reversal.possible ? action.reversal.sentence : action.reversal.why;
    expect(promise).toMatch(/^[A-Z].*\.$/);
  });

  test('can be undone and shown to be, or changes nothing, or says why not', () => {
    const undoes = action.undo !== undefined && action.verifyUndone !== undefined;
    expect(undoes).toBe(action.reversal.possible);
    if (!action.facts.changes) expect(action.undo).toBeUndefined();
    expect(action.restores.length > 0).toBe(action.reversal.possible);
  });

  test('its fields are observed, and every observed field has a role', async () => {
    const fields = Object.keys((await seen()).observed).sort();
    expect([...action.decisive, ...action.restores, ...action.volatile].sort()).toEqual(fields);
  });

  test('plans without reading or changing anything, twice the same, and its undo is the promise', async () => {
    const { target, params, observed } = await seen();
    const before = canonicalJson(observed);
    const first = action.plan(target, params, observed, { quietPullDays: 7 });
    expect(action.plan(target, params, observed, { quietPullDays: 7 })).toEqual(first);
    expect(canonicalJson(observed)).toBe(before);
    expect(first).toMatchObject({
      kind: 'step',
      undo: action.reversal,
      sentence: expect.stringMatching(/^[A-Z].*\.$/),
    });
  });

  test('intends a value for each field that undo restores', async () => {
    const { target, params, observed } = await seen();
    const planned = action.plan(target, params, observed, { quietPullDays: 7 });
    const intended = Object.keys(intendedBy(action, target, observed, planned)).sort();
    // The ARN of a copy is not known before ECS has registered it.
    const unknowable = action.name === 'ecs.contain-service' ? ['taskDefinition'] : [];
    expect([...intended, ...unknowable].sort()).toEqual([...action.restores].sort());
  });

  test('its example is a rule that the real parser takes', () => {
    const lines = [
      'name: example',
      `when: { resource: { kind: [${action.targets[0]}] } }`,
      'do:',
      `  ${action.example}`,
    ];
    const { set, problems } = compileRuleSet([{ path: 'rules/example', text: `${lines.join('\n')}\n` }], catalogue);
    expect(problems.filter(({ level }) => level === 'error')).toEqual([]);
    expect(set?.rules[0]?.do.map((entry) => entry.action)).toEqual([action.name]);
  });

  test('refuses parameters that it does not know', () => {
    expect(action.params.safeParse({ surely: 'not' }).success).toBe(false);
  });

  test.each(action.targets)('asks for exact permissions on a target of kind %s', (kind) => {
    const { read, write } = action.permissions(anyTarget(kind));
    // Of some kinds the findings alone are stored, and nothing is read.
    if (action.facts.changes) expect(read.length).toBeGreaterThan(0);
    expect(write.length + (action.inCluster?.write.length ?? 0) > 0).toBe(action.facts.changes);
    for (const { action: name, resource, why } of [...read, ...write]) {
      expect(name).toMatch(/^[a-z0-9-]+:[A-Z][A-Za-z]+$/);
      if (resource === '*') expect(why, `${name} on * needs a reason`).toMatch(/.{20,}/);
      else expect(resource).toMatch(/^arn:[^*]+:(?:[a-z-]+[/:])/);
    }
    for (const { action: name } of read) expect(name).toMatch(/:(?:Batch)?(?:Get|Describe|List|Simulate)/);
    for (const { action: name } of write) expect(name).not.toMatch(/:(?:Batch)?(?:Get|Describe|List|Simulate)/);
  });
});
