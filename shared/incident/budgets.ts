import type { Budget } from '../actions/contract.ts';
import { sha256Hex } from '../platform/hash.ts';
import { canonicalJson } from '../platform/json.ts';
import { untilWritten } from './contention.ts';
import { keys } from './keys.ts';
import type { Item, Table } from './table.ts';

const hourMs = 3_600_000;

/** The clock hour (UTC) that a moment lies in, e.g. `2026-11-20T09`. */
const hourOf = (now: Date): string => now.toISOString().slice(0, 13);

/** When the next clock hour begins, ISO: then every budget is whole again. */
export const nextHour = (now: Date): string =>
  new Date(Math.floor(now.getTime() / hourMs) * hourMs + hourMs).toISOString();

/** A change that is about to be begun: which step (its key), and whose. */
export interface Begins {
  readonly step: string;
  readonly incident: string;
  readonly run: string;
}

/** Short: the sets of a busy hour must fit into one item. */
const memberOf = ({ step, incident, run }: Begins): string =>
  sha256Hex(canonicalJson([step, incident, run])).slice(0, 16);

const setOf = (item: Item | undefined, { scope }: Budget): readonly string[] =>
  (item?.[scope] ?? []) as unknown as readonly string[];

/**
 * Counts a step in its budgets of this hour, all of them or none, in one conditional write: who is refused by one has spent nothing of the
 * others. Repeated within its run (after a crash, in a later round) it counts once; in another run it is another change of the same target.
 * Answers with those that are spent; none: it may be begun.
 */
export async function takeBudgets(
  table: Table,
  begins: Begins,
  budgets: readonly Budget[],
  now: Date,
): Promise<readonly Budget[]> {
  if (budgets.length === 0) return [];
  const key = keys.budget(hourOf(now));
  const member = memberOf(begins);
  const rooms = budgets.map(({ scope, atMost }) => ({ attribute: scope, atMost }));
  return untilWritten(async () => {
    if (await table.addToSets(key, member, rooms)) return [];
    const item = await table.get(key);
    const spent = budgets.filter((budget) => {
      const set = setOf(item, budget);
      return !set.includes(member) && set.length >= budget.atMost;
    });
    return spent.length > 0 ? spent : undefined;
  });
}

/** How many more steps the hour has room for, by budget. */
export async function roomIn(table: Table, now: Date): Promise<(budget: Budget) => number> {
  const item = await table.get(keys.budget(hourOf(now)));
  return (budget) => Math.max(0, budget.atMost - setOf(item, budget).length);
}
