import type { RuleSet } from '../../shared/rules/rule.ts';
import { inForce } from '../../shared/rules/storedSet.ts';
import { openReading } from '../explain/reading.ts';
import type { Route } from '../explain/routes.ts';
import { Counts } from './counted.ts';
import { Reader } from './delivered.ts';
import { Side } from './side.ts';
import type { Batch } from './stream.ts';
import { type Surroundings, surroundingsIn } from './surroundings.ts';
import type { ZoneClock } from './zone.ts';

export interface ReplayOptions {
  /** As they are stored; where the settings say `observeOnly`, every rule observes. */
  readonly sets: readonly RuleSet[];
  /** Account file; without one, a finding's own resource is all that is known. */
  readonly account?: string | undefined;
  /** The moment at which the account is read. */
  readonly at: Date;
  readonly routes: readonly Route[];
  readonly zone: ZoneClock;
}

/** What a recording led to: what does not depend on rules, and what each set made of the rest. */
export interface Replayed {
  readonly events: number;
  readonly invalid: Counts;
  readonly ignored: Counts;
  /** When the first and the last event were delivered, ISO; null without any. */
  readonly from: string | null;
  readonly until: string | null;
  /** In the order of the sets. */
  readonly sides: readonly Side[];
}

/** A recording on its way through. */
export class Replay implements Replayed {
  readonly invalid = new Counts();
  readonly ignored = new Counts();
  readonly sides: readonly Side[];
  events = 0;
  from: string | null = null;
  until: string | null = null;
  readonly #reader: Reader;
  #nowMs = 0;

  constructor(
    { sets, routes, zone, account }: Pick<ReplayOptions, 'sets' | 'routes' | 'zone' | 'account'>,
    surroundings: Surroundings,
  ) {
    const keepsThreats = account !== undefined;
    this.sides = sets.map((set) => new Side({ set: inForce(set), surroundings, keepsThreats, zone }));
    this.#reader = new Reader(routes);
  }

  /**
   * One event, delivered after all before it. Its own time moves the clock on, and never back: what is late is late. Answers with what
   * must be waited for before the next, if anything.
   */
  take(event: unknown, place: () => string): Promise<unknown> | undefined {
    this.events += 1;
    const read = this.#reader.read(event);
    if (read.kind === 'invalid') {
      this.invalid.add(read.path, read.reason, place);
      return undefined;
    }
    this.#nowMs = Math.max(this.#nowMs, Date.parse(read.time));
    if (this.from === null || read.time < this.from) this.from = read.time;
    if (this.until === null || read.time > this.until) this.until = read.time;
    if (read.kind === 'ignored') {
      this.ignored.add(read.reason, read.reason, place);
      return undefined;
    }
    const waiting = this.sides.flatMap((side) => side.take(read.findings, this.#nowMs) ?? []);
    return waiting.length === 0 ? undefined : Promise.all(waiting);
  }
}

const placeIn =
  ({ file, lines }: Batch, at: number) =>
  (): string => {
    const name = file === '-' ? 'standard input' : file;
    return (lines[at] ?? 0) === 0 ? name : `${name}:${lines[at]}`;
  };

/** A whole recording, in the order in which it is given. Throws UsageError and WorldError. */
export async function replay(batches: AsyncIterable<Batch>, options: ReplayOptions): Promise<Replayed> {
  const { account, at } = options;
  const reading = await openReading(account, at);
  try {
    const going = new Replay(options, surroundingsIn(reading, at));
    for await (const batch of batches) {
      for (const [n, event] of batch.events.entries()) {
        const waited = going.take(event, placeIn(batch, n));
        if (waited !== undefined) await waited;
      }
    }
    return going;
  } finally {
    await reading.close();
  }
}
