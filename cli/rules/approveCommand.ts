import type { Command } from 'commander';
import { readWaiting, type WaitingSet } from '../../shared/incident/waitingSets.ts';
import { plain } from '../../shared/report/text.ts';
import { approveWaiting } from '../../shared/respond/approveSet.ts';
import { shortHash } from '../../shared/respond/guardStatus.ts';
import { calledBy } from '../callerArn.ts';
import { print, printJson, say } from '../output.ts';
import { onStage } from '../stage.ts';
import { type StageFlags, withStage } from '../stageOptions.ts';
import { UsageError } from '../usage.ts';
import { userName } from '../userName.ts';

interface Flags extends StageFlags {
  readonly by?: string;
  readonly reason: string;
  readonly json?: boolean;
}

function show({ hash, since, dangers, changes }: WaitingSet): void {
  print(`${hash.slice(0, shortHash)} waits since ${since}.`);
  for (const danger of dangers) print(`  It may do harm: ${plain(danger)}`);
  for (const change of changes) print(`  It changes: ${plain(change)}`);
}

const nothingWaits = 'No edit waits for approval.';

async function look(flags: Flags): Promise<void> {
  const waiting = await onStage(flags, ({ effects }) => readWaiting(effects.table));
  if (waiting === undefined) process.exitCode = 1;
  if (flags.json === true) {
    printJson(
      waiting === undefined
        ? { version: 1, kind: 'nothing', reason: nothingWaits }
        : { version: 1, kind: 'waiting', waiting },
    );
    return;
  }
  if (waiting === undefined) {
    say(`firebreak: ${nothingWaits}`);
    return;
  }
  show(waiting);
  print(`To have it live: firebreak rules approve ${waiting.hash.slice(0, shortHash)} --stage ${flags.stage}`);
}

async function run(hash: string | undefined, flags: Flags): Promise<void> {
  if (hash === undefined) return look(flags);
  const { by = userName(), reason } = flags;
  if (reason.trim() === '') throw new UsageError('The reason is empty: say why, or leave out --reason.');
  const answer = await onStage(flags, async ({ effects, config }) =>
    approveWaiting(effects, { hash, by, reason, ...(await calledBy(config)) }),
  );
  if (answer.kind === 'nothing') process.exitCode = 1;
  if (flags.json === true) {
    printJson({ version: 1, ...answer });
    return;
  }
  if (answer.kind === 'nothing') {
    say(`firebreak: ${plain(answer.reason)}`);
    return;
  }
  show(answer.waiting);
  print(`${answer.kind === 'known' ? 'It was approved before' : 'It is approved'}, and live within a minute.`);
}

export function addApprove(rules: Command): void {
  withStage(rules.command('approve'))
    .summary('let an edit that may do harm go live')
    .description('Exit 0: it is approved (without a hash: one waits, and is shown). 1: nothing waits, or another edit.')
    .argument('[hash]', 'what was shown of it: in the notice, in the status, or without this argument')
    .option('--reason <text>', 'why, for the record', 'no reason was given')
    .option('--by <who>', 'who decided, for the record (default: the name of the user)')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  firebreak rules approve 3f1c0a9b2d4e --stage prod --reason "agreed with payments"',
    )
    .action(run);
}
