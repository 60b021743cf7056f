import { seededRandom } from '../../sandbox/kernel/random.ts';
import { allCells, type Cell, nameOf } from './cells.ts';
import type { Ground } from './ground.ts';
import { runCells } from './run.ts';

/** So many cells of the matrix, drawn by a seed, no two alike; of these plays alone, where some are named. */
export function sampleOf(ground: Ground, count: number, seed: number, of?: readonly string[]): readonly Cell[] {
  const random = seededRandom(seed);
  return allCells(ground.baselines)
    .filter(({ play }) => of === undefined || of.includes(play.name))
    .map((cell) => ({ cell, rank: random.next() }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, count)
    .map(({ cell }) => cell);
}

/** What did not hold, by the name of its cell. */
export async function brokenIn(
  ground: Ground,
  cells: readonly Cell[],
): Promise<{ readonly [cell: string]: readonly string[] }> {
  const broken: { [cell: string]: readonly string[] } = {};
  for (const cell of cells) {
    const ran = await runCells(ground, [cell]);
    if (ran.broken.length > 0) broken[nameOf(cell)] = ran.broken;
  }
  return broken;
}
