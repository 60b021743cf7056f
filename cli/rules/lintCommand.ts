import type { Command } from 'commander';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { threatClass } from '../../shared/plan/threatTypes.ts';
import { compileRuleSet } from '../../shared/rules/compile.ts';
import type { Problem } from '../../shared/rules/rule.ts';
import { instant } from '../explain/command.ts';
import { print, printJson, say } from '../output.ts';
import { problemLines, summary } from './problemLines.ts';
import { fileOf, readRuleFiles } from './ruleFiles.ts';

export interface Linted {
  /** By file, line and column; `file` is the file's path below the folder. */
  readonly problems: readonly Problem[];
  /** Of each file that could be read. */
  readonly texts: ReadonlyMap<string, string>;
}

const inOrder = (a: Problem, b: Problem): number =>
  (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column;

/** What is wrong with a folder of rules. Throws UsageError when it cannot be read. */
export function lintFolder(folder: string, now: Date): Linted {
  const { sources, problems: unread } = readRuleFiles(folder);
  const { problems } = compileRuleSet(sources, catalogue, { now, alwaysPages });
  const all = [...unread, ...problems.map((problem) => ({ ...problem, file: fileOf(problem.file) }))];
  return {
    problems: all.toSorted(inOrder),
    texts: new Map(sources.map(({ path, text }) => [fileOf(path), text])),
  };
}

export const alwaysPages = (type: string): boolean => threatClass({ type, severity: null }) === 'A';

function lint(folder: string, { json, at }: { readonly json?: boolean; readonly at?: Date }): void {
  const linted = lintFolder(folder, at ?? new Date());
  if (json === true) printJson({ version: 1, problems: linted.problems });
  else {
    for (const line of problemLines(folder, linted)) print(line);
    say(summary(linted));
  }
  if (linted.problems.some(({ level }) => level === 'error')) process.exitCode = 1;
}

export function addLint(rules: Command): void {
  rules
    .command('lint')
    .summary('what is wrong with a folder of rules, and how to mend it')
    .description('Exit 0: nothing, or warnings alone. 1: there is an error. 2: the folder cannot be read.')
    .argument('<dir>', 'a folder laid out like rules/')
    .option('--at <time>', 'the moment at which it is looked at, ISO 8601 (default: now)', instant)
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  firebreak rules lint rules/\n\nEach code is explained in docs/rules.generated.md.',
    )
    .action(lint);
}
