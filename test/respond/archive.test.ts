import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { archivedAt, archivePrefix } from '../../shared/incident/archive.ts';
import { memoryTable } from '../../shared/incident/memoryTable.ts';
import { missedBetween } from '../../shared/incident/missedEvents.ts';
import { eventArchive, type Queued } from '../../shared/respond/archive.ts';
import { scanEvent } from './model/events.ts';

const begin = Date.parse('2026-11-20T09:14:03.123Z');
const plenty = 50_000;

function world() {
  const objects = new Map<string, readonly string[]>();
  const logged: { message: string; fields: { readonly [name: string]: unknown } }[] = [];
  const table = memoryTable();
  const calls = { puts: 0 };
  const effects = {
    table,
    clock: { now: () => new Date(Date.now()) },
    log: (message: string, fields: { readonly [name: string]: unknown }) => {
      logged.push({ message, fields });
    },
    put: async (key: string, body: Uint8Array): Promise<void> => {
      calls.puts += 1;
      objects.set(key, gunzipSync(body).toString().trimEnd().split('\n'));
    },
  };
  const missed = () => missedBetween(table, new Date(0), new Date('2030-01-01T00:00:00Z'));
  return { objects, logged, effects, calls, missed, table };
}

const message = (n: number, change: Partial<Queued> = {}): Queued => ({
  messageId: `m${n}`,
  body: scanEvent({ id: `event-${n}` }),
  sentAt: begin + n,
  ...change,
});

const down = (): Promise<never> => Promise.reject(new Error('SlowDown'));

beforeEach(() => {
  vi.useFakeTimers({ now: begin });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('what was taken in', () => {
  it('is one object for a batch, under the hour in which the queue took it, an event on a line', async () => {
    const { objects, effects } = world();
    await eventArchive(effects)([message(2), message(1)], plenty);
    const [[key, lines] = ['', []], ...more] = objects;
    expect(more).toEqual([]);
    expect(key).toMatch(/^events\/2026\/11\/20\/09\/20261120T091403124Z-[0-9a-f]{16}\.jsonl\.gz$/);
    expect(archivedAt(key)).toEqual(new Date(begin + 1));
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(['event-2', 'event-1']);
  });

  it('has the same key when the same batch comes again, in another order and an hour later, and another for another', async () => {
    const { objects, effects, calls } = world();
    const archive = eventArchive(effects);
    await archive([message(1), message(2)], plenty);
    vi.setSystemTime(begin + 3_600_000);
    await archive([message(2), message(1)], plenty);
    expect([calls.puts, objects.size]).toEqual([2, 1]);
    await archive([message(1)], plenty);
    expect(objects.size).toBe(2);
  });

  it('is a line each, also where the event was written on several', async () => {
    const { objects, effects } = world();
    const body = JSON.stringify(JSON.parse(scanEvent()), null, 2);
    await eventArchive(effects)([message(1, { body })], plenty);
    expect([...objects.values()]).toEqual([[scanEvent()]]);
  });

  it('is not what is no event: that lies in the dead letters', async () => {
    const { objects, effects, missed } = world();
    const archive = eventArchive(effects);
    await archive([message(1, { body: '{' }), message(2, { body: '{}' })], plenty);
    expect([objects.size, await missed()]).toEqual([0, []]);
    await archive([message(3, { body: 'no' }), message(4)], plenty);
    expect([...objects.values()]).toEqual([[scanEvent({ id: 'event-4' })]]);
  });

  it('is not the canary, of which no rule makes anything', async () => {
    const { objects, effects, missed } = world();
    const clocked = { ...JSON.parse(scanEvent()), source: 'aws.events', 'detail-type': 'Scheduled Event' };
    await eventArchive(effects)([message(1, { body: JSON.stringify(clocked) })], plenty);
    expect([objects.size, await missed()]).toEqual([0, []]);
  });
});

describe('S3 that fails', () => {
  it('fails nothing: it is logged, and counted by day', async () => {
    const { effects, logged, missed } = world();
    await eventArchive({ ...effects, put: down })([message(1), message(2)], plenty);
    expect(logged).toMatchObject([{ message: 'Events were taken in and not archived', fields: { count: 2 } }]);
    expect(await missed()).toEqual([{ day: '2026-11-20', count: 2 }]);
  });

  it('is left alone for a minute, in which what is missed is counted, and is tried again then', async () => {
    const { effects, objects, missed } = world();
    let tried = 0;
    const archive = eventArchive({
      ...effects,
      put: async (key, body) => {
        tried += 1;
        return tried === 1 ? down() : effects.put(key, body);
      },
    });
    await archive([message(1)], plenty);
    vi.setSystemTime(begin + 59_999);
    await archive([message(2)], plenty);
    expect([tried, objects.size, await missed()]).toEqual([1, 0, [{ day: '2026-11-20', count: 2 }]]);
    vi.setSystemTime(begin + 60_000);
    await archive([message(3)], plenty);
    expect([tried, objects.size]).toEqual([2, 1]);
  });

  it('to answer is given up after two seconds, and the call with it', async () => {
    const { effects, missed } = world();
    let signal: AbortSignal | undefined;
    const archive = eventArchive({
      ...effects,
      put: (_key, _body, given) => {
        signal = given;
        return new Promise<never>(() => undefined);
      },
    });
    const done = archive([message(1)], plenty);
    await vi.advanceTimersByTimeAsync(2_000);
    await done;
    expect([signal?.aborted, await missed()]).toEqual([true, [{ day: '2026-11-20', count: 1 }]]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not asked where the function has no time for it, and asked for no longer than it has', async () => {
    const { effects, calls, missed } = world();
    const archive = eventArchive(effects);
    await archive([message(1)], 5_000);
    expect([calls.puts, await missed()]).toEqual([0, [{ day: '2026-11-20', count: 1 }]]);
    // That is no failure of S3's.
    await archive([message(1)], plenty);
    expect(calls.puts).toBe(1);
    const done = eventArchive({ ...effects, put: () => new Promise(() => undefined) })([message(2)], 5_500);
    await vi.advanceTimersByTimeAsync(500);
    await done;
    expect(await missed()).toEqual([{ day: '2026-11-20', count: 2 }]);
  });

  it('while the table fails, or does not answer either, fails nothing', async () => {
    const { effects, logged, table } = world();
    const refusing = { ...effects, put: down, table: { ...table, putIfAbsent: down } };
    await eventArchive(refusing)([message(1)], plenty);
    expect(logged.map((line) => line.message)).toEqual([
      'Events were taken in and not archived',
      'Events that were not archived could not be counted',
    ]);
    const silent = { ...table, putIfAbsent: () => new Promise<never>(() => undefined) };
    const done = eventArchive({ ...effects, put: down, table: silent })([message(1)], plenty);
    await vi.advanceTimersByTimeAsync(1_000);
    await done;
    expect(logged).toHaveLength(4);
  });

  it('leaves a message without a time out, and takes no harm', async () => {
    const { effects, missed } = world();
    await eventArchive(effects)([message(1, { sentAt: Number.NaN })], plenty);
    expect(await missed()).toEqual([{ day: '2026-11-20', count: 1 }]);
  });
});

describe('a key of the archive', () => {
  it('is read back; what intake never wrote is none', () => {
    for (const key of ['events/', 'events/2026/11/20/09/x.jsonl.gz', 'bodies/20261120T091403124Z-0123456789abcdef']) {
      expect(archivedAt(key)).toBeNull();
    }
    expect(archivePrefix).toBe('events/');
  });
});
