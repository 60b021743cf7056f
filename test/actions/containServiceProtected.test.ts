import { expect, test } from 'vitest';
import { containService as action } from '../../shared/actions/containService/containService.ts';
import { embeddedPlace, everything } from './embeddedPlace.ts';
import { embeddedTarget, worldOf } from './embeddedWorlds.ts';

const target = embeddedTarget('ecs-service');
const plain = worldOf('ecs-service');

const observed = async (tags: { readonly [key: string]: string }) => {
  const world = { ...plain, clusters: plain.clusters.map((cluster) => ({ ...cluster, tags: { ...tags } })) };
  await using place = await embeddedPlace('ecs-service', everything, world);
  return await action.observe(target, action.params.parse({}), place.context);
};

test('a service is protected by the tag of its cluster, and not without', async () => {
  expect(await observed({ 'firebreak:protected': 'yes' })).toMatchObject({
    protectedBy: 'tag firebreak:protected of cluster prod',
  });
  expect(await observed({ team: 'platform' })).toMatchObject({ protectedBy: null });
});
