import { seededRandom } from '../../sandbox/kernel/random.ts';
import { allCells, type FaultName, faultNames, nameOf } from './cells.ts';
import type { Baseline } from './ground.ts';

/** One or two cells of one play that happen together: their names. */
export type Trial = readonly [string, ...string[]];

/** Two cells of one play each, drawn by a seed. */
export function pairsOf(baselines: ReadonlyMap<string, Baseline>, count: number, seed: number): readonly Trial[] {
  const byPlay = [...Map.groupBy(allCells(baselines), ({ play }) => play.name).values()].filter(
    (all) => all.length > 1,
  );
  const random = seededRandom(seed);
  const draw = <T>(from: readonly T[]): T => from[Math.floor(random.next() * from.length)] as T;
  return Array.from({ length: count }, (): Trial => {
    const cells = draw(byPlay);
    const first = draw(cells);
    let second = draw(cells);
    while (second === first) second = draw(cells);
    return [nameOf(first), nameOf(second)];
  });
}

export interface Result {
  readonly trial: Trial;
  /** How often each of the trial's cells struck. */
  readonly hits: readonly number[];
  readonly ms: number;
  readonly broken: readonly string[];
}

/** What can strike: all but a play as it is. */
const strikes = faultNames.filter((name) => name !== 'none');

/** Each cell of each trial that was to strike, and how often it did. */
const struck = (results: readonly Result[]): readonly { readonly name: string; readonly hits: number }[] =>
  results
    .flatMap(({ trial, hits }) => trial.map((name, at) => ({ name, hits: hits[at] ?? 0 })))
    .filter(({ name }) => !name.endsWith('/none'));

/** Operation -> fault -> how many cells struck it. */
export function coverage(results: readonly Result[]): ReadonlyMap<string, ReadonlyMap<FaultName, number>> {
  const table = new Map<string, Map<FaultName, number>>();
  for (const { name, hits } of struck(results)) {
    const [, call = '', , fault = ''] = name.split('/');
    const found = strikes.find((one) => one === fault);
    if (hits === 0 || found === undefined) continue;
    const operation = call.split(' ')[1] ?? call;
    const row = table.get(operation) ?? new Map<FaultName, number>();
    row.set(found, (row.get(found) ?? 0) + 1);
    table.set(operation, row);
  }
  return table;
}

/** The table of `coverage`, as text. */
export function tableOf(results: readonly Result[]): readonly string[] {
  const table = coverage(results);
  const operations = [...table.keys()].sort();
  const width = Math.max(...operations.map((one) => one.length), 'operation'.length);
  const row = (first: string, cells: readonly string[]): string =>
    first.padEnd(width) + cells.map((cell, at) => cell.padStart((strikes[at]?.length ?? 0) + 2)).join('');
  return [
    row('operation', strikes),
    ...operations.map((operation) =>
      row(
        operation,
        strikes.map((name) => String(table.get(operation)?.get(name) ?? '·')),
      ),
    ),
  ];
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** What a person reads at the end; the last line says whether all held. */
export function summaryOf(results: readonly Result[], seed: number): readonly string[] {
  const bad = results.filter(({ broken }) => broken.length > 0);
  const single = results.filter(({ trial }) => trial.length === 1);
  const missed = struck(results).filter(({ hits }) => hits === 0);
  return [
    ...tableOf(results),
    '',
    ...bad.flatMap(({ trial, broken }) => [
      `NOT HELD: ${trial.join(' with ')}`,
      ...broken.map((one) => `  ${one}`),
      `  again: npm run faults -- ${trial.map((name) => `--cell ${JSON.stringify(name)}`).join(' ')}`,
    ]),
    ...missed.map(({ name }) => `never struck: ${name}`),
    `${single.length} cells and ${results.length - single.length} pairs (seed ${seed}), ${missed.length} faults never struck; ` +
      `${median(results.map(({ ms }) => ms)).toFixed(0)} ms each in the median.`,
    bad.length === 0 ? 'Every promise held in each of them.' : `${bad.length} did not hold.`,
  ];
}
