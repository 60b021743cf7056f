/**
 * A process of the matrix, for the plays that its arguments name, all without: opens its own account, says which cells there are, and runs
 * what it is handed, one after the other.
 */
import { allCells, type Cell, cellNamed, everyCell, nameOf } from './cells.ts';
import { type Ground, openGround } from './ground.ts';
import { pairsOf, type Result, type Trial } from './matrix.ts';
import { runCells } from './run.ts';

export type ToWorker =
  | { readonly type: 'plan'; readonly every: boolean; readonly pairs: number; readonly seed: number }
  | { readonly type: 'run'; readonly trial: Trial }
  | { readonly type: 'end' };
export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'plan'; readonly trials: readonly Trial[]; readonly calls: number }
  | { readonly type: 'result'; readonly result: Result };

const tell = (message: FromWorker): void => void process.send?.(message);

async function run(ground: Ground, trial: Trial): Promise<Result> {
  const cells = trial.map(cellNamed) as [Cell, ...Cell[]];
  try {
    return { trial, ...(await runCells(ground, cells)) };
  } catch (error) {
    return {
      trial,
      hits: trial.map(() => 0),
      ms: 0,
      broken: [`the matrix itself failed: ${error instanceof Error ? error.stack : error}`],
    };
  }
}

const only = process.argv.slice(2);
const ground = await openGround(only.length > 0 ? { only } : {});

process.on('message', (message: ToWorker) => {
  if (message.type === 'end') {
    void ground[Symbol.asyncDispose]().then(() => process.disconnect());
  } else if (message.type === 'plan') {
    const cells = message.every ? everyCell(ground.baselines) : allCells(ground.baselines);
    const trials = [
      ...cells.map((cell): Trial => [nameOf(cell)]),
      ...pairsOf(ground.baselines, message.pairs, message.seed),
    ];
    tell({ type: 'plan', trials, calls: new Set(cells.map(({ call }) => call)).size });
  } else void run(ground, message.trial).then((result) => tell({ type: 'result', result }));
});
tell({ type: 'ready' });
