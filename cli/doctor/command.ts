import type { Command } from 'commander';
import { closest } from '../../shared/rules/closest.ts';
import { print, printJson, say } from '../output.ts';
import { onStage } from '../stage.ts';
import { type StageFlags, withStage } from '../stageOptions.ts';
import { UsageError } from '../usage.ts';
import { checks } from './checks.ts';
import { examine, exitCodeOf } from './examine.ts';
import { lookedLines, summary } from './lines.ts';

interface Flags extends StageFlags {
  readonly skip: readonly string[];
  readonly json?: boolean;
}

function without(skipped: readonly string[]): typeof checks {
  const names = checks.map(({ name }) => name);
  const unknown = skipped.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new UsageError(`There is no check "${unknown}": ${closest(unknown, names)}`);
  return checks.filter(({ name }) => !skipped.includes(name));
}

async function run(flags: Flags): Promise<void> {
  const { stage, skip } = flags;
  const wanted = without(skip);
  const looked = await onStage(flags, (connection) => examine(connection, wanted));
  process.exitCode = exitCodeOf(looked);
  if (flags.json === true) printJson({ version: 1, stage, checks: looked });
  else for (const line of lookedLines(looked)) print(line);
  if (looked.some(({ state }) => state !== 'ok')) say(`firebreak: stage ${stage}: ${summary(looked)}.`);
}

export function addDoctor(program: Command): void {
  withStage(program.command('doctor'))
    .summary('whether a stage, and what it hears from, is in order')
    .description(
      'Reads a deployed stage and changes nothing. Exit 0: all in order, warnings aside. 1: something is broken. 2: something could not be read, and nothing else is broken.',
    )
    .option('--skip <check>', 'a check to leave out; may be given again', (one, all: string[]) => [...all, one], [])
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  firebreak doctor --stage prod --skip config-recorder')
    .action(run);
}
