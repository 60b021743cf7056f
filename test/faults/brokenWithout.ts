import { bundledWithout } from '../system/bundledWithout.ts';
import { packaged } from '../system/stage.ts';
import { type Cell, cellNamed } from './cells.ts';
import { openGround } from './ground.ts';
import type { RemovedPiece } from './removed.ts';
import { runCells } from './run.ts';

/** What does not hold in a piece's trials when the piece is not there: what `npm run faults` would say, which knows no other product. */
export async function brokenWithout({ source, template, trials }: RemovedPiece): Promise<readonly string[]> {
  const without = source === undefined ? undefined : await bundledWithout(source);
  try {
    const code = without?.code;
    const only = trials.map(([name]) => name.split('/')[0] ?? '');
    const changed = { ...(template ? { template: template(packaged) } : {}), ...(code === undefined ? {} : { code }) };
    await using ground = await openGround({ only, ...changed });
    const broken: string[] = [];
    for (const trial of trials)
      broken.push(...(await runCells(ground, trial.map(cellNamed) as [Cell, ...Cell[]])).broken);
    return broken;
  } finally {
    without?.remove();
  }
}
