import { beforeEach, describe, expect, it } from 'vitest';
import { planOfRun } from '../../shared/incident/plans.ts';
import { receiptsOf } from '../../shared/incident/receipts.ts';
import { readTurn } from '../../shared/incident/turns.ts';
import { isClosedAfter } from '../../shared/respond/acted.ts';
import { Cluster } from './model/cluster.ts';
import { Lab } from './model/lab.ts';

let lab: Lab;

const subjects = (): readonly string[] => lab.world.published.map(({ subject }) => subject.replace(/,.*/, ''));
const bodies = (): readonly string[] => lab.world.published.map(({ body }) => body);

/** Decides, and takes every step of the plan. */
const play = async (): Promise<void> => {
  const { steps, decision } = await lab.decide();
  for (const { n } of decision === 'contain' ? steps : []) {
    await lab.act(n).catch(() => {});
    await lab.verify(n).catch(() => {});
  }
};

async function planNow() {
  const head = await lab.head();
  const stored = await planOfRun(lab.effects.bodies, head, head.round);
  if (stored === undefined) throw new Error('There is no plan');
  return { head, stored };
}

/** The scan finds nothing any more: its source has closed the finding. */
const closed = (second = 5): Promise<unknown> => lab.takeIn({ id: `closed-${second}`, critical: 0, second });

beforeEach(async () => {
  lab = new Lab();
  await lab.takeIn();
});

describe('a run whose finding is closed while it acts', () => {
  it('tells what it did, once, and is contained', async () => {
    await play();
    await closed();
    expect(await lab.report()).toMatchObject({ more: true });
    await play();
    expect(await lab.report()).toMatchObject({ more: false, outcome: 'contained' });
    expect(await lab.head()).toMatchObject({ state: 'resting', outcome: 'contained', reportedSeq: 2 });
    expect(subjects()).toEqual(['NO ACTION: payments/checkout-api contained']);
    expect(bodies()[0]).toContain('Read back');
  });

  it('tells nothing more where it has changed nothing', async () => {
    await lab.decide();
    await closed();
    await lab.report();
    await play();
    expect(await lab.report()).toMatchObject({ more: false, outcome: 'ignored' });
    expect(subjects()).toEqual(['GET UP: payments/checkout-api NOT contained']);
  });
});

it('what a person has undone since is told as that, though nothing is left to put back', async () => {
  await play();
  const { head, stored } = await planNow();
  const receipts = await receiptsOf(lab.world.table, head.incident, head.run, 1);
  const ignored = { ...stored, round: 2, plan: { ...stored.plan, decision: 'ignore' } } as const;
  expect(isClosedAfter(ignored, stored, receipts)).toBe(true);
  expect(isClosedAfter({ ...ignored, direction: 'undo' }, stored, receipts)).toBe(false);
});

describe.each([
  ['closed', 0],
  ['changed', 9],
])('a host that was patched, and whose finding is %s before its run is over', (_what, critical) => {
  async function played(reversible: boolean): Promise<Cluster> {
    const world = new Cluster();
    world.hosts.reversible = reversible;
    world.accuse(1);
    world.accuse(2, 0.5);
    world.accuse(1, 2, { id: 'again', critical, second: 120 });
    await world.run(60);
    return world;
  }

  it.each([true, false])(
    'is told as patched, and the next has its turn at once (reversible: %s)',
    async (reversible) => {
      const world = await played(reversible);
      expect(world.told(1).map(({ tier, subject }) => [tier, subject.replace(/,.*/, '')])).toEqual([
        ['digest', 'NO ACTION: payments/checkout-api contained'],
      ]);
      expect(await world.head(1)).toMatchObject({ outcome: 'contained' });
      expect(world.order).toEqual([1, 2]);
      const [out = 0] = world.host(2).outAt;
      expect(out - Date.parse((await world.head(1)).restedAt ?? '')).toBeLessThan(10_000);
      expect((await readTurn(world.table, 'ecs-cluster/123456789012/us-east-1/prod'))?.owner).toBeNull();
    },
  );
});
