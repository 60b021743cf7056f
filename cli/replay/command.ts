import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { loadArtifacts, root } from '../artifacts.ts';
import { instant, readRules } from '../explain/command.ts';
import { routesOf } from '../explain/routes.ts';
import { reasonOf } from '../files.ts';
import { print, printJson, say } from '../output.ts';
import { UsageError } from '../usage.ts';
import { replayPage } from './html/page.ts';
import { replay } from './replay.ts';
import { type ReplayResult, resultOf, seriesOf } from './result.ts';
import { eventsOfAll } from './stream.ts';
import { replayLines } from './table.ts';
import { zoneClock } from './zone.ts';

interface Flags {
  readonly rules: string;
  readonly against?: string;
  readonly account?: string;
  readonly at?: Date;
  readonly zone: string;
  readonly html?: string;
  readonly json?: boolean;
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new UsageError(`${file} cannot be written: ${reasonOf(cause)}.`, { cause });
  }
}

async function run(files: readonly string[], flags: Flags): Promise<void> {
  const { rules, against, account, at = new Date(), html } = flags;
  if (files.filter((file) => file === '-').length > 1) throw new UsageError('Standard input can be read once.');
  const zone = zoneClock(flags.zone);
  const sets = [rules, ...(against === undefined ? [] : [against])].map(readRules);
  const routes = routesOf(loadArtifacts().template);
  const replayed = await replay(eventsOfAll(files), { sets, account, at, routes, zone });
  const result: ReplayResult = resultOf(replayed, { zone: zone.zone, account: account !== undefined });
  if (replayed.events === 0) say('No event was given: the files hold none.');
  if (html !== undefined) {
    write(html, replayPage(result, seriesOf(replayed.sides), { a: rules, b: against ?? null }));
    say(`The report is in ${html}.`);
  }
  if (flags.json === true) printJson(result);
  else for (const line of replayLines(result)) print(line);
}

export function addReplay(program: Command): void {
  program
    .command('replay')
    .summary('what rules would have done on recorded events, and how others differ')
    .description(
      "Recorded events through production's own parts, one after the other, as if every step were done: incidents, decisions, actions and messages under one set of rules, or under two and what differs. Nothing is changed.",
    )
    .argument('<events...>', 'file with an event, an array, or JSON Lines, gzip or not; - for standard input')
    .option('--rules <folder>', 'A: folder of rules (default: the shipped pack)', join(root, 'rules'))
    .option('--against <folder>', 'B: folder of rules that A is compared with')
    .option('--account <file>', 'account file: the account that is read (default: none is)')
    .option('--at <time>', 'the moment at which the account is read, ISO 8601 (default: now)', instant)
    .option('--zone <name>', 'time zone of whoever is paged, such as Europe/Berlin', 'UTC')
    .option('--html <file>', 'write a report with charts, one file that needs no other')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  firebreak replay month.jsonl.gz --rules rules --against my-rules --html report.html',
    )
    .action(run);
}
