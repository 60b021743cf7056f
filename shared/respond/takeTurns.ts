import { type Step, targetKey } from '../actions/contract.ts';
import { type Asked, adoptTurn, askTurn, type NotYet, turnsOf } from '../incident/turns.ts';
import type { Plan, WaitsFor } from '../plan/plan.ts';
import { keyText } from '../report/turns.ts';
import type { Effects } from './effects.ts';
import type { RunInput } from './run.ts';

/** Why a step is not done in this run, by its key. */
export type Waiting = ReadonlyMap<string, { readonly step: Step; readonly turn: string; readonly notYet: NotYet }>;

/**
 * Asks for the turns that the steps of a plan need, in key order. What does not get its own waits: another run has the turn, or others asked
 * first, or what was changed in it is not back. An undo asks for none, because it takes nothing away; it goes on with what its incident has.
 */
export async function takeTurns(
  { table, clock }: Pick<Effects, 'table' | 'clock'>,
  me: RunInput,
  { steps }: Plan,
): Promise<Waiting> {
  const waiting = new Map<string, { step: Step; turn: string; notYet: NotYet }>();
  const now = clock.now();
  const needing = steps.filter(
    ({ facts, turn, direction }) => facts.changes && turn !== undefined && direction === 'do',
  );
  for (const turn of [...new Set(needing.flatMap((step) => step.turn ?? []))].sort()) {
    const its = needing.filter((step) => step.turn === turn);
    const targets = [...new Set(its.map(({ target }) => targetKey(target)))].sort();
    const asked = await askTurn(table, turn, { ...me, targets }, now);
    for (const step of its) {
      const notYet = notYetFor(step, me, asked);
      if (notYet !== undefined) waiting.set(step.key, { step, turn, notYet });
    }
  }
  return waiting;
}

function notYetFor({ target }: Step, { incident }: RunInput, asked: Asked): NotYet | undefined {
  if (asked.kind === 'waits') return asked.for;
  const { only } = asked;
  return only === null || only.includes(targetKey(target)) ? undefined : { kind: 'open', incident, targets: only };
}

/** Before an undo: whatever its incident has in hand is this run's from now on. */
export async function adoptTurns({ table }: Pick<Effects, 'table'>, { incident, run }: RunInput): Promise<void> {
  for (const turn of await turnsOf(table, incident)) await adoptTurn(table, turn, { incident, run });
}

/** Whether the run that has the turn has it for this very target: then it may own that, and is to hear of it. */
export const isForTarget = ({ step, notYet }: { readonly step: Step; readonly notYet: NotYet }): boolean =>
  notYet.kind === 'in-hand' && notYet.targets.includes(targetKey(step.target));

/** For people: why a step waits. */
export function waitText(turn: string, notYet: NotYet): string {
  const shared = keyText(turn);
  const { incident } = notYet;
  switch (notYet.kind) {
    case 'asked-first':
      return `It waits: incident ${incident} asked first for the turn of ${shared}.`;
    case 'in-hand':
      return `It waits: incident ${incident} has ${namesOf(notYet.targets)} of ${shared} in hand.`;
    case 'open':
      return `It waits: incident ${incident} has changed ${namesOf(notYet.targets)} of ${shared}, which is not known to be back; the undo of that incident lets the next go on.`;
  }
}

const namesOf = (targets: readonly string[]): string => targets.map(keyText).join(', ');

/** The turns that these steps wait for, and their targets. */
export function waitsOf(waiting: Waiting, left: readonly Step[]): readonly WaitsFor[] {
  const its = left.flatMap(({ key }) => waiting.get(key) ?? []);
  return [...new Set(its.map(({ turn }) => turn))].map((turn) => ({
    turn,
    targets: [...new Set(its.filter((one) => one.turn === turn).map(({ step }) => targetKey(step.target)))],
  }));
}

/**
 * Several targets of one plan that share a turn go one after another: while one is not read back as done, the next is not begun. Of two
 * parts of one step, too, the last comes before the next target's first.
 */
export function oneAfterAnother(steps: readonly Step[]): readonly Step[] {
  const order = [...new Set(steps.map(({ target }) => targetKey(target)))];
  const place = ({ target }: Step): number => order.indexOf(targetKey(target));
  return steps.map((step) => {
    if (step.turn === undefined || step.direction === 'undo') return step;
    const before = steps.filter((other) => other.turn === step.turn && place(other) < place(step));
    return { ...step, needs: [...new Set([...step.needs, ...before.map(({ key }) => key)])] };
  });
}
