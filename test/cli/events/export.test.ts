import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Batch } from '../../../cli/events/archived.ts';
import { exportLines } from '../../../cli/events/command.ts';
import { exportEvents, remembering } from '../../../cli/events/export.ts';
import { moment } from '../../../cli/events/since.ts';
import { openSink } from '../../../cli/events/sink.ts';

const line = (id: string, change: object = {}): string =>
  JSON.stringify({ id, time: `2026-11-20T09:0${id.length % 10}:00Z`, ...change });

async function* batches(...all: readonly (readonly string[] | null)[]): AsyncGenerator<Batch> {
  for (const [n, lines] of all.entries()) yield { key: `events/${n}`, lines };
}

async function exported(...all: readonly (readonly string[] | null)[]) {
  const written: string[] = [];
  const result = await exportEvents(batches(...all), null, async (one) => {
    written.push(one);
  });
  return { result, written };
}

describe('an export', () => {
  it('has every event once, in the order in which they came', async () => {
    const { result, written } = await exported([line('a'), line('bb')], [line('a')], [line('ccc'), line('bb')]);
    expect(written).toEqual([line('a'), line('bb'), line('ccc')]);
    expect(result).toEqual({
      ...{ events: 3, repeated: 2, unreadable: [], unredacted: 0 },
      ...{ first: '2026-11-20T09:01:00Z', last: '2026-11-20T09:03:00Z' },
    });
  });

  it('names what cannot be read, and has the rest', async () => {
    const { result, written } = await exported(
      null,
      [line('a'), '{"id":', '{"id":7,"time":"x"}', 'null'],
      [line('bb')],
    );
    expect(written).toEqual([line('a'), line('bb')]);
    expect(result.unreadable).toEqual(['events/0', 'events/1']);
  });

  it('leaves out, and counts, what cannot be redacted', async () => {
    const result = await exportEvents(
      batches(['{"id":"a","time":"x","detail":{"note":"s3cret"}}']),
      [],
      async (one) => {
        expect(one).not.toContain('s3cret');
      },
    );
    expect(result).toMatchObject({ events: 1, unredacted: 0 });
  });

  it('asks for no batch before the one at hand is written', async () => {
    let asked = 0;
    async function* endless(): AsyncGenerator<Batch> {
      for (;;) {
        asked += 1;
        yield { key: `events/${asked}`, lines: [line(`id-${asked}`)] };
      }
    }
    const full = exportEvents(endless(), null, async () => {
      if (asked === 3) throw new Error('full');
    });
    await expect(full).rejects.toThrow('full');
    expect(asked).toBe(3);
  });

  it('remembers the latest ids alone', () => {
    const isNew = remembering(2);
    expect(['a', 'b', 'a', 'c', 'a'].map(isNew)).toEqual([true, true, false, true, true]);
  });
});

describe('what is said of it', () => {
  const period = { since: new Date('2026-11-01T00:00:00Z'), until: new Date('2026-11-02T00:00:00Z') };
  const nothing = { events: 0, repeated: 0, first: null, last: null, unreadable: [], unredacted: 0 };

  it('is that there was none, for which stage and time', () => {
    expect(exportLines({ exported: nothing, missed: [] }, period, 'prod')).toEqual([
      'No event is in the archive of stage prod, taken in from 2026-11-01T00:00:00.000Z to 2026-11-02T00:00:00.000Z.',
    ]);
  });

  it('is all that is not in it', () => {
    const exported = {
      ...nothing,
      events: 1,
      first: 'a',
      last: 'a',
      repeated: 2,
      unreadable: ['events/\u001b[2J'],
      unredacted: 1,
    };
    const lines = exportLines({ exported, missed: [{ day: '2026-11-01', count: 3 }] }, period, 'prod');
    expect(lines.slice(1)).toEqual([
      '2 repeats left out: delivered more than once.',
      "Not archived on 2026-11-01: 3 events; the function's log says why.",
      'Not read, in whole or in part, because it is not what intake writes: events/\\u{1b}[2J',
      '1 event left out, of which something else would be said once redacted: --unredacted has all.',
    ]);
  });
});

describe('a moment', () => {
  const now = new Date('2026-11-20T10:00:00.000Z');
  it.each([
    ['30d', '2026-10-21T10:00:00.000Z'],
    ['12h', '2026-11-19T22:00:00.000Z'],
    ['90m', '2026-11-20T08:30:00.000Z'],
    ['2026-11-01', '2026-11-01T00:00:00.000Z'],
    ['2026-11-01T09:30:00+01:00', '2026-11-01T08:30:00.000Z'],
  ])('%s is %s', (text, iso) => {
    expect(moment(text, now).toISOString()).toBe(iso);
  });

  it.each([
    '',
    '30',
    'd',
    '-1d',
    '1.5d',
    '999999999d',
    '30 d',
    '2026-02-30',
    '2026-11-01T25:00:00Z',
    'yesterday',
    '20261101',
  ])('%j is none', (text) => {
    expect(() => moment(text, now)).toThrow('It must be 30d, 12h, 90m, a day');
  });
});

describe('a file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'firebreak-events-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is there when it is whole, for its owner alone, in the place of what was there', async () => {
    const file = join(folder, 'whole.jsonl');
    writeFileSync(file, 'old');
    const sink = await openSink(file);
    await sink.write('a');
    await sink.write('b');
    expect(readFileSync(file, 'utf8')).toBe('old');
    await sink.done();
    sink.close();
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o077]).toEqual(['a\nb\n', 0]);
  });

  it('is not there when it was not ended, nor is anything of it', async () => {
    const file = join(folder, 'half.jsonl');
    const sink = await openSink(file);
    await sink.write('a');
    sink.close();
    expect([file, `${file}.part`].map((one) => existsSync(one))).toEqual([false, false]);
  });

  it('that cannot be written is said in one sentence', async () => {
    await expect(openSink(join(folder, 'no', 'such', 'place'))).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining('cannot be written'),
    });
  });
});
