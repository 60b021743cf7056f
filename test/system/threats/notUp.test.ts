import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accusedTasks } from './accusedTasks.ts';
import { part } from './faulty.ts';
import { isArchived, openShop, type Shop, serviceIncident } from './shop.ts';
import { accusedDigest } from './world.ts';

const breakers = [
  ['rolls-back', 'a circuit breaker that rolls back', { enable: true, rollback: true }],
  ['fails', 'a circuit breaker that does not', { enable: true, rollback: false }],
  ['goes-on', 'none, so that ECS goes on trying', undefined],
] as const;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(
    breakers.map(([name, , breaker]) => ({ name, cleanExits: true, ...(breaker === undefined ? {} : { breaker }) })),
  );
});
afterAll(() => shop[Symbol.asyncDispose]());

describe('a clean version that does not come up', () => {
  it.each(breakers)(
    '%s: with %s, one page says so, and the accused version never comes back',
    async (name, _w, breaker) => {
      await shop.find(name, {});
      // As long as ECS tries and Verify reads, and longer.
      for (let minute = 0; minute < 60; minute += 1) {
        await shop.stage.pass(60);
        if (minute > 3) expect(accusedTasks(shop, name)).toEqual([]);
      }
      const { tier, subject, body } = shop.onlyTold();
      expect(tier).toBe('page');
      expect(subject).toContain(`prod/${name} contained, NOT up again`);
      const notDone = part(body, 'What was not done, and why');
      expect(notDone).toMatch(/^FAILED ecs\.contain-service: /);
      expect(notDone).toMatch(/0 of 2 tasks healthy, deployment (FAILED|IN_PROGRESS)/);
      expect(part(body, 'What you can do')).toContain('what is clean does not run as it should');
      expect(part(body, 'What you can do')).not.toContain('working hours');
      expect(await shop.show(serviceIncident(name))).toMatchObject({ state: 'resting', outcome: 'degraded' });
      const seen = await shop.service(name);
      expect(seen).toMatchObject({ taskDefinition: `${name}:1`, desired: 2, tasks: [] });
      expect(seen.breaker?.rollback).toBe(false);
      expect(isArchived(shop, name)).toBe(true);

      expect((await shop.undo(serviceIncident(name))).kind).toBe('opened');
      await shop.stage.pass(45 * 60);
      expect(shop.onlyTold().subject).toContain(`prod/${name} undone,`);
      const after = await shop.service(name);
      expect(after).toMatchObject({ taskDefinition: `${name}:2`, desired: 2, digests: [accusedDigest(name)] });
      expect(after.breaker).toEqual(breaker ?? { enable: false, rollback: false });
    },
  );
});
