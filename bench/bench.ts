/**
 * `npm run bench [-- --json] [--runs N]`: what the product is measured by, beside its goals: how long its handlers take to load, how fast rules
 * decide and are linted, how long containments take in virtual AWS time, and what they cost. Nothing here passes or fails: figures of time depend on the
 * machine, and whoever reads them compares ratios.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadArtifacts, root } from '../cli/artifacts.ts';
import { playDemo } from '../tools/cost/counted.ts';
import { containmentMs, containmentNetMs } from '../tools/cost/incidents.ts';
import { costOf } from '../tools/cost/page.ts';
import { readPrices } from '../tools/cost/prices.ts';
import { wholeNumber } from '../tools/wholeNumber.ts';
import { containmentFigures, containmentLines, costFigures } from './containment.ts';
import { type Figure, figureLine, isMet } from './figure.ts';
import { lintingFigures } from './linting.ts';
import { loadFigures, loadLines, measureLoads } from './load.ts';
import { matchingFigures } from './matching.ts';

const print = (lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);

async function bench({ runs, json }: { readonly runs: number; readonly json: boolean }): Promise<void> {
  const all: Figure[] = [];
  const tell = (title: string, figures: readonly Figure[], more: readonly string[] = []): void => {
    all.push(...figures);
    if (!json) print([`\n${title}`, ...figures.map(figureLine), ...more]);
  };
  const loads = await measureLoads(runs);
  all.push(...loadFigures(loads));
  if (!json) print(loadLines(loads));
  tell('Deciding', matchingFigures(join(root, 'events')));
  tell('Linting', lintingFigures());
  const prices = readPrices(readFileSync(join(root, 'docs', 'cost.md'), 'utf8'));
  const incidents = await playDemo(loadArtifacts());
  tell('Containing, in virtual AWS time', containmentFigures(incidents), containmentLines(incidents));
  tell('Cost, by npm run cost', costFigures(incidents, prices));
  if (!json) return;
  const figures = all.map((figure) => ({ ...figure, met: isMet(figure) }));
  const played = incidents.map((one) => ({
    ...one,
    containmentMs: containmentMs(one),
    containmentNetMs: containmentNetMs(one),
    dollars: costOf(one.usage, prices),
  }));
  process.stdout.write(
    `${JSON.stringify({ version: 1, node: process.version, figures, loads, incidents: played }, null, 2)}\n`,
  );
}

try {
  const { values } = parseArgs({
    options: { runs: { type: 'string', default: '21' }, json: { type: 'boolean', default: false } },
  });
  await bench({ runs: wholeNumber(values.runs, 'runs', 1), json: values.json });
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
