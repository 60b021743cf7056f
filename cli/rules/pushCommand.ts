import { setTimeout } from 'node:timers/promises';
import type { Command } from 'commander';
import { asOnePush } from '../../shared/incident/pushing.ts';
import { plain } from '../../shared/report/text.ts';
import { problemLine } from '../../shared/respond/guardStatus.ts';
import type { Problem, RuleSource } from '../../shared/rules/rule.ts';
import { readRuleFolder } from '../files.ts';
import { print, printJson, say } from '../output.ts';
import { onStage, type StageConnection } from '../stage.ts';
import { type StageFlags, withStage } from '../stageOptions.ts';
import { type Became, statusOf, whatBecame } from './becomes.ts';
import { outcomeLine } from './outcome.ts';
import { differenceOf, differenceSentences, errorsIn, prefixOf, readStored, withFiles } from './stored.ts';

interface Flags extends StageFlags {
  readonly prune?: boolean;
  readonly wait: boolean;
  readonly json?: boolean;
}

interface Refused {
  readonly kind: 'refused';
  readonly problems: readonly Problem[];
}

interface Pushed {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly changes: readonly string[];
  readonly became: Became | Refused;
}

/** A set is used whole or not at all: what is broken in the stage keeps a good folder from being live, so that nothing is written then. */
function refusalOf(sources: readonly RuleSource[]): Refused | undefined {
  const problems = errorsIn(sources);
  return problems.length === 0 ? undefined : { kind: 'refused', problems };
}

/** Fewer are written before the guard has waited for them to come to rest. */
const many = 20;

async function push(connection: StageConnection, folder: string, { prune, wait }: Flags): Promise<Pushed> {
  const files = readRuleFolder(folder);
  const prefix = prefixOf(connection.stage);
  const { parameters } = connection.effects;
  const stored = await readStored(connection);
  const { put, gone } = differenceOf(stored.sources, files);
  const removed = prune === true ? gone : [];
  const wanted = prune === true ? files : withFiles(stored.sources, files);
  const refused = refusalOf(wanted);
  if (refused !== undefined) return { written: [], removed: [], changes: [], became: refused };
  const changes = differenceSentences(stored.sources, wanted);
  const said = put.length + removed.length === 0 ? undefined : await statusOf(connection);
  const versions: { [name: string]: number } = {};
  const write = async (): Promise<void> => {
    for (const { path, text } of put) versions[`${prefix}${path}`] = await parameters.put(`${prefix}${path}`, text);
    for (const path of removed) await parameters.remove(`${prefix}${path}`);
  };
  const count = put.length + removed.length;
  await (count < many ? write() : asOnePush(connection.effects, count, write));
  const asked =
    said === undefined
      ? { versions: stored.versions, removed: [] }
      : { versions, removed: removed.map((path) => `${prefix}${path}`) };
  const became = wait ? await whatBecame(connection, asked, said, setTimeout) : ({ kind: 'written' } as const);
  return { written: put.map(({ path }) => path), removed, changes, became };
}

function tell({ written, removed, changes, became }: Pushed, { stage }: Flags): void {
  if (became.kind === 'refused') {
    for (const problem of became.problems) say(problemLine(problem));
    say('firebreak: nothing was written.');
    return;
  }
  for (const change of changes) print(plain(change));
  if (written.length > 0) print(`Written: ${written.join(', ')}.`);
  if (removed.length > 0) print(`Removed: ${removed.join(', ')}.`);
  if (written.length + removed.length === 0) print('The stage has all of it already.');
  if (became.kind === 'waiting') for (const danger of became.dangers) say(`It may do harm: ${plain(danger)}`);
  const { line, good } = outcomeLine(became, stage);
  if (good) print(line);
  else say(`firebreak: ${line}`);
}

async function run(folder: string, flags: Flags): Promise<void> {
  // Before AWS is asked anything: what is wrong in the folder needs no stage.
  const broken = refusalOf(readRuleFolder(folder));
  const pushed =
    broken === undefined
      ? await onStage(flags, (connection) => push(connection, folder, flags))
      : { written: [], removed: [], changes: [], became: broken };
  if (pushed.became.kind !== 'written' && pushed.became.kind !== 'live') process.exitCode = 1;
  if (flags.json === true) printJson({ version: 1, ...pushed });
  else tell(pushed, flags);
}

export function addPush(rules: Command): void {
  withStage(rules.command('push'))
    .summary('write a folder of rules into a stage, and wait until it decides')
    .description('Exit 0: it decides now. 1: lint refused it, or it waits for approval, or it is not live yet.')
    .argument('<folder>', 'folder laid out like rules/')
    .option('--prune', 'take out of the stage what the folder does not have')
    .option('--no-wait', 'do not wait until it is live')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  firebreak rules push rules/ --stage prod')
    .action(run);
}
