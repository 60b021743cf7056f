import { afterAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../shared/actions/catalogue.ts';
import type { Action, Permission } from '../../shared/actions/contract.ts';
import { secondsOf } from '../../shared/actions/parts.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { once } from '../../shared/platform/once.ts';
import { pick } from '../../shared/respond/restored.ts';
import { paramsFor, waysOf } from './actionCase.ts';
import { intendedBy, plannedParts } from './intended.ts';
import { type Life, liveThrough, type Phase, readingPhases } from './life.ts';
import { lifePlace } from './lifePlace.ts';
import { callIn, expectNoneUnused, expectNoneUnusedInCluster, expectPermitted } from './permitted.ts';

const allPhases: readonly Phase[] = [...readingPhases, 'execute', 'undo'];

const lives = catalogue.flatMap((action) =>
  action.targets.flatMap((kind) => waysOf(action.name).map((way) => [action.name, kind, way, action] as const)),
);

/** With what it declares for what it chose, where it has several ways; else as it is. */
const asChosen = (action: Action, { planned }: Life): Action => ({
  ...action,
  permissions: (target) =>
    waysOf(action.name).length > 1 && planned.kind === 'step'
      ? action.permissions(target, planned.chosen)
      : action.permissions(target),
});

/** The same action with other permissions. */
const permitting = (action: Action, change: (some: readonly Permission[]) => readonly Permission[]): Action => ({
  ...action,
  permissions: (target) => {
    const { read, write } = action.permissions(target);
    return { read: change(read), write: change(write) };
  },
});

/** All that was observed but what may differ at any time. */
const steady = ({ volatile }: Action, observed: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(observed).filter(([field]) => !(volatile as readonly string[]).includes(field)));

describe.each(lives)('%s on a target of kind %s, in way %i', (name, kind, way, action) => {
  const place = once(() => lifePlace(kind, name, way));
  const lived = once(async () => {
    const there = await place();
    return { ...(await liveThrough(action, there)), target: there.target, sent: there.sent };
  });
  afterAll(async () => (await place())[Symbol.asyncDispose]());

  test('plans a step on what it observed', async () => {
    const life = await lived();
    expect(life.planned).toMatchObject({ kind: 'step', undo: action.reversal });
  });

  test('is done within the time that it asks for, or says what it waits for', async () => {
    const life = await lived();
    expect(life.executed.did).not.toBe('');
    const steps = [
      { part: undefined, executed: life.executed },
      ...plannedParts(action, life.planned).map((part, at) => ({ part, executed: life.later[at]?.executed })),
    ];
    for (const { part, executed } of steps) {
      const atMost = secondsOf(part?.timeoutSeconds ?? action.timeoutSeconds, paramsFor(action, life.target));
      if (executed?.kind === 'waiting') expect(executed.atMostSeconds).toBeLessThanOrEqual(atMost);
    }
  });

  test('reads back that what it did holds, and shows what it saw', async () => {
    const life = await lived();
    expect(life.verified).toMatchObject({ state: 'holds', seen: expect.stringMatching(/./) });
  });

  test('goes on in the later steps that it plans, each of which is done and reads back as holding', async () => {
    const { planned, later } = await lived();
    const afterwards = planned.kind === 'step' ? (planned.afterwards ?? {}) : {};
    expect(later).toHaveLength(Object.keys(afterwards).length);
    for (const { executed, verified } of later) {
      expect(verified).toMatchObject({ state: 'holds', seen: expect.stringMatching(/./) });
      expect(executed.did).not.toBe('');
    }
  });

  test('leaves the fields that undo restores as it intended, and changes them', async () => {
    const life = await lived();
    const intended = intendedBy(action, life.target, life.before, life.planned);
    expect(life.after).toMatchObject(intended);
    // Where a later part puts it back, the first has changed it all the same.
    const closes = plannedParts(action, life.planned).some((part) => part.closes !== undefined);
    expect(pick(closes ? life.begun : life.after, action.restores)).not.toEqual(
      action.restores.length > 0 ? pick(life.before, action.restores) : null,
    );
  });

  test('its own change makes no plan stale', async () => {
    const life = await lived();
    expect(pick(life.after, action.decisive)).toEqual(pick(life.before, action.decisive));
  });

  test('puts back what it changed, and reads that back, where it promises so', async () => {
    const life = await lived();
    if (!action.reversal.possible) return expect(life.undone).toBeNull();
    expect(life.undone?.verified?.state).toBe('holds');
    expect(steady(action, life.undone?.observed ?? {})).toEqual(steady(action, life.before));
  });

  test('sends only what it declares, and changes nothing where it may only read', async () => {
    const { target, sent } = await lived();
    expectPermitted(action, target, sent(readingPhases), 'reads only');
    expectPermitted(action, target, sent(allPhases));
  });

  test('declares nothing that it does not send', async () => {
    const life = await lived();
    expectNoneUnused(asChosen(action, life), life.target, life.sent(allPhases));
  });

  test('would be caught with a call that it does not declare, and with a permission that it has no use for', async () => {
    const life = await lived();
    const { target, sent } = life;
    const its = asChosen(action, life);
    const { read, write } = its.permissions(target);
    for (const one of new Set([...read, ...write].map(callIn))) {
      const without = permitting(its, (some) =>
        some.filter((permission) => ![permission.action, callIn(permission)].includes(one)),
      );
      expect(() => expectPermitted(without, target, sent(allPhases)), one).toThrow();
    }
    const more = permitting(its, (some) => [...some, { action: 'ecr:DeleteRepository', resource: 'arn:r' }]);
    expect(() => expectNoneUnused(more, target, sent(allPhases))).toThrow();
  });
});

test.each(catalogue.filter(({ inCluster }) => inCluster !== undefined).map((action) => [action.name, action] as const))(
  '%s declares nothing of a cluster that no way of it asks for',
  async (name, action) => {
    // Of a pod something else is read in its cluster than of an image, which may run in any.
    const asked = action.targets.filter((one) => one === 'pod' || one === 'image');
    const kinds = asked.length > 0 ? asked : action.targets.slice(0, 1);
    const ways = kinds.flatMap((kind) => waysOf(name).map((way) => ({ kind, way })));
    const sent = await Promise.all(
      ways.map(async ({ kind, way }) => {
        await using place = await lifePlace(kind, name, way);
        await liveThrough(action, place);
        return place.sent(allPhases);
      }),
    );
    expectNoneUnusedInCluster(action, sent.flat());
  },
);
