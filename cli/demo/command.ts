import type { Command } from 'commander';
import { Listr } from 'listr2';
import { loadArtifacts } from '../artifacts.ts';
import { print, printJson } from '../output.ts';
import { UsageError } from '../usage.ts';
import { figuresLine } from './figures.ts';
import { type Audience, type Played, play } from './play.ts';
import type { Scenario } from './scenario.ts';
import { badEdit } from './scenarios/badEdit.ts';
import { brokenEvent } from './scenarios/brokenEvent.ts';
import { deadMachine } from './scenarios/deadMachine.ts';
import { refusedByAws } from './scenarios/refusedByAws.ts';
import { runningImage } from './scenarios/runningImage.ts';
import { unusedImage } from './scenarios/unusedImage.ts';

export const scenarios: readonly Scenario[] = [
  unusedImage,
  runningImage,
  refusedByAws,
  badEdit,
  brokenEvent,
  deadMachine,
];

interface Options {
  readonly json?: boolean;
  readonly seed: string;
}

const plain: Audience = {
  step: (_step, work) => work(),
  played: ({ title, at, lines }) => {
    print(`${at.slice(11, 19)}  ${title}`);
    for (const line of lines) print(`            ${line}`);
  },
};

const silent: Audience = { step: (_step, work) => work(), played: () => undefined };

/** On a terminal: a spinner while a step is under way, its lines when it is done. */
const live: Audience = {
  step: async (step, work) => {
    const working = work();
    // Listr shows the failure of its task; who told the scenario does so in its own words.
    await new Listr([{ title: step.title, task: () => working.then(() => undefined) }], {
      exitOnError: false,
      rendererOptions: { clearOutput: true },
    }).run();
    return working;
  },
  played: plain.played,
};

function chosen(name: string | undefined): readonly Scenario[] {
  if (name === undefined) return scenarios;
  const found = scenarios.filter((one) => one.name === name);
  if (found.length > 0) return found;
  throw new UsageError(`There is no scenario "${name}". There are: ${scenarios.map((one) => one.name).join(', ')}.`);
}

function ended(played: Played): void {
  print(played.failed === null ? `            ended as it should` : `  NOT AS IT SHOULD: ${played.failed}`);
  print(`            ${figuresLine(played.figures)}`);
  print('');
}

export function addDemo(program: Command): void {
  program
    .command('demo')
    .summary('run a scenario, or all of them, on the embedded account')
    .description('From event to message, through the packaged template, on an AWS account embedded in this process.')
    .argument('[scenario]', `one of ${scenarios.map((one) => one.name).join(', ')} (default: all)`)
    .option('--seed <number>', 'seed of everything that AWS leaves to chance', '1')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  firebreak demo unused-image')
    .action(async (name: string | undefined, options: Options) => {
      const seed = Number(options.seed);
      if (!Number.isInteger(seed) || seed < 0) throw new UsageError(`--seed ${options.seed} is not a whole number.`);
      const toPlay = chosen(name);
      const artifacts = loadArtifacts();
      const audience = options.json === true ? silent : process.stdout.isTTY ? live : plain;
      const results: Played[] = [];
      for (const scenario of toPlay) {
        if (options.json !== true) print(`${scenario.title}  (${scenario.name})`);
        const played = await play(scenario, { artifacts, seed }, audience);
        results.push(played);
        if (options.json !== true) ended(played);
      }
      if (options.json === true) printJson({ version: 1, scenarios: results });
      if (results.some(({ failed }) => failed !== null)) process.exitCode = 1;
    });
}
