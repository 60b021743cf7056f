import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { parseDate } from '../../shared/finding/dates.ts';
import { sha256Hex } from '../../shared/platform/hash.ts';
import { canonicalJson } from '../../shared/platform/json.ts';
import type { PublishedRules } from '../../shared/respond/effects.ts';
import type { RuleSet } from '../../shared/rules/rule.ts';
import { inForce, parseRuleSet } from '../../shared/rules/storedSet.ts';
import { loadArtifacts, root } from '../artifacts.ts';
import { compileFolder } from '../files.ts';
import { print, printJson, say } from '../output.ts';
import { explainedBlock } from './block.ts';
import { readEvents } from './events.ts';
import { explainEvent } from './explain.ts';
import type { Explained } from './explained.ts';
import { openReading } from './reading.ts';
import { routesOf } from './routes.ts';

interface Flags {
  /** Default: the shipped pack. */
  readonly rules?: string;
  readonly account?: string;
  readonly at?: Date;
  readonly json?: boolean;
}

/** Reads an option's moment. */
export function instant(text: string): Date {
  const iso = /^\d{4}-\d{2}-\d{2}T/.test(text) ? parseDate(text) : null;
  if (iso === null) throw new InvalidArgumentError('It must be a time such as 2026-11-20T09:14:03Z.');
  return new Date(iso);
}

/** A folder of rules as it is published: compiled, stored, and read back. Throws UsageError. */
export const readRules = (folder: string): RuleSet => parseRuleSet(canonicalJson(compileFolder(folder)), catalogue);

/** The same as Decide reads it. Throws UsageError. */
function publishedFolder(folder: string): PublishedRules {
  const set = readRules(folder);
  return { hash: sha256Hex(canonicalJson(set)), number: 0, versions: {}, set: inForce(set) };
}

/** What would happen on each event, each by itself. Throws UsageError and WorldError. */
export async function explainAll(
  events: readonly unknown[],
  options: Omit<Flags, 'json'>,
): Promise<readonly Explained[]> {
  const published = publishedFolder(options.rules ?? join(root, 'rules'));
  const routes = routesOf(loadArtifacts().template);
  const at = options.at ?? new Date();
  const reading = await openReading(options.account, at);
  try {
    const explaining = {
      reading,
      routes,
      set: published.set,
      ruleSets: { current: async () => published },
      clock: { now: () => at },
      stage: 'dev',
    };
    const explained: Explained[] = [];
    for (const event of events) explained.push(await explainEvent(explaining, event));
    return explained;
  } finally {
    await reading.close();
  }
}

async function run(files: readonly string[], flags: Flags): Promise<void> {
  const events = await explainAll(files.flatMap(readEvents), flags);
  if (events.length === 0) say('No event was given: the array is empty.');
  if (flags.json === true) printJson({ version: 1, events });
  else
    for (const [n, event] of events.entries())
      for (const line of [...(n === 0 ? [] : ['']), ...explainedBlock(event)]) print(line);
  if (events.some(({ decision }) => decision === 'invalid')) process.exitCode = 1;
}

export function addExplain(program: Command): void {
  program
    .command('explain')
    .summary('what would happen, and why, without changing anything')
    .description(
      "Production's own intake and Decide, stopped before anything is executed. Exit 1: an event is invalid.",
    )
    .argument('<event...>', 'file with an event, an array, or JSON Lines; - for standard input')
    .option('--rules <folder>', 'folder of rules (default: the shipped pack)')
    .option('--account <file>', 'account file: the account that is read (default: none is)')
    .option('--at <time>', 'the moment that it happens at, ISO 8601 (default: now)', instant)
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  firebreak explain events/ecr-scan-critical.json --account my.account.yaml')
    .action(run);
}
