import { PutImageCommand } from '@aws-sdk/client-ecr';
import { expect, test } from 'vitest';
import { containService as action } from '../../shared/actions/containService/containService.ts';
import { ActionFailed } from '../../shared/platform/errors.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { embeddedPlace, everything } from './embeddedPlace.ts';
import { embeddedTarget, movedSince } from './embeddedWorlds.ts';
import { liveThrough } from './life.ts';

const target = embeddedTarget('ecs-service');

/** What a plan chooses for a service of which the tag has moved since it was deployed. */
async function chosenThere() {
  await using place = await embeddedPlace('ecs-service', everything, movedSince);
  const observed = await action.observe(target, {}, place.context);
  const planned = action.plan(target, action.params.parse({}), observed, place.context.settings);
  return planned.kind === 'step' ? planned.chosen : undefined;
}

test('an undo brings back the digests that ran, in a copy where the tag has moved since, and may register that', async () => {
  const { read, write } = action.permissions(target, await chosenThere());
  await using place = await embeddedPlace('ecs-service', [...read, ...write], movedSince);
  const { before, undone } = await liveThrough(action, place);
  expect(place.refused()).toEqual([]);
  expect(undone?.verified).toMatchObject({ state: 'holds' });
  expect(undone?.observed['version']).toEqual(before['version']);
  expect(undone?.observed['taskDefinition']).not.toBe(before['taskDefinition']);
});

test('a second look while it stands plans the way back to what ran before, not to the clean version', async () => {
  await using place = await embeddedPlace('ecs-service', everything, movedSince);
  const { before, after } = await liveThrough(action, place);
  expect(after['taskDefinition']).not.toBe(before['taskDefinition']);
  expect(after).toMatchObject({ pins: before['pins'], roles: before['roles'] });
});

async function contained() {
  const place = await embeddedPlace('ecs-service', everything);
  const params = action.params.parse({});
  const before = await action.observe(target, params, place.context);
  const planned = action.plan(target, params, before, place.context.settings);
  const context = { ...place.context, ...(planned.kind === 'step' ? { chosen: planned.chosen ?? {} } : {}) };
  place.enter('execute');
  await action.execute(target, params, before, context);
  await place.settle();
  return { place, before, params, context };
}

/** Somebody pushes under the tag of the definition. */
async function pushed({ context }: Awaited<ReturnType<typeof contained>>): Promise<void> {
  const { client } = await context.aws.ecr();
  const imageManifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    config: { mediaType: 'application/vnd.docker.container.image.v1+json' },
    layers: [],
  });
  await client.send(
    new PutImageCommand({ repositoryName: 'payments/checkout-api', imageManifest, imageTag: 'stable' }) as never,
  );
}

test('an undo deploys nothing that never ran: the tag has moved while the service was contained', async () => {
  const there = await contained();
  await using place = there.place;
  await pushed(there);
  place.enter('undo');
  const undo = action.undo?.(target, there.params, there.before, there.context);
  await expect(undo).rejects.toBeInstanceOf(ActionFailed);
  await expect(undo).rejects.toThrow(/would not start what it ran \(app: sha256:1+\)/);
  expect(place.sent(['undo'])).not.toContain('ecs:UpdateService');
});

test('what deploys another digest than before is not undone, whatever its definition is called', async () => {
  const there = await contained();
  await using place = there.place;
  place.enter('undo');
  await action.undo?.(target, there.params, there.before, there.context);
  await place.settle();
  const verify = (version: JsonObject) =>
    action.verifyUndone?.(target, there.params, { ...there.before, version }, there.context);
  expect(await verify(there.before['version'] as JsonObject)).toMatchObject({ state: 'holds' });
  expect(await verify({ app: `sha256:${'5'.repeat(64)}` })).toMatchObject({ state: 'broken' });
});
