import {
  DescribeServicesCommand,
  type ECSClient,
  ListContainerInstancesCommand,
  UpdateContainerInstancesStateCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, test } from 'vitest';
import { containService as action } from '../../shared/actions/containService/containService.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { embeddedPlace, everything } from './embeddedPlace.ts';
import { embeddedTarget } from './embeddedWorlds.ts';

const target = embeddedTarget('ecs-service');
const params = action.params.parse({ minHealthyPercent: 50 });

/** A service after the first step of its rollback: it runs its clean version, at half its count, without autoscaling. */
async function halfway() {
  const place = await embeddedPlace('ecs-service', everything);
  const before = await action.observe(target, params, place.context);
  const planned = action.plan(target, params, before, place.context.settings);
  if (planned.kind !== 'step' || planned.chosen === undefined) throw new Error('No rollback was planned');
  const context = { ...place.context, chosen: planned.chosen };
  place.enter('execute');
  await action.execute(target, params, before, context);
  const look = () => action.observe(target, params, { ...context, before });
  /** As the plan of the next round is made: as if nothing had been changed. */
  const planAgain = (seen: JsonObject) => {
    const restored = Object.fromEntries(action.restores.map((field) => [field, before[field]]));
    return action.plan(target, params, { ...seen, ...restored } as typeof seen, place.context.settings);
  };
  return {
    place,
    before,
    context,
    planned,
    look,
    planAgain,
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  };
}

describe('a rollback that stands halfway', () => {
  test('is gone on with in the next round, to the full count of before, while its deployment is under way', async () => {
    await using there = await halfway();
    const seen = await there.look();
    expect(seen).toMatchObject({ deploying: 'no', unfinished: true, desired: there.before['desired'] });
    const again = there.planAgain(seen);
    expect(again).toMatchObject({ kind: 'step', undo: { possible: true } });
    expect(again.kind === 'step' && again.chosen).toMatchObject({ how: 'rollback', heldCount: 1, fullCount: 2 });
  });

  test('and once that deployment is over, and an accused task is there again', async () => {
    await using there = await halfway();
    await there.place.settle();
    const seen = { ...(await there.look()), affected: ['arn:task'] };
    expect(seen).toMatchObject({ deploying: 'no', unfinished: true, runsAccused: false });
    const again = there.planAgain(seen);
    expect(again.kind === 'step' && again.chosen).toMatchObject({ how: 'rollback', heldCount: 1, fullCount: 2 });
  });

  test('is not read as started while an accused version is deployed, whoever has brought it back', async () => {
    await using there = await halfway();
    const { place, before, context } = there;
    const [second] = action.parts ?? [];
    await place.settle();
    await second?.execute(target, params, before, context);
    await place.settle();
    const read = () => second?.verify(target, params, before, context);
    expect(await read()).toMatchObject({ state: 'holds' });
    const { client } = await context.aws.ecs();
    const place_ = { cluster: 'prod', services: ['checkout-api'] };
    const { services = [] } = (await client.send(new DescribeServicesCommand(place_) as never)) as {
      services?: { taskDefinition?: string }[];
    };
    expect(services[0]?.taskDefinition).not.toBe(before['taskDefinition']);
    await client.send(
      new UpdateServiceCommand({
        cluster: 'prod',
        service: 'checkout-api',
        taskDefinition: String(before['taskDefinition']),
      }) as never,
    );
    await place.settle();
    expect(await read()).toMatchObject({
      state: 'broken',
      again: true,
      seen: expect.stringContaining('not its clean version'),
    });
  });

  /** No host takes tasks any more. */
  async function drained() {
    const there = await halfway();
    const { client } = (await there.context.aws.ecs()) as { readonly client: ECSClient };
    const { containerInstanceArns = [] } = await client.send(new ListContainerInstancesCommand({ cluster: 'prod' }));
    const all = { cluster: 'prod', containerInstances: containerInstanceArns, status: 'DRAINING' } as const;
    await client.send(new UpdateContainerInstancesStateCommand(all));
    return { ...there, client };
  }

  test('is short of capacity while ECS goes on trying; undone, too, unless a circuit breaker may yet roll that back', async () => {
    await using there = await drained();
    const { place, before, context, client } = there;
    const service = { cluster: 'prod', service: 'checkout-api' };
    const deploymentConfiguration = { deploymentCircuitBreaker: { enable: false, rollback: false } };
    await client.send(new UpdateServiceCommand({ ...service, deploymentConfiguration, forceNewDeployment: true }));
    await action.parts?.[0]?.execute(target, params, before, context);
    await place.settle();
    const short = { todo: expect.stringContaining('below its count for want of capacity') };
    expect(await action.parts?.[0]?.verify(target, params, before, context)).toMatchObject({ state: 'pending', short });
    await action.undo?.(target, params, before, context);
    const undone = (rollback: boolean) =>
      action.verifyUndone?.(target, params, { ...before, breaker: { enable: true, rollback } }, context);
    expect(await undone(false)).toMatchObject({ state: 'pending', short });
    expect(await undone(true)).not.toHaveProperty('short');
  });

  test('is read as not up in the words of ECS, when there is no place for its tasks', async () => {
    await using there = await drained();
    const { place, before, context } = there;
    await place.settle();
    const read = await action.parts?.[0]?.verify(target, params, before, context);
    expect(read?.state).toBe('broken');
    expect(read?.seen).toMatch(/ECS told last: .*deployment failed.* Before that: .*was unable to place a task/);
    await action.undo?.(target, params, before, context);
    const undone = await action.verifyUndone?.(target, params, before, context);
    expect(undone).toMatchObject({ state: 'pending', seen: expect.stringContaining('; ECS told last: ') });
  });
});
