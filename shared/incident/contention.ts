import { Throttled } from '../platform/errors.ts';

const attempts = 25;

/**
 * Repeats "read, then write if nothing has changed" until the write took place. `undefined` means that somebody else was
 * faster. Gives up as Throttled, which every caller's Retry knows: whoever contends this long does so with a flood.
 */
export async function untilWritten<T>(tryOnce: () => Promise<T | undefined>): Promise<T> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const written = await tryOnce();
    if (written !== undefined) return written;
  }
  throw new Throttled('An item of the incident table is being changed faster than it can be read');
}

/** The later of two ISO 8601 UTC times, which compare as text. */
export const later = (a: string, b: string): string => (a > b ? a : b);
