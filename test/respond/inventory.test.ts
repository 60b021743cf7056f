import { describe, expect, test } from 'vitest';
import { readInventory } from '../../shared/incident/inventories.ts';
import { memoryTable } from '../../shared/incident/memoryTable.ts';
import { Throttled } from '../../shared/platform/errors.ts';
import type { OwnEvent } from '../../shared/platform/events.ts';
import { inventory } from '../../shared/respond/inventory.ts';
import type { ImagePolicy } from '../../shared/rules/rule.ts';
import { settings as settingsSchema } from '../../shared/rules/schema.ts';
import { mockAccount, region, type World } from '../account/mockAccount.ts';

const digest = (n: number) => `sha256:${n.toString(16).padStart(64, '0')}`;
const hourMs = 3_600_000;

/** An account in which so many services run an image of Docker Hub each, and what an inventory does there. */
function lab(count: number) {
  const tasks = Array.from({ length: count }, (_, n) => ({
    ...{ id: `t${n}`, image: `docker.io/acme/tool-${String(n).padStart(3, '0')}:1`, imageDigest: digest(n) },
    task: { group: `service:tool-${n}` },
  }));
  const world: World = { images: [], clusters: [{ name: 'prod', tasks }], functions: [] };
  const events: OwnEvent[] = [];
  const table = memoryTable();
  const state = {
    now: Date.parse('2026-11-20T03:00:00Z'),
    /** Each look at the clock takes so long. */
    tickMs: 0,
    policy: { registries: ['123456789012.dkr.ecr.eu-central-1.amazonaws.com'] } as ImagePolicy | undefined,
    busy: false,
  };
  const { aws, sent } = mockAccount(world);
  const parsed = settingsSchema.parse({});
  const run = () =>
    inventory({
      table,
      region,
      aws: () => aws,
      mostMs: 60_000,
      log: () => undefined,
      clock: {
        now: () => {
          state.now += state.tickMs;
          return new Date(state.now);
        },
      },
      ruleSets: {
        current: async () => {
          const settings = state.policy === undefined ? parsed : { ...parsed, images: state.policy };
          return { hash: 'h', number: 1, versions: {}, set: { rules: [], exemptions: [], settings } };
        },
      },
      bus: {
        put: async (some) => {
          if (state.busy) throw new Throttled('EventBridge asked to slow down');
          events.push(...some);
        },
      },
    });
  const later = (hours: number) => {
    state.now += hours * hourMs;
    return run();
  };
  return { world, events, table, state, run, later, sent, record: () => readInventory(table) };
}

describe('an inventory of what runs', () => {
  test('reads nothing and writes nothing where the settings want nothing of images', async () => {
    const { state, run, sent, record } = lab(3);
    state.policy = undefined;
    expect(await run()).toEqual({ state: 'off', images: 0, events: 0 });
    expect(sent()).toEqual([]);
    expect(await record()).toBeUndefined();
  });

  test('looks once a day, or as often as the settings say, and at once where they were edited', async () => {
    const { state, run, later } = lab(2);
    expect(await run()).toMatchObject({ state: 'done', images: 2, events: 2 });
    expect((await later(1)).state).toBe('waits');
    expect((await later(22)).state).toBe('waits');
    expect((await later(1)).state).toBe('done');
    state.policy = { ...state.policy, inventoryHours: 6 };
    expect((await later(1)).state).toBe('done');
    expect((await later(5)).state).toBe('waits');
    expect((await later(1)).state).toBe('done');
  });

  test('stops when its time is over, and goes on where it stopped', async () => {
    const { state, events, run, later, record } = lab(10);
    state.tickMs = 10_000;
    const first = await run();
    expect(first.state).toBe('goes-on');
    expect(first.images).toBeGreaterThan(0);
    expect((await record())?.finishedAt).toBeNull();
    let last = first;
    for (let n = 0; n < 10 && last.state === 'goes-on'; n += 1) last = await later(1);
    expect(last.state).toBe('done');
    expect(await record()).toMatchObject({ images: 10, refused: 10 });
    const names = events.map(({ detail }) => (detail as { image?: { name: string } }).image?.name);
    expect(new Set(names).size).toBe(10);
    expect(names).toHaveLength(10);
  });

  test('looks at no more than five hundred images in one run', async () => {
    const { run, later, record } = lab(501);
    expect(await run()).toMatchObject({ state: 'goes-on', images: 500 });
    expect(await later(1)).toMatchObject({ state: 'done', images: 1 });
    expect((await record())?.images).toBe(501);
  });

  test('notes nothing of what it could not tell, and tells it an hour later', async () => {
    const { state, events, run, later, record } = lab(2);
    state.busy = true;
    await expect(run()).rejects.toThrow(Throttled);
    expect(await record()).toBeUndefined();
    state.busy = false;
    expect(await later(1)).toMatchObject({ state: 'done', events: 2 });
    expect(events).toHaveLength(2);
  });

  test('takes back what it told when the settings want nothing of images any more', async () => {
    const { state, events, run, later, record } = lab(2);
    await run();
    state.policy = undefined;
    expect(await later(1)).toEqual({ state: 'off', images: 0, events: 2 });
    expect(events.slice(2)).toMatchObject([
      { detail: { reasons: [{ status: 'RESOLVED' }] } },
      { detail: { reasons: [{ status: 'RESOLVED' }] } },
    ]);
    expect((await record())?.told).toEqual([]);
    expect((await later(1)).events).toBe(0);
  });

  test('takes nothing back because the account could not be read', async () => {
    const { world, events, run, later } = lab(2);
    await run();
    world.refuse = { ListTasks: Object.assign(new Error('no'), { name: 'AccessDeniedException', $metadata: {} }) };
    for (let day = 0; day < 3; day += 1) expect(await later(24)).toMatchObject({ state: 'done', images: 0, events: 0 });
    expect(events).toHaveLength(2);
  });

  test('tells of a name that nobody can read, and of one by another digest, and has the others be over all the same', async () => {
    const { world, state, events, run, later, record } = lab(1);
    await run();
    const task = { group: 'service:miner' };
    const tasks = [
      { id: 'a', image: 'NOT an image', task },
      { id: 'b', image: `evil.example.com/miner@sha512:${'a'.repeat(128)}`, task },
    ];
    world.clusters = [{ name: 'prod', tasks }];
    await later(24);
    await later(24);
    const seen = events.map(({ detail }) => detail as { image: { name: string }; reasons: { status: string }[] });
    const told = seen.map(({ image, reasons }) => `${image.name.slice(0, 31)} ${reasons[0]?.status}`);
    expect(new Set(told.slice(1))).toEqual(
      new Set([
        'NOT an image REFUSED',
        'evil.example.com/miner@sha512:a REFUSED',
        'docker.io/acme/tool-000@sha256: RESOLVED',
      ]),
    );
    expect((await record())?.unread.join('\n')).toContain('NOT an image: Its name is in no form that is known');
    state.policy = { maxAgeDays: 90 };
    await later(1);
    expect((await record())?.told).toEqual([]);
  });
});
