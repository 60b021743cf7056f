import type { Route } from '../explain/routes.ts';
import type { Batch } from './archived.ts';
import { redact } from './redact.ts';

/** What became of an export. */
export interface Exported {
  readonly events: number;
  /** Delivered more than once. */
  readonly repeated: number;
  /** Envelope times of the first and the last, as they came, ISO; null without any. */
  readonly first: string | null;
  readonly last: string | null;
  /** Keys of objects that hold something else than intake writes, in whole or in part. */
  readonly unreadable: readonly string[];
  /** Events that could not be redacted without making them say something else. */
  readonly unredacted: number;
}

/** So many ids are remembered, to tell repeats from news: EventBridge and SQS repeat within a day at most, mostly within minutes. */
export const mostIds = 100_000;
/** Of keys that cannot be read, so many are named. */
const mostKeys = 20;

/** Whether an id is new among the last `most` that were asked about. */
export function remembering(most: number): (id: string) => boolean {
  const known = new Set<string>();
  return (id) => {
    if (known.has(id)) return false;
    known.add(id);
    if (known.size > most) {
      const [oldest = ''] = known;
      known.delete(oldest);
    }
    return true;
  };
}

interface Read {
  readonly id: string;
  readonly time: string;
  readonly event: unknown;
}

export function eventIn(line: string): Read | null {
  try {
    const event: unknown = JSON.parse(line);
    const { id, time } = (event ?? {}) as { readonly id?: unknown; readonly time?: unknown };
    return typeof id === 'string' && typeof time === 'string' ? { id, time, event } : null;
  } catch {
    return null;
  }
}

/**
 * Writes the events of batches, each once, a line each. Holds no more than one batch and the ids of the latest events.
 * @param routes of the template, for what its rules ask for; null: nothing is redacted
 */
export async function exportEvents(
  batches: AsyncIterable<Batch>,
  routes: readonly Route[] | null,
  write: (line: string) => Promise<void>,
): Promise<Exported> {
  const isNew = remembering(mostIds);
  const seen = { events: 0, repeated: 0, unredacted: 0 };
  const unreadable = new Set<string>();
  let [first, last]: (string | null)[] = [null, null];
  for await (const { key, lines } of batches) {
    const read = (lines ?? []).map(eventIn);
    if ((lines === null || read.includes(null)) && unreadable.size < mostKeys) unreadable.add(key);
    for (const one of read) {
      if (one === null) continue;
      if (!isNew(one.id)) {
        seen.repeated += 1;
        continue;
      }
      const event = routes === null ? one.event : redact(one.event, routes);
      if (event === null) {
        seen.unredacted += 1;
        continue;
      }
      await write(JSON.stringify(event));
      seen.events += 1;
      first ??= one.time;
      last = one.time;
    }
  }
  return { ...seen, first: first ?? null, last: last ?? null, unreadable: [...unreadable] };
}
