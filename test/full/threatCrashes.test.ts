import { describe, expect, it } from 'vitest';
import { type Asked, type Fault, faults } from '../../sandbox/faults/faults.ts';
import { shareOf } from '../share.ts';
import { isArchived, openShop, type Shop, serviceIncident } from '../system/threats/shop.ts';
import { cleanDigest } from '../system/threats/world.ts';

/** What changes the account; the incident's own table is gone through in crashes.test.ts. */
const writes: readonly string[] = [
  ...['PutObject', 'RegisterScalableTarget', 'UpdateTaskProtection', 'RegisterTaskDefinition'],
  ...['UpdateService', 'StopTask', 'UpdateImageStorageClass', 'Publish'],
];

const isWrite = ({ functionName, operation }: Asked): boolean =>
  functionName !== undefined && !/-(guard|sweep)$/.test(functionName) && writes.includes(operation);

/** A service with everything that a containment may have to write. */
const open = (): Promise<Shop> => {
  const breaker = { enable: true, rollback: true };
  return openShop([{ name: 'cart', autoscaled: true, movedTag: true, protectedTasks: 1, breaker }]);
};

/** The write calls of one containment without faults, in order. */
async function writesOfOneRun(): Promise<readonly string[]> {
  await using shop = await open();
  const made: string[] = [];
  faults(shop.stage.account).push((asked) => {
    if (isWrite(asked)) made.push(`${asked.functionName?.split('-').at(-1)} ${asked.operation}`);
    return undefined;
  });
  await shop.find('cart', {});
  await shop.settle();
  return made;
}

/** The function that makes the nth write call dies at it; then half an hour, sweeps included. */
async function containedDespite(nth: number, fault: Fault): Promise<void> {
  await using shop = await open();
  let seen = 0;
  faults(shop.stage.account).push((asked) => {
    if (!isWrite(asked)) return undefined;
    seen += 1;
    return seen === nth ? fault : undefined;
  });
  await shop.find('cart', {});
  await shop.stage.pass(40 * 60);

  const told = shop.told().filter(({ subject }) => !subject.startsWith('ALARM'));
  // Published at least once; a repeat after a crash has the same text.
  expect([...new Set(told.map(({ body }) => body))]).toHaveLength(1);
  expect(told[0]).toMatchObject({ tier: 'page', subject: expect.stringContaining('prod/cart contained,') });
  const record = await shop.show(serviceIncident('cart'));
  expect(record).toMatchObject({ state: 'resting', direction: 'do' });
  expect(['contained', 'degraded']).toContain(record.outcome);
  const seenNow = await shop.service('cart');
  expect(seenNow).toMatchObject({ desired: 2, digests: [cleanDigest('cart')], rollout: 'COMPLETED' });
  expect(seenNow.breaker?.rollback).toBe(false);
  expect(seenNow.scaling).toEqual({ min: 1, max: 6, suspended: false });
  expect(isArchived(shop, 'cart')).toBe(true);
  expect(shop.stage.calls('ecr:UpdateImageStorageClass')).toBe(1);
  const changes = record.targets.flatMap(({ changes: some }) => some);
  expect(changes.map(({ action }) => action).sort()).toEqual(['ecr.quarantine-image', 'ecs.contain-service']);
  expect(changes.find(({ action }) => action === 'ecs.contain-service')?.before).toMatchObject({
    ...{ count: 'autoscaled', scaling: { min: 1, max: 6 }, breaker: { enable: true, rollback: true } },
    taskDefinition: expect.stringMatching(/:task-definition\/cart:2$/),
  });
}

const made = await writesOfOneRun();
const each = made.map((call, n) => [n + 1, call] as const);

describe(`a function dies at any of the ${made.length} write calls of a containment of a service: one containment, told once`, () => {
  it('goes through every kind of them', () => {
    for (const operation of writes)
      expect(
        made.some((call) => call.endsWith(` ${operation}`)),
        operation,
      ).toBe(true);
  });

  it.each(shareOf(each))('before call %i, %s', (n) => containedDespite(n, 'crash-before'));
  it.each(shareOf(each))('after call %i, %s', (n) => containedDespite(n, 'crash-after'));
});
