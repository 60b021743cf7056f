/**
 * `npm run faults`: what happens to the incidents of the demo when AWS misbehaves. Each cell is one call of one function, one fault; every
 * promise of the design is checked after each. Exit 0 when all held, 1 when one did not, 2 when it could not be asked.
 *
 *   --all           every call, not only the first and the last of a kind: some 125,000 cells of all plays, which take days
 *   --pairs N       how many random pairs of cells (default 200), --seed N of that chance (default 1)
 *   --play NAME     the cells of this play alone; may be given again
 *   --cell NAME     this one alone; twice for a pair
 *   --workers N     processes at a time (default 2)
 *   --json          the results, a line each
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Usage, wholeNumber } from '../../tools/wholeNumber.ts';
import { cellNamed } from './cells.ts';
import { type Result, summaryOf, type Trial } from './matrix.ts';
import { plays } from './plays.ts';
import type { FromWorker, ToWorker } from './worker.ts';

interface Wanted {
  readonly every: boolean;
  readonly pairs: number;
  readonly seed: number;
  readonly plays: readonly string[];
  readonly cells: readonly string[];
  readonly workers: number;
  readonly json: boolean;
}

function wanted(): Wanted {
  const { values } = parseArgs({
    options: {
      all: { type: 'boolean', default: false },
      pairs: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      play: { type: 'string', multiple: true, default: [] },
      cell: { type: 'string', multiple: true, default: [] },
      workers: { type: 'string', default: '2' },
      json: { type: 'boolean', default: false },
    },
  });
  const cells = values.cell.map((name) => cellNamed(name) && name);
  if (new Set(cells.map((name) => name.split('/')[0])).size > 1)
    throw new Usage('The cells of a pair are of one play.');
  const names = plays.map(({ name }) => name);
  const unknown = values.play.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Usage(`There is no play ${unknown}: there are ${names.join(', ')}.`);
  return {
    every: values.all,
    pairs: wholeNumber(values.pairs, 'pairs'),
    seed: wholeNumber(values.seed, 'seed'),
    plays: values.play,
    cells,
    workers: wholeNumber(values.workers, 'workers', 1),
    json: values.json,
  };
}

/** Hands trials to processes, the next to whoever is free, and tells of each result. */
function runAll(
  { every, pairs, seed, plays: chosen, cells, workers }: Wanted,
  tell: (result: Result, left: number) => void,
): Promise<readonly Result[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly Result[]>();
  const results: Result[] = [];
  const [first, ...more] = cells;
  let trials: Trial[] | undefined = first === undefined ? undefined : [[first, ...more]];
  let alive = 0;
  let asked = false;

  function start(): void {
    alive += 1;
    const needed = first === undefined ? chosen : [cellNamed(first).play.name];
    const child = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), needed, {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const send = (message: ToWorker): void => void child.send(message);
    const waiting = (): void => {
      const trial = trials?.shift();
      if (trial) send({ type: 'run', trial });
      else if (trials) send({ type: 'end' });
      else idle.push(waiting);
    };
    child.on('message', (message: FromWorker) => {
      if (message.type === 'ready' && trials === undefined && !asked) {
        asked = true;
        send({ type: 'plan', every, pairs, seed });
      } else if (message.type === 'plan') {
        trials = [...message.trials];
        process.stderr.write(`${message.calls} calls recorded, ${trials.length} trials\n`);
        for (const go of idle.splice(0)) go();
        waiting();
      } else {
        if (message.type === 'result') {
          results.push(message.result);
          tell(message.result, trials?.length ?? 0);
        }
        waiting();
      }
    });
    child.on('exit', (code) => {
      alive -= 1;
      if (code !== 0) reject(new Error(`a process of the matrix ended with ${code}`));
      else if (alive === 0) resolve(results);
    });
  }

  const idle: (() => void)[] = [];
  for (let n = 0; n < (trials === undefined ? workers : 1); n += 1) start();
  return promise;
}

async function main(): Promise<number> {
  const asked = wanted();
  const from = performance.now();
  const results = await runAll(asked, (result, left) => {
    if (asked.json) process.stdout.write(`${JSON.stringify(result)}\n`);
    else if (result.broken.length > 0)
      process.stderr.write(`not held: ${result.trial.join(' with ')} (${left} left)\n`);
    else if (left > 0 && left % 200 === 0) process.stderr.write(`${left} left\n`);
  });
  if (!asked.json) process.stdout.write(`${summaryOf(results, asked.seed).join('\n')}\n`);
  process.stderr.write(`${((performance.now() - from) / 1000).toFixed(0)} s\n`);
  return results.some(({ broken }) => broken.length > 0) ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`faults: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
