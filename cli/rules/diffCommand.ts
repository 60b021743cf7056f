import type { Command } from 'commander';
import { plain } from '../../shared/report/text.ts';
import { problemLine } from '../../shared/respond/guardStatus.ts';
import { readRuleFolder } from '../files.ts';
import { print, printJson, say } from '../output.ts';
import { onStage } from '../stage.ts';
import { type StageFlags, withStage } from '../stageOptions.ts';
import { differenceOf, differenceSentences, errorsIn, readStored, withFiles } from './stored.ts';

interface Flags extends StageFlags {
  readonly prune?: boolean;
  readonly json?: boolean;
}

async function run(folder: string, flags: Flags): Promise<void> {
  const files = readRuleFolder(folder);
  const { sources } = await onStage(flags, readStored);
  const { put, gone } = differenceOf(sources, files);
  const wanted = flags.prune === true ? files : withFiles(sources, files);
  const changes = differenceSentences(sources, wanted);
  const problems = errorsIn(wanted);
  const [changed, missing] = [put.map(({ path }) => path), gone];
  if (changed.length + missing.length + problems.length > 0) process.exitCode = 1;
  if (flags.json === true) {
    printJson({ version: 1, changes, problems, files: { changed, missing } });
    return;
  }
  for (const problem of problems) say(problemLine(problem));
  if (problems.length > 0) say('firebreak: pushed as it is, it would be refused.');
  for (const change of changes) print(plain(change));
  if (changes.length === 0 && changed.length > 0) print(`Nothing in effect; other text in ${changed.join(', ')}.`);
  if (missing.length > 0 && flags.prune !== true)
    print(`In Parameter Store alone, and left there unless pushed with --prune: ${missing.join(', ')}.`);
}

export function addDiff(rules: Command): void {
  withStage(rules.command('diff'))
    .summary('what a folder of rules would change in a stage, in sentences')
    .description('Files against what is in Parameter Store. Exit 0: they are the same. 1: they differ.')
    .argument('<folder>', 'folder laid out like rules/')
    .option('--prune', 'as push --prune would have it: without what the folder does not have')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  firebreak rules diff rules/ --stage prod')
    .action(run);
}
