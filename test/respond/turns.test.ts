import { describe, expect, it } from 'vitest';
import { planOfRun } from '../../shared/incident/plans.ts';
import { readTurn } from '../../shared/incident/turns.ts';
import { undo } from '../../shared/respond/undo.ts';
import { Cluster } from './model/cluster.ts';
import { checkInvariants } from './model/invariants.ts';

const prod = 'ecs-cluster/123456789012/us-east-1/prod';
const longRun = 120;

/** Whom the plan of a host's last run says that it waits for. */
async function saysOf(world: Cluster, host: number): Promise<readonly string[]> {
  const head = await world.head(host);
  const plan = (await planOfRun(world.direct.bodies, head, head.round))?.plan;
  return plan?.notDone ?? [];
}

describe('hosts of one cluster, accused at the same time', () => {
  it('are taken out one at a time, in the order in which they asked; the next begins as the one before ends', async () => {
    const world = new Cluster();
    for (const [n, host] of [3, 1, 2].entries()) world.accuse(host, n);
    await world.run(longRun);
    expect(world.order).toEqual([3, 1, 2]);
    expect(world.hosts.together).toEqual([]);
    for (const host of [1, 2, 3]) expect(await world.head(host)).toMatchObject({ outcome: 'contained', waits: null });
    for (const [before, next] of [
      [3, 1],
      [1, 2],
    ] as const) {
      const { restedAt } = await world.head(before);
      const [out = 0] = world.host(next).outAt;
      expect(out - Date.parse(restedAt ?? '')).toBeGreaterThanOrEqual(0);
      expect(out - Date.parse(restedAt ?? '')).toBeLessThan(10_000);
    }
    expect((await readTurn(world.table, prod))?.owner).toBeNull();
    await checkInvariants(world, ['finding-1', 'finding-2', 'finding-3']);
  });

  it('wait without waking anybody, own nothing, and say whom they wait for; evidence is taken meanwhile', async () => {
    const world = new Cluster();
    world.accuse(1);
    world.accuse(2, 1);
    await world.run(3);
    expect(await world.head(2)).toMatchObject({ state: 'resting', outcome: 'joined' });
    expect((await world.head(2)).waits).toEqual([{ turn: prod, targets: [world.keyOf(2)] }]);
    expect(await saysOf(world, 2)).toEqual([
      `Take it out and patch it. It waits: incident ${world.incidentOf(1)} has image payments/checkout-api@sha256:${'1'.repeat(64)} of cluster prod in hand.`,
    ]);
    expect(world.all('target').find(({ pk }) => pk === `target#${world.keyOf(2)}`)).not.toHaveProperty('ownerIncident');
    expect(world.account.evidence).toBe(2);
    expect(world.told(2)).toEqual([]);
    await world.run(longRun);
    expect(world.told(2).map(({ tier }) => tier)).toEqual(['digest']);
  });

  it('do not hold up another cluster', async () => {
    const world = new Cluster();
    world.accuse(1);
    world.accuse(7);
    await world.run(3);
    expect(world.order).toHaveLength(2);
  });

  it('do not overtake each other when a finding comes again, or changes', async () => {
    const world = new Cluster();
    for (const host of [1, 2, 3]) world.accuse(host, host - 1);
    world.accuse(3, 2.5);
    world.accuse(3, 2.7, { id: 'changed', critical: 9, second: 5 });
    world.accuse(3, 6, { id: 'changed again', critical: 8, second: 10 });
    await world.run(longRun);
    expect(world.order).toEqual([1, 2, 3]);
  });

  it('go on as soon as the incident before them is decided otherwise', async () => {
    const world = new Cluster();
    for (const host of [1, 2, 3]) world.accuse(host, host - 1);
    await world.run(3.5);
    Object.assign(world.host(2), { patched: true });
    await world.run(longRun);
    expect(world.order).toEqual([1, 3]);
    expect(await world.head(2)).toMatchObject({ outcome: 'observed', waits: null });
  });
});

describe('a host that does not come back', () => {
  async function broken(reversible = true): Promise<Cluster> {
    const world = new Cluster();
    world.hosts.reversible = reversible;
    world.accuse(1);
    world.accuse(2, 1);
    world.accuse(3, 2);
    world.host(1).breaks = true;
    await world.run(longRun);
    return world;
  }

  it('keeps the turn: the others wait however long, and the page about it says that they do', async () => {
    const world = await broken();
    expect(world.order).toEqual([1]);
    expect(world.told(1).map(({ tier }) => tier)).toEqual(['page']);
    const [{ body } = { body: '' }] = world.told(1);
    expect(body).toContain(
      `Until image payments/checkout-api@sha256:${'1'.repeat(64)} is known to be back, nothing else of cluster prod is changed in its turn (2 incidents wait). Once it is seen to, this lets the next go on: firebreak undo ${world.incidentOf(1)} --stage test`,
    );
    expect(world.told(2)).toEqual([]);
    world.accuse(2, 0, { id: 'changed', critical: 9, second: 5 });
    await world.run(2 * longRun);
    expect(await saysOf(world, 2)).toEqual([
      `Take it out and patch it. It waits: incident ${world.incidentOf(1)} has changed image payments/checkout-api@sha256:${'1'.repeat(64)} of cluster prod, which is not known to be back; the undo of that incident lets the next go on.`,
    ]);
  });

  it('keeps it though the incidents that wait are quiet for days', async () => {
    const world = await broken();
    await world.run(30 * 60);
    expect(world.order).toEqual([1]);
    for (const host of [1, 2, 3]) expect((await world.head(host)).state).toBe('resting');
  });

  it('gives it up when a person has it undone, and the next go on at once, in their order', async () => {
    const world = await broken();
    const asked = world.schedule.now;
    void world.undo(0, world.incidentOf(1));
    await world.run(2 * longRun);
    expect(world.order).toEqual([1, 2, 3]);
    expect((world.host(2).outAt[0] ?? 0) - asked).toBeLessThan(2 * 60_000);
    expect(world.hosts.together).toEqual([]);
    expect(await world.head(1)).toMatchObject({ outcome: 'undone' });
  });

  it('gives it up to a person’s undo where nothing can be put back', async () => {
    const world = await broken(false);
    expect(world.order).toEqual([1]);
    const asked = world.schedule.now;
    Object.assign(world.host(1), { active: true });
    expect(await undo(world.direct, { incident: world.incidentOf(1), by: 'ana', reason: 'seen to' })).toMatchObject({
      kind: 'opened',
    });
    await world.run(2 * longRun);
    expect(world.order).toEqual([1, 2, 3]);
    expect((world.host(2).outAt[0] ?? 0) - asked).toBeLessThan(2 * 60_000);
  });

  it('keeps it where nothing can be put back, too, though the incident is quiet for days', async () => {
    const world = await broken(false);
    await world.run(30 * 60);
    expect(world.order).toEqual([1]);
    expect((await world.head(1)).state).toBe('resting');
  });

  it('and is gone in the end keeps it, and people hear of it though no step failed', async () => {
    const world = new Cluster();
    world.accuse(1);
    world.accuse(2, 1);
    await world.run(2);
    world.host(1).gone = true;
    await world.run(longRun);
    expect(world.order).toEqual([1]);
    expect(world.told(1).map(({ tier }) => tier)).toEqual(['notice']);
    expect(world.told(1)[0]?.body).toContain('(one incident waits)');
    void world.undo(0, world.incidentOf(1));
    await world.run(2 * longRun);
    expect(world.order).toEqual([1, 2]);
  });
});
