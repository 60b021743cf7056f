import type { Command } from 'commander';
import { type PublishedPointer, publishedBefore } from '../../shared/incident/rulesets.ts';
import { plain } from '../../shared/report/text.ts';
import { shortHash } from '../../shared/respond/guardStatus.ts';
import { shortened } from '../../shared/rules/changes.ts';
import { print, printJson, say } from '../output.ts';
import { onStage } from '../stage.ts';
import { type StageFlags, withStage } from '../stageOptions.ts';

interface Flags extends StageFlags {
  readonly json?: boolean;
}

function how({ why }: PublishedPointer): string {
  if (why?.kind === 'approved') return `approved by ${plain(why.by, 100)}`;
  if (why?.kind === 'rollback') return `back to ${why.to} by ${plain(why.by, 100)}: ${plain(why.reason, 200)}`;
  return 'edited';
}

const mostChanges = 10;

function block(set: PublishedPointer, decides: boolean): readonly string[] {
  const { number, hash, publishedAt, changes = [] } = set;
  return [
    `${String(number).padStart(4)} ${publishedAt} ${hash.slice(0, shortHash)} ${how(set)}${decides ? ' (decides)' : ''}`,
    ...shortened(changes, mostChanges).map((one) => `     ${plain(one)}`),
  ];
}

async function run(flags: Flags): Promise<void> {
  const sets = await onStage(flags, ({ effects }) => publishedBefore(effects.table));
  if (flags.json === true) {
    printJson({
      version: 1,
      sets: sets.map(({ restores: _restores, sources: _sources, ...set }, at) => ({ ...set, decides: at === 0 })),
    });
    return;
  }
  if (sets.length === 0) say('No rule set has been published yet.');
  for (const [at, set] of sets.entries()) for (const line of block(set, at === 0)) print(line);
}

export function addHistory(rules: Command): void {
  withStage(rules.command('history'))
    .summary('the rule sets that have decided, and what was different')
    .description('Every set that has decided, the latest first.')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  firebreak rules history --stage prod')
    .action(run);
}
