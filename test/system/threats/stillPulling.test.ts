import { ECSClient, StopTaskCommand } from '@aws-sdk/client-ecs';
import { expect, it } from 'vitest';
import { rootCredentials } from '../../../sandbox/iam/credentials.ts';
import { clusters } from '../../../sandbox/services/ecs/state.ts';
import { accusedTasks } from './accusedTasks.ts';
import { faulty } from './faulty.ts';
import { isArchived, openShop, type Shop } from './shop.ts';
import { cleanDigest } from './world.ts';

/** The task of a service that pulls its image now. */
const pulling = ({ stage }: Shop) =>
  [...(clusters(stage.account).get('prod')?.tasks.values() ?? [])].find(
    ({ status, pullStartedAt, pullStoppedAt }) =>
      status === 'PENDING' && pullStartedAt !== undefined && pullStoppedAt === undefined,
  );

it.each([
  ['after the plan was made', 0],
  ['while the plan is made, after its tasks were read and before its image is', 14_000],
])('a task of the accused version that pulls %s leaves no decision: its image is archived', async (_when, ms) => {
  await using shop = await openShop([{ name: 'cart' }]);
  const { account, door } = shop.stage.sandbox;
  const ecs = new ECSClient({ region: account.region, endpoint: door.endpoint, credentials: rootCredentials(account) });
  const [first, second] = (await shop.service('cart')).tasks;
  await ecs.send(new StopTaskCommand({ cluster: 'prod', task: first?.arn }));
  await shop.until(() => pulling(shop) !== undefined);
  // Between the reads of a service's tasks and of its image.
  if (ms > 0) faulty(shop, { from: 'decide', operation: 'DescribeScalableTargets', nth: 1 }, { kind: 'slow', ms });
  await shop.find('cart', { task: second });
  await shop.settle();
  expect(shop.onlyTold().subject).toContain('prod/cart contained, credentials open');
  expect(isArchived(shop, 'cart')).toBe(true);
  expect(accusedTasks(shop, 'cart')).toEqual([]);
  expect(await shop.service('cart')).toMatchObject({
    desired: 2,
    digests: [cleanDigest('cart')],
    rollout: 'COMPLETED',
  });
});
