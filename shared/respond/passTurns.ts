import { untilWritten } from '../incident/contention.ts';
import type { Receipt, StoredPlan } from '../incident/items.ts';
import { raise } from '../incident/raise.ts';
import { receiptsOf } from '../incident/receipts.ts';
import { changeAttribute, changeValue, readTarget, targetsOf, writeTarget } from '../incident/targets.ts';
import { nextInLine, openTargets, readTurn, releaseTurn, turnsOf } from '../incident/turns.ts';
import type { KeptTurn } from '../report/turns.ts';
import type { Effects } from './effects.ts';
import type { RunInput } from './run.ts';
import { kick } from './start.ts';

type Passing = Pick<Effects, 'table' | 'executions' | 'clock' | 'newId' | 'log'>;

/** Whether a run has anything to do with turns: what it had in hand in any of its rounds, or waited for. An undo may, whatever is left to put back. */
const hasTurns = (rounds: readonly StoredPlan[]): boolean =>
  rounds.some(
    ({ plan, direction }) =>
      direction === 'undo' || (plan.waits?.length ?? 0) > 0 || plan.steps.some(({ turn }) => turn !== undefined),
  );

/** The turns that will not pass on when this run is over, because something that was begun in them is not known to be back. */
export async function keptTurns(
  { table }: Pick<Effects, 'table'>,
  incident: string,
  rounds: readonly StoredPlan[],
): Promise<readonly KeptTurn[]> {
  const kept: KeptTurn[] = [];
  for (const turn of hasTurns(rounds) ? await turnsOf(table, incident) : []) {
    const record = await readTurn(table, turn);
    const targets = record?.owner?.incident === incident ? await openTargets(table, record) : [];
    if (targets.length > 0) kept.push({ turn, targets, waiting: record?.waiting.length ?? 0 });
  }
  return kept;
}

/** After an undo: what cannot be put back is a person's from now on, and keeps no turn. */
export async function letGo({ table }: Pick<Effects, 'table'>, incident: string): Promise<void> {
  for (const { target } of await targetsOf(table, incident)) {
    await untilWritten(async () => {
      const record = await readTarget(table, target);
      const kept = record?.changes.find(({ turn, step }) => turn !== undefined && !step.undo.possible);
      if (record === undefined || kept === undefined || record.interested.some((one) => one !== incident)) return true;
      const { turn: _over, ...change } = kept;
      const set = { [changeAttribute(change.action)]: changeValue(change) };
      return (await writeTarget(table, record, { set })) || undefined;
    });
  }
}

/** A step that was never answered may be at work yet, and may begin: then the turn passes on when no call can be under way any more. */
const isDoubtful = (receipts: readonly Receipt[], key: string): boolean =>
  receipts.every((receipt) => receipt.key !== key || receipt.state === 'started');

/** A run is over: gives its turns back, and has the first of those who wait decided again, at once. */
export async function passTurns(effects: Passing, me: RunInput, rounds: readonly StoredPlan[]): Promise<void> {
  if (!hasTurns(rounds)) return;
  const { table } = effects;
  const receipts = (await Promise.all(rounds.map(({ round }) => receiptsOf(table, me.incident, me.run, round)))).flat();
  const steps = rounds.flatMap(({ plan }) => plan.steps);
  const doubtful = steps.filter(({ key }) => isDoubtful(receipts, key)).map(({ turn }) => turn);
  for (const turn of await turnsOf(table, me.incident)) {
    if (!doubtful.includes(turn)) await releaseTurn(table, turn, me);
    await callNext(effects, turn);
  }
}

/** One whose run is under way decides again before it rests. */
async function callNext(effects: Passing, turn: string): Promise<void> {
  const { table, clock, newId } = effects;
  const next = await nextInLine(table, turn);
  if (next !== undefined) await kick(effects, await raise(table, next, { run: newId(), now: clock.now() }));
}
