import type { Budget } from '../actions/contract.ts';
import { roomIn } from '../incident/budgets.ts';
import { answerTo } from '../incident/decisions.ts';
import { lasting, type Pause, pauseName, readPauses } from '../incident/pauses.ts';
import { askedIn, type Stop } from '../plan/stop.ts';
import type { Settings } from '../rules/rule.ts';
import type { Effects } from './effects.ts';
import { stopOfBreaker, stopOfFreeze } from './stops.ts';

/** Whether what held an incident is over, so that it is to be decided again. */
export type Freed = (incident: string, stops: readonly Stop[]) => Promise<boolean>;

/** Reads when it is asked first, and never again. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read();
    return reading;
  };
}

/**
 * For one sweep, which asks about every incident that is held: each thing is read once. Of those that wait for a budget, no more are let go than
 * it has room for now, or a thousand would be decided for five that may go on. Without settings (undefined) no freeze and no breaker is known
 * to be over.
 */
export function freedNow(
  effects: Pick<Effects, 'table' | 'clock'>,
  settings: Pick<Settings, 'freezes' | 'breaker'> | undefined,
): Freed {
  const { table } = effects;
  const now = effects.clock.now();
  const pauses = once<readonly Pause[]>(() => readPauses(table));
  const room = once(() => roomIn(table, now));
  const letGo = new Map<string, number>();
  const breakers = new Map<string, () => Promise<Stop | undefined>>();

  async function hasRoom(budgets: readonly Budget[]): Promise<boolean> {
    const left = await room();
    const fits = budgets.every((budget) => left(budget) > (letGo.get(budget.scope) ?? 0));
    if (fits) for (const { scope } of budgets) letGo.set(scope, (letGo.get(scope) ?? 0) + 1);
    return fits;
  }

  async function isRunning(rule: string): Promise<boolean> {
    const read = breakers.get(rule) ?? once(() => stopOfBreaker(effects, [rule], settings));
    breakers.set(rule, read);
    return (await read()) === undefined;
  }

  /** Somebody has answered, or nobody will in time. */
  async function isAnswered(incident: string, { of, until, late }: Stop): Promise<boolean> {
    const inTime = late === true || until === null || until > now.toISOString();
    return !inTime || (await answerTo(table, incident, of)) !== undefined;
  }

  async function isOver({ kind, of, until, rules = [], budgets = [] }: Stop): Promise<boolean> {
    switch (kind) {
      case 'approval':
        // Only an answer, or the end of its time, is: see below.
        return false;
      case 'hold':
        return until === null || until <= now.toISOString();
      case 'pause':
        return lasting(await pauses(), now).every((pause) => pauseName(pause) !== of);
      case 'freeze':
        return settings !== undefined && stopOfFreeze(settings.freezes ?? [], rules, now) === undefined;
      case 'budget':
        return hasRoom(budgets);
      case 'breaker':
        return settings !== undefined && isRunning(of);
      case 'unread':
        // What could not be read then is read now, or the sweep fails for this incident, and says so.
        await pauses();
        await room();
        return true;
    }
  }

  return async (incident, stops) => {
    const asked = askedIn(stops);
    if (asked !== undefined && (await isAnswered(incident, asked))) return true;
    const others = stops.filter((stop) => stop !== asked);
    // Budgets last: what is held by something else as well takes no room from others.
    for (const stop of others.toSorted((a, b) => Number(a.kind === 'budget') - Number(b.kind === 'budget'))) {
      if (!(await isOver(stop))) return false;
    }
    return others.length > 0;
  };
}
