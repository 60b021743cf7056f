import type { Command } from 'commander';
import { loadArtifacts } from '../artifacts.ts';
import { seedOption } from '../numberOption.ts';
import { print, printJson } from '../output.ts';
import { UsageError } from '../usage.ts';
import { audienceOf } from './audience.ts';
import { coverageLines } from './coverageLines.ts';
import { figuresLine, sumOf } from './figures.ts';
import { layerScenarios } from './layers/layers.ts';
import { type Played, play } from './play.ts';
import type { Scenario } from './scenario.ts';
import { badEdit } from './scenarios/badEdit.ts';
import { brokenEvent } from './scenarios/brokenEvent.ts';
import { companyDay } from './scenarios/companyDay.ts';
import { deadMachine } from './scenarios/deadMachine.ts';
import { hostPatch } from './scenarios/hostPatch.ts';
import { intrusion } from './scenarios/intrusion.ts';
import { minerInImage } from './scenarios/minerInImage.ts';
import { oneNight } from './scenarios/oneNight.ts';
import { refusedByAws } from './scenarios/refusedByAws.ts';
import { refusedImage } from './scenarios/refusedImage.ts';
import { revokedSignature } from './scenarios/revokedSignature.ts';
import { runningImage } from './scenarios/runningImage.ts';
import { unusedImage } from './scenarios/unusedImage.ts';

export const scenarios: readonly Scenario[] = [
  unusedImage,
  runningImage,
  minerInImage,
  intrusion,
  hostPatch,
  refusedByAws,
  badEdit,
  brokenEvent,
  deadMachine,
  companyDay,
];

/** What is played with `--all` beside the others. */
export const ofLayers: readonly Scenario[] = [...layerScenarios, refusedImage, revokedSignature];
/** The night takes minutes: it is played when it is named. */
const byName: readonly Scenario[] = [...ofLayers, oneNight];
const known = [...scenarios, ...byName];

interface Options {
  readonly all?: boolean;
  readonly json?: boolean;
  readonly seed: number;
}

function chosen(name: string | undefined, all: boolean): readonly Scenario[] {
  if (name !== undefined && all) throw new UsageError(`Either one scenario or --all, not "${name}" and --all.`);
  if (all) return [...scenarios, ...ofLayers];
  if (name === undefined) return scenarios;
  const found = known.filter((one) => one.name === name);
  if (found.length > 0) return found;
  throw new UsageError(`There is no scenario "${name}". There are: ${known.map((one) => one.name).join(', ')}.`);
}

const opening = [
  'Firebreak on an AWS account that lives in this process: nothing of yours is called or changed.',
  'It has the packaged template deployed in it. Times of day are its own: waiting takes it no time.',
  '',
];

function ended({ failed, figures }: Played): void {
  print(failed === null ? '          Ended as it should.' : `  NOT AS IT SHOULD: ${failed}`);
  print(`          ${figuresLine(figures)}`);
  print('');
}

/** The last line of all: what a reader who comes back to the terminal wants to know. */
function total(results: readonly Played[]): string {
  const bad = results.filter(({ failed }) => failed !== null).map(({ name }) => name);
  const all = `${results.length} scenarios`;
  const verdict =
    bad.length === 0 ? `${all}, all as they should be` : `${all}, NOT as they should be: ${bad.join(', ')}`;
  return `${verdict}. ${figuresLine(sumOf(results.map(({ figures }) => figures)))}`;
}

async function run(name: string | undefined, options: Options): Promise<void> {
  const json = options.json === true;
  const all = options.all === true;
  const toPlay = chosen(name, all);
  const artifacts = loadArtifacts();
  const audience = audienceOf(json);
  const results: Played[] = [];
  if (!json) for (const line of opening) print(line);
  for (const scenario of toPlay) {
    if (!json) print(`${scenario.title}  (${scenario.name})`);
    const played = await play(scenario, { artifacts, seed: options.seed }, audience);
    results.push(played);
    if (!json) ended(played);
  }
  if (!json && all) for (const line of coverageLines(results)) print(line);
  if (json) printJson({ version: 1, scenarios: results });
  else if (results.length > 1) print(total(results));
  if (results.some(({ failed }) => failed !== null)) process.exitCode = 1;
}

export function addDemo(program: Command): void {
  program
    .command('demo')
    .summary('run a scenario, or all of them, on the embedded account')
    .description(
      'From event to message, through the packaged template, on an AWS account embedded in this process. Exit 1: a scenario did not end as it should.',
    )
    .argument(
      '[scenario]',
      `one of ${known.map(({ name }) => name).join(', ')} (default: ${scenarios.map(({ name }) => name).join(', ')}; ${oneNight.name} takes minutes)`,
    )
    .option('--all', `these and one of each layer; ends with what of the talk is covered (some minutes)`)
    .option('--seed <number>', 'seed of everything that AWS leaves to chance', seedOption, 1)
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  firebreak demo unused-image')
    .action(run);
}
