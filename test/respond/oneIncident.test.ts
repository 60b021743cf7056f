import { describe, expect, it } from 'vitest';
import { readHead } from '../../shared/incident/head.ts';
import { findingIn, incidentOf, scanEvent } from './model/events.ts';
import { World } from './model/world.ts';

const event = scanEvent();
const incident = incidentOf(event);
const thing = (world: World) => world.thingOf(findingIn(event));

describe('one incident, nothing fails', () => {
  it('is contained, verified and told once', async () => {
    const world = new World();
    thing(world);
    void world.deliver(0, event);
    await world.run(15);
    const head = await readHead(world.table, incident);
    expect(head).toMatchObject({ state: 'resting', outcome: 'contained', outbox: [], deadRuns: 0 });
    expect(thing(world)).toMatchObject({ status: 'shut', calls: ['shut'] });
    expect(world.published).toHaveLength(1);
    expect(world.machinePages).toEqual([]);
  });

  it('says nothing new when the same finding comes again a hundred times', async () => {
    const world = new World();
    thing(world);
    for (let n = 0; n < 100; n += 1) void world.deliver(n * 1000, scanEvent({ id: `event-${n}` }));
    await world.run(15);
    expect(thing(world).calls).toEqual(['shut']);
    expect(world.published).toHaveLength(1);
    expect(
      world
        .all('record')
        .map(({ result }) => result)
        .filter((result) => result === 'accepted'),
    ).toHaveLength(1);
    expect(world.all('record')).toHaveLength(100);
  });

  it('is put back when a person says so, told, and held afterwards', async () => {
    const world = new World();
    thing(world);
    void world.deliver(0, event);
    void world.undo(600_000, incident);
    void world.deliver(3_600_000, scanEvent({ id: 'later', critical: 9, second: 100 }));
    await world.run(75);
    expect(thing(world)).toMatchObject({ status: 'open', calls: ['shut', 'open'] });
    expect(world.published.map(({ subject }) => subject.replace(/,.*/, ''))).toEqual([
      'NO ACTION: payments/checkout-api contained',
      'NO ACTION: payments/checkout-api undone',
      'NO ACTION: payments/checkout-api held until you look',
    ]);
    const head = await readHead(world.table, incident);
    expect(head).toMatchObject({ state: 'resting', outcome: 'held' });
    expect(head?.heldUntil).not.toBeNull();
  });
});
