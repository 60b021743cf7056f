import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { print, printJson, say } from '../output.ts';
import { onStage } from '../stage.ts';
import { type StageFlags, withStage } from '../stageOptions.ts';
import { UsageError } from '../usage.ts';
import { filesFor } from './pulledFiles.ts';
import { readStored } from './stored.ts';

interface Flags extends StageFlags {
  readonly force?: boolean;
  readonly json?: boolean;
}

/** What a push of the folder would read. */
const ruleFilesIn = (folder: string): readonly string[] =>
  ['', 'exemptions']
    .map((below) => join(folder, below))
    .filter((at) => existsSync(at))
    .flatMap((at) => readdirSync(at).flatMap((name) => (/\.(ya?ml|json)$/.test(name) ? [join(at, name)] : [])));

const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

function write(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (cause) {
    throw new UsageError(`${file} cannot be written: ${reasonOf(cause)}.`, { cause });
  }
}

async function run(folder: string, flags: Flags): Promise<void> {
  const { sources } = await onStage(flags, readStored);
  const files = filesFor(sources).map(({ below, text }) => ({ file: join(folder, below), text }));
  const other = files.filter(({ file, text }) => !existsSync(file) || readFileSync(file, 'utf8') !== text);
  const inTheWay = other.filter(({ file }) => existsSync(file)).map(({ file }) => file);
  if (inTheWay.length > 0 && flags.force !== true) {
    say(
      `firebreak: nothing was written: ${inTheWay.join(', ')} would be written over. Commit them, then pull with --force.`,
    );
    process.exitCode = 1;
    return;
  }
  for (const { file, text } of other) write(file, text);
  const written = other.map(({ file }) => file);
  const kept = new Set(files.map(({ file }) => file));
  const alone = ruleFilesIn(folder).filter((file) => !kept.has(file));
  if (flags.json === true) printJson({ version: 1, written, alone, parameters: sources.length });
  else print(written.length === 0 ? `${folder} is as the stage is.` : `Written: ${written.join(', ')}.`);
  if (flags.json !== true && alone.length > 0)
    print(`In the folder alone, and put into the stage by the next push unless deleted: ${alone.join(', ')}.`);
}

export function addPull(rules: Command): void {
  withStage(rules.command('pull'))
    .summary('write what is in a stage into a folder')
    .description('Exit 0: the folder has what Parameter Store has. 1: a file that differs is in the way.')
    .argument('<folder>', 'where to; made where it is not there')
    .option('--force', 'write over files that differ')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  firebreak rules pull rules/ --stage prod')
    .action(run);
}
