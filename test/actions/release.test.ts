import { expect, test } from 'vitest';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { containService as action } from '../../shared/actions/containService/containService.ts';
import { isLent } from '../../shared/plan/lease.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { embeddedPlace, everything } from './embeddedPlace.ts';
import { embeddedTarget, movedSince } from './embeddedWorlds.ts';

test.each(catalogue.filter(({ reversal, facts }) => isLent({ undo: reversal, facts })).map((one) => [one.name, one]))(
  'what %s leaves standing is lifted by each action that leaves something standing',
  (_name, one) => {
    expect(one.release).toBeDefined();
  },
);

test('a version can be named for a service, and for nothing else that is let go', () => {
  const takes = catalogue.filter(({ release }) => release?.takesVersion === true).map(({ name }) => name);
  expect(takes).toEqual(['ecs.contain-service']);
});

const target = embeddedTarget('ecs-service');
const named = `sha256:${'2'.repeat(64)}`;

/** A service is contained, under a role that may do what these permissions say; and what its release would come to. */
async function containedUnder(permissions: Parameters<typeof embeddedPlace>[1]) {
  const place = await embeddedPlace('ecs-service', permissions, movedSince);
  const params = action.params.parse({});
  const before = await action.observe(target, params, place.context);
  const planned = action.plan(target, params, before, place.context.settings);
  const chosen = planned.kind === 'step' ? (planned.chosen ?? {}) : {};
  const context = { ...place.context, chosen };
  place.enter('execute');
  await action.execute(target, params, before, context);
  await place.settle();
  const release = await action.release?.plan(target, params, before, named, { ...context, before });
  return { place, params, before, chosen, context, release };
}

test('a release needs no permission that it does not declare, and passes no role but those of what it deploys', async () => {
  const all = await containedUnder(everything);
  const { chosen } = all;
  const release = all.release?.kind === 'release' ? all.release.chosen : {};
  await all.place[Symbol.asyncDispose]();
  const containing = action.permissions(target, chosen);
  const { read, write } = action.permissions(target, release);
  expect(write.filter(({ action: call }) => call === 'iam:PassRole').map(({ resource }) => resource)).toEqual([
    'arn:aws:iam::123456789012:role/checkout',
  ]);
  const registers = write.filter(({ action: call }) => call === 'ecs:RegisterTaskDefinition');
  expect(registers.map(({ resource }) => resource)).toEqual([
    expect.stringMatching(/:task-definition\/checkout-api:\*$/),
  ]);

  const { place, params, before, context } = await containedUnder([
    ...containing.read,
    ...containing.write,
    ...read,
    ...write,
  ]);
  await using _place = place;
  place.enter('undo');
  const acting = { ...context, before, chosen: release };
  expect(await action.release?.execute(target, params, before, acting)).toMatchObject({ kind: 'done' });
  await place.settle();
  expect(await action.release?.verify(target, params, before, acting)).toMatchObject({ state: 'holds' });
  expect(place.refused()).toEqual([]);
  const after = (await action.observe(target, params, acting)) as JsonObject;
  expect(after).toMatchObject({ version: { app: named }, scaling: before['scaling'], breaker: before['breaker'] });
});
