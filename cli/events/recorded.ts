import type { Batch as Recorded } from '../replay/stream.ts';
import type { Batch } from './archived.ts';
import { eventIn, mostIds, remembering } from './export.ts';

/** What an archive held, counted while it was read. */
export interface Reading {
  events: number;
  /** Delivered more than once. */
  repeated: number;
  /** Objects that hold something else than intake writes, in whole or in part. */
  unreadable: number;
}

/** The events of batches as a replay takes them, each once and as it came: nothing of them is written anywhere. */
export async function* recordedEvents(batches: AsyncIterable<Batch>, reading: Reading): AsyncGenerator<Recorded> {
  const isNew = remembering(mostIds);
  for await (const { key, lines } of batches) {
    const read = (lines ?? []).map(eventIn);
    if (lines === null || read.includes(null)) reading.unreadable += 1;
    const there = read.flatMap((one, at) => (one === null ? [] : [{ ...one, line: at + 1 }]));
    const fresh = there.filter(({ id }) => isNew(id));
    reading.events += fresh.length;
    reading.repeated += there.length - fresh.length;
    yield { file: key, events: fresh.map(({ event }) => event), lines: fresh.map(({ line }) => line) };
  }
}
