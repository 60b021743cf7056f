import { gzipSync } from 'node:zlib';
import { timeBox } from '../actions/timeBox.ts';
import { canaryOf } from '../finding/canary.ts';
import { parseEnvelope } from '../finding/envelope.ts';
import { archiveKey } from '../incident/archive.ts';
import { noteMissed } from '../incident/missedEvents.ts';
import { InvalidEvent } from '../platform/errors.ts';
import { sha256Hex } from '../platform/hash.ts';
import type { Effects } from './effects.ts';
import type { Delivery } from './intake.ts';

export interface ArchiveEffects extends Pick<Effects, 'table' | 'clock' | 'log'> {
  /** Given up when the signal says so. */
  readonly put: (key: string, body: Uint8Array, signal: AbortSignal) => Promise<unknown>;
}

/** A message of the queue, with when the queue took it first. */
export interface Queued extends Delivery {
  /** Milliseconds since the epoch: the same for each delivery of the message. */
  readonly sentAt: number;
}

/** So long one batch may wait for S3, and what is left to the function afterwards. */
const mostMs = 2_000;
const leftMs = 5_000;
/** While S3 fails, only one batch in so long waits for it. */
const pauseMs = 60_000;
const countingMs = 1_000;

/**
 * Keeps what was taken in, one object for a batch, for whoever wants to see what other rules would have made of it. Best effort, and
 * last: it is called when the protocol has written all that it writes, never throws, takes at most two seconds, and after a
 * failure leaves S3 alone for a minute. What it misses is logged and counted.
 */
export function eventArchive(effects: ArchiveEffects) {
  let pausedUntil = 0;

  async function store(lines: readonly string[], batch: readonly Queued[], withinMs: number): Promise<void> {
    const { clock, put } = effects;
    if (clock.now().getTime() < pausedUntil) throw new Error('S3 failed less than a minute ago');
    if (withinMs <= 0) throw new Error('the function has no time left');
    const sentAt = Math.min(...batch.map((message) => message.sentAt));
    const ids = batch.map(({ messageId }) => messageId).toSorted();
    const key = archiveKey(new Date(sentAt), sha256Hex(ids.join('\n')).slice(0, 16));
    const box = timeBox(clock, Math.min(mostMs, withinMs));
    try {
      const body = gzipSync(lines.map((line) => `${line}\n`).join(''));
      await box.run(() => put(key, body, box.signal));
    } catch (error) {
      pausedUntil = clock.now().getTime() + pauseMs;
      throw error;
    } finally {
      box.close();
    }
  }

  async function missed(count: number, error: unknown): Promise<void> {
    const { table, clock, log } = effects;
    log('Events were taken in and not archived', { count, error });
    const box = timeBox(clock, countingMs);
    try {
      await box.run(() => noteMissed(table, clock.now(), count));
    } catch (uncounted) {
      log('Events that were not archived could not be counted', { count, error: uncounted });
    } finally {
      box.close();
    }
  }

  /** @param taken messages that intake is done with @param remainingMs until the function is ended */
  return async (taken: readonly Queued[], remainingMs: number): Promise<void> => {
    const kept = taken.flatMap((message) => {
      const line = lineOf(message.body);
      return line === null ? [] : [{ line, message }];
    });
    if (kept.length === 0) return;
    try {
      const lines = kept.map(({ line }) => line);
      await store(
        lines,
        kept.map(({ message }) => message),
        remainingMs - leftMs,
      );
    } catch (error) {
      await missed(kept.length, error);
    }
  };
}

/** An event on one line; null for what is none, which lies in the dead letters, and for the canary, of which no rule makes anything. */
function lineOf(body: string): string | null {
  try {
    const value: unknown = JSON.parse(body);
    if (canaryOf(parseEnvelope(value)) !== undefined) return null;
    return /[\r\n]/.test(body) ? JSON.stringify(value) : body;
  } catch (error) {
    if (error instanceof InvalidEvent || error instanceof SyntaxError) return null;
    throw error;
  }
}
