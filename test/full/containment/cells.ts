import { afterAll, expect, it } from 'vitest';
import { listen } from '../../../tools/leastPrivilege/callLog.ts';
import { shareOf } from '../../share.ts';
import { judge } from './checks.ts';
import type { Ending } from './endings.ts';
import { expected, type OddCell, type Strategy, strategies } from './expected.ts';
import { type Kind, type KindName, kinds, oddKinds } from './kinds.ts';
import { type Cause, play } from './play.ts';

const figures = { cells: 0, contained: 0, held: 0, undone: 0 };

async function cell(kind: Kind, params: string, cause: Cause, ending: Ending): Promise<void> {
  const { log, stop } = listen();
  const played = await play({ kind, params, cause }).finally(stop);
  expect(log.denials).toEqual([]);
  judge({ kind, cause, ending, played });
  figures.cells += 1;
  figures[ending.how === 'held' ? 'held' : 'contained'] += 1;
  if (played.undoOutcome === 'undone') figures.undone += 1;
}

export const printFigures = (): void => {
  const { cells, contained, held, undone } = figures;
  process.stdout.write(`${cells} cells: ${contained} contained, ${held} held with the reason, ${undone} undone\n`);
};

/** One strategy on one kind of service. */
export function strategyOn(name: KindName, strategy: Strategy, cause: 'image' | 'intrusion'): void {
  const ending = expected[name][cause][strategy];
  it(`${name}, ${strategy}, cause ${cause}: ${ending.how}`, () =>
    cell(kinds[name], strategies[strategy], cause, ending));
}

/** Every strategy on every kind of service, for one cause. */
export function everyStrategy(cause: 'image' | 'intrusion'): void {
  afterAll(printFigures);
  const every = (Object.keys(kinds) as KindName[]).flatMap((name) =>
    (Object.keys(strategies) as Strategy[]).map((strategy) => ({ name, strategy })),
  );
  for (const { name, strategy } of shareOf(every)) strategyOn(name, strategy, cause);
}

/** Cells for the sake of one question each. */
export function oddOnes(cells: readonly OddCell[]): void {
  it.each(shareOf(cells))('$kind, $params, cause $cause: $ending.how', ({ kind, params, cause, ending }) =>
    cell(oddKinds[kind], params, cause, ending),
  );
}
