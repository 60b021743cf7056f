import { beforeEach, expect, it } from 'vitest';
import { inventory } from '../../../cli/doctor/checks/inventory.ts';
import type { Place } from '../../../cli/doctor/place.ts';
import { type InventoryRecord, writeInventory } from '../../../shared/incident/inventories.ts';
import { memoryTable } from '../../../shared/incident/memoryTable.ts';
import type { Table } from '../../../shared/incident/table.ts';

const hour = 3_600_000;
const now = Date.parse('2026-11-20T09:20:00.000Z');
const ago = (hours: number): string => new Date(now - hours * hour).toISOString();

let table: Table;
beforeEach(() => {
  table = memoryTable();
});

async function asks(images: unknown, publishedHoursAgo = 600) {
  const pointer = { hash: 'h', number: 1, previous: null, versions: {}, publishedAt: ago(publishedHoursAgo) };
  await table.putIfAbsent({ pk: 'ruleset', sk: 'current', ...pointer });
  const bodies = { get: async () => JSON.stringify({ settings: images === undefined ? {} : { images } }) };
  const effects = { table, bodies, clock: { now: () => new Date(now) } };
  return inventory.look({ stage: { stage: 'dev', effects } } as unknown as Place);
}
const looked = (hours: number, more: Partial<InventoryRecord> = {}) =>
  writeInventory(table, undefined, {
    ...{ policy: 'p', startedAt: ago(hours), finishedAt: ago(hours), after: null, images: 12, refused: 3, unknown: 0 },
    ...{ fresh: 0, unread: [], told: [], ...more },
  });

it('is in order where the settings want nothing of images', async () => {
  expect(await asks(undefined)).toMatchObject({ state: 'ok', seen: expect.stringContaining('is not looked at') });
});

it('is in order after a pass, and says what came of it', async () => {
  await looked(20);
  expect(await asks({})).toMatchObject({
    state: 'ok',
    seen: expect.stringContaining('12 images that run were looked at'),
  });
});

it('warns of what could not be told', async () => {
  await looked(2, { unknown: 1, unread: ['a: access denied'] });
  expect(await asks({})).toMatchObject({ state: 'warning', seen: expect.stringContaining('a: access denied') });
});

it('is broken where the last pass is older than the settings want', async () => {
  await looked(26);
  expect((await asks({})).state).toBe('ok');
  table = memoryTable();
  await looked(28);
  expect(await asks({})).toMatchObject({ state: 'broken', todo: expect.stringContaining('firebreak-dev-inventory') });
  table = memoryTable();
  await looked(10);
  expect((await asks({ inventoryHours: 6 })).state).toBe('broken');
});

it('is broken where none has come long after the settings were published', async () => {
  expect((await asks({}, 1)).state).toBe('ok');
  table = memoryTable();
  expect((await asks({}, 4)).state).toBe('broken');
});
