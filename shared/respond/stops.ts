import { stoppedAfter } from '../incident/breakers.ts';
import { type Pause, pauseName, pauseOf, readPauses } from '../incident/pauses.ts';
import type { Stop } from '../plan/stop.ts';
import { Throttled } from '../platform/errors.ts';
import { frozenAt } from '../rules/freeze.ts';
import { type Breaker, defaultBreaker, type Freeze } from '../rules/rule.ts';
import type { Effects } from './effects.ts';

type Reading = Pick<Effects, 'table' | 'clock' | 'log'>;

/** What a change is asked about. */
export interface Asked {
  /** Of its target, and of all that is changed with it. */
  readonly names: readonly string[];
  /** The rules that ask for it. */
  readonly rules: readonly string[];
}

const pauseText = (pause: Pause): string => {
  const { target, by, reason, since, until } = pause;
  const what = target === null ? 'All changes are' : `${target} is`;
  return `${what} paused until ${until}: by ${by} since ${since} (${reason}).`;
};

export const stopOfPause = (pause: Pause): Stop => ({
  kind: 'pause',
  of: pauseName(pause),
  until: pause.until,
  why: pauseText(pause),
});

/** The freeze that stops a change. Pure. */
export function stopOfFreeze(freezes: readonly Freeze[], rules: readonly string[], now: Date): Stop | undefined {
  const frozen = frozenAt(freezes, rules, now);
  if (frozen === undefined) return undefined;
  const { name, from, to, timeZone } = frozen.freeze;
  const until = frozen.until?.toISOString() ?? null;
  const end = until === null ? 'without an end that is known' : `which is over at ${until}`;
  const why = `Nothing is changed in the freeze ${name} (${from} to ${to}, ${timeZone}), ${end}.`;
  return { kind: 'freeze', of: name, until, why, rules };
}

interface BreakerSettings {
  readonly breaker?: Breaker;
}

export const breakerOf = (settings: BreakerSettings | undefined): Breaker => settings?.breaker ?? defaultBreaker;

/** The first of these rules that is stopped. */
export async function stopOfBreaker(
  { table, clock }: Pick<Effects, 'table' | 'clock'>,
  rules: readonly string[],
  settings: BreakerSettings | undefined,
): Promise<Stop | undefined> {
  const breaker = breakerOf(settings);
  for (const rule of rules) {
    const count = await stoppedAfter(table, rule, breaker, clock.now());
    if (count !== undefined) return { kind: 'breaker', of: rule, until: null, why: breakerText(rule, count, breaker) };
  }
  return undefined;
}

export const breakerText = (rule: string, count: number, { withinHours }: Breaker): string =>
  `Rule ${rule} is stopped: ${count} of its containments within ${withinHours} hours did not hold. It does nothing until a person starts it again.`;

const unread = (of: string): Stop => ({
  kind: 'unread',
  of,
  until: null,
  why: `Whether ${of} speaks against it cannot be read, so nothing was changed.`,
});

/** Acting fails closed: what cannot be read stops. Throttled is tried again, unless this was the last try. */
export async function closed<T>(
  { log }: Pick<Effects, 'log'>,
  of: string,
  lastTry: boolean,
  read: () => Promise<T>,
): Promise<T | Stop> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Throttled && !lastTry) throw error;
    log('What may stop a change cannot be read', { of, error });
    return unread(of);
  }
}

const isStop = (read: readonly Pause[] | Stop): read is Stop => 'why' in read;

/** What the pauses say about a change, read now. Of an undo, which a person wants, only what a person has paused there. */
export async function pausedNow(
  effects: Reading,
  names: readonly string[],
  { lastTry, undo }: { readonly lastTry: boolean; readonly undo: boolean },
): Promise<Stop | undefined> {
  const pauses = await closed(effects, 'a pause', lastTry, () => readPauses(effects.table));
  const stop = stopIn(pauses, names, effects.clock.now(), undo);
  return stop === undefined || !undo ? stop : { ...stop, undo: true };
}

function stopIn(pauses: readonly Pause[] | Stop, names: readonly string[], now: Date, undo: boolean): Stop | undefined {
  if (isStop(pauses)) return pauses;
  const pause = pauseOf(pauses, names, now, undo ? 'target' : 'any');
  return pause === undefined ? undefined : stopOfPause(pause);
}

export type StopsNow = (asked: Asked) => Promise<Stop | undefined>;

/** For Decide, which asks about every proposal: the pauses are read once, and each rule's breaker; neither, where nothing is to be changed. A person's hold (`held`) stops all. */
export function stopsNow(
  effects: Reading,
  settings: { readonly freezes?: readonly Freeze[]; readonly breaker?: Breaker },
  lastTry: boolean,
  held?: Stop,
): StopsNow {
  const now = effects.clock.now();
  let pauses: Promise<readonly Pause[] | Stop> | undefined;
  const known = new Map<string, Promise<Stop | undefined>>();
  const breakerOf = (rule: string): Promise<Stop | undefined> => {
    const asked =
      known.get(rule) ??
      closed(effects, 'the breaker of a rule', lastTry, () => stopOfBreaker(effects, [rule], settings));
    known.set(rule, asked);
    return asked;
  };
  return async ({ names, rules }) => {
    if (held !== undefined) return held;
    pauses ??= closed(effects, 'a pause', lastTry, () => readPauses(effects.table));
    const early = stopIn(await pauses, names, now, false) ?? stopOfFreeze(settings.freezes ?? [], rules, now);
    if (early !== undefined) return early;
    for (const rule of rules) {
      const stop = await breakerOf(rule);
      if (stop !== undefined) return stop;
    }
    return undefined;
  };
}
